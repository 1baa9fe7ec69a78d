import { describe, expect, it } from 'vitest';
import { jsonPath } from './json-path.ts';

const object = {
  metadata: { labels: { 'a.b/c': 'x' } },
  spec: { hosts: ['one', 'two'], none: null },
  status: {
    conditions: [
      { type: 'Accepted', status: 'True' },
      { type: 'Programmed', status: 'False' },
    ],
  },
};

describe('the paths of columns', () => {
  it.each([
    ['.spec.hosts', [['one', 'two']]],
    ['.spec.hosts[*]', ['one', 'two']],
    ['.spec.hosts[1]', ['two']],
    ['.spec.hosts[-1]', ['two']],
    ['.spec.hosts[7]', []],
    ['.spec.none', [null]],
    ['.spec.absent.deeper', []],
    ['.status.conditions[?(@.type=="Programmed")].status', ['False']],
    [".status.conditions[?(@.type=='Accepted')].status", ['True']],
    ['.status.conditions[?(@.type=="Other")].status', []],
    ['.metadata.labels.a\\.b/c', undefined],
    [".metadata.labels['a.b/c']", ['x']],
    ['spec', undefined],
    ['.spec[?(@.a>1)]', undefined],
  ])('[M272] %s leads to %j', (path, expected) => {
    expect(jsonPath(path)?.(object)).toEqual(expected);
  });
});
