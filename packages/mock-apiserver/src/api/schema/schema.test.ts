import { seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { anyObject } from '../../testing/any-object.ts';
import { writeProtobuf } from '../../testing/protobuf-writer.ts';
import type { JsonObject } from '../patch/json.ts';
import { groupVersion } from '../resource.ts';
import { SERVED } from '../resources.ts';
import { decodeProtobuf } from '../wire/protobuf.ts';
import { duplicateFields, duplicateKeys } from './duplicates.ts';
import { kindType } from './kind-type.ts';
import { canonicalQuantity } from './scalars.ts';
import { typeNames, typeRow } from './table.ts';
import { asTyped } from './typed.ts';

const kinds = SERVED.map(({ group, version, resource }) => ({
  apiVersion: groupVersion(group, version),
  kind: resource.kind,
  type: kindType(group, version, resource.kind) ?? '',
}));

describe('the schema', () => {
  it('[M100] every kind served has a type, and every type that one names is there', () => {
    expect(kinds.filter(({ type }) => type === '')).toEqual([]);
    const fields = typeNames().flatMap((name) => typeRow(name)?.fields ?? []);
    const missing = fields.filter(({ type }) => type.includes('/') && !typeRow(type));
    expect(fields.length).toBeGreaterThan(1000);
    expect(missing).toEqual([]);
  });

  it.each(kinds)(
    '[M101] $kind of $apiVersion is read from protobuf as it was written',
    ({ apiVersion, kind, type }) => {
      for (let seed = 1; seed <= 5; seed += 1) {
        const object = asTyped(type, { apiVersion, kind, ...anyObject(type, seededRandom(seed), 6) }).value;
        const read = decodeProtobuf(writeProtobuf(type, apiVersion, kind, object));
        expect(asTyped(type, read)).toEqual({ value: object, unknown: [] });
      }
    },
  );

  it.each(kinds)('[M102] $kind of $apiVersion, once read, is read as itself', ({ type }) => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const { value } = asTyped(type, anyObject(type, seededRandom(seed), 6));
      expect(asTyped(type, value)).toEqual({ value, unknown: [] });
    }
  });

  it('[M102] what is written is what Go would write: whole structs, no zeros, canonical quantities and times', () => {
    const container = {
      name: 'a',
      resources: { limits: { cpu: 0.5, memory: '1024Mi' } },
      tty: false,
      args: [],
      env: null,
    };
    const spec = { template: { spec: { containers: [container] } }, replicas: 0, minReadySeconds: 0 };
    const metadata = { name: 'x', creationTimestamp: '2024-01-02T03:04:05.678+01:00' };
    expect(asTyped('apps/v1.Deployment', { metadata, spec }).value).toEqual({
      metadata: { name: 'x', creationTimestamp: '2024-01-02T02:04:05Z' },
      spec: {
        replicas: 0,
        selector: null,
        strategy: {},
        template: {
          metadata: { creationTimestamp: null },
          spec: { containers: [{ name: 'a', resources: { limits: { cpu: '500m', memory: '1Gi' } } }] },
        },
      },
      status: {},
    });
  });

  it.each([
    ['1000m', '1'],
    ['0.1', '100m'],
    ['1.5Gi', '1536Mi'],
    ['1024', '1024'],
    ['1000', '1k'],
    ['0.5Ki', '512'],
    ['2048Ki', '2Mi'],
    ['1e3', '1e3'],
    ['0', '0'],
  ])('[M102] the quantity %s is written %s', (written, canonical) => {
    expect(canonicalQuantity(written)).toBe(canonical);
  });

  it('[M103] fields that a type does not have are gone, and named by their place in the order of the text', () => {
    const given: JsonObject = {
      spec: { foo: 1, template: { spec: { containers: [{ name: 'a', bar: 2 }, { Image: 'b' }] } } },
      extra: {},
    };
    const { value, unknown } = asTyped('apps/v1.Deployment', given);
    expect(unknown).toEqual([
      'spec.foo',
      'spec.template.spec.containers[0].bar',
      'spec.template.spec.containers[1].Image',
      'extra',
    ]);
    expect(JSON.stringify(value)).not.toMatch(/foo|bar|Image|extra/);
  });

  it('[M103] names that stand twice are told, in JSON by their path and in YAML by their line', () => {
    const json = '{"a":{"b":1,"c":[{"d":1,"\\u0064":2},{"d":"a\\"\\\\"}],"b":2},"e":{},"a":3}';
    expect(duplicateFields(json)).toEqual(['a.c[0].d', 'a.b', 'a']);
    expect(duplicateFields('[{"a":1},{"a":[]}]')).toEqual([]);
    expect(duplicateKeys('a: 1\nb:\n  c: 1\n  c: 2\n')).toEqual(['line 4: key "c" already set in map']);
  });

  it.each([
    [{ data: { a: 'x' } }, 'illegal base64 data at input byte 0'],
    [{ data: { a: '!' } }, 'illegal base64 data at input byte 0'],
    [{ metadata: { creationTimestamp: 'noon' } }, 'parsing time "noon" as "2006-01-02T15:04:05Z07:00"'],
  ])('[M79] a text of the wrong form is named: %j', (object, message) => {
    expect(() => asTyped('core/v1.Secret', object)).toThrow(message);
  });
});
