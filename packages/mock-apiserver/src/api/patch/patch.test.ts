import type { Json } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { jsonPatch } from './json-patch.ts';
import { mergePatch } from './merge-patch.ts';
import { strategicMergePatch } from './strategic-merge-patch.ts';

describe('patches', () => {
  const target = { metadata: { labels: { a: '1', b: '2' } }, list: [1, 2, 3] };

  it('[M12] a merge patch deletes by null, merges objects and replaces lists', () => {
    expect(mergePatch(target, { metadata: { labels: { a: null, c: '3' } }, list: [4] })).toEqual({
      metadata: { labels: { b: '2', c: '3' } },
      list: [4],
    });
    expect(target.metadata.labels).toEqual({ a: '1', b: '2' });
  });

  it('[M13] a JSON patch adds, removes, replaces, moves, copies and tests, and leaves its target alone', () => {
    const patched = jsonPatch(target, [
      { op: 'test', path: '/metadata/labels/a', value: '1' },
      { op: 'add', path: '/list/-', value: 4 },
      { op: 'remove', path: '/list/0' },
      { op: 'replace', path: '/metadata/labels/a', value: 'x' },
      { op: 'copy', from: '/metadata/labels/a', path: '/copied' },
      { op: 'move', from: '/metadata/labels/b', path: '/metadata/labels/c~1d' },
    ]);
    expect(patched).toEqual({ metadata: { labels: { a: 'x', 'c/d': '2' } }, list: [2, 3, 4], copied: 'x' });
    expect(target.list).toEqual([1, 2, 3]);
  });

  it.each([
    [[{ op: 'remove', path: '/nothing' }], 'nothing stands at "/nothing"'],
    [[{ op: 'test', path: '/list/0', value: 9 }], 'testing value /list/0 failed'],
    [[{ op: 'frob', path: '/list' }], 'unknown operation "frob"'],
    [[{ path: '/list' }], 'every operation of a JSON patch has an "op" and a "path"'],
  ])('[M13] a JSON patch that cannot be applied says why: %j', (patch, why) => {
    expect(() => jsonPatch(target, patch)).toThrow(why);
  });

  const podSpec: Json = {
    containers: [
      { name: 'a', image: 'a:1', ports: [{ containerPort: 80, name: 'http' }], env: [{ name: 'X', value: '1' }] },
      { name: 'b', image: 'b:1' },
    ],
    tolerations: [{ key: 'old' }],
  };

  it('[M14] a strategic patch merges known lists by their key and replaces the others', () => {
    const patch = {
      containers: [{ name: 'a', image: 'a:2', env: [{ name: 'Y', value: '2' }] }],
      tolerations: [{ key: 'new' }],
    };
    expect(strategicMergePatch(podSpec, patch)).toEqual({
      containers: [
        {
          name: 'a',
          image: 'a:2',
          ports: [{ containerPort: 80, name: 'http' }],
          env: [
            { name: 'X', value: '1' },
            { name: 'Y', value: '2' },
          ],
        },
        { name: 'b', image: 'b:1' },
      ],
      tolerations: [{ key: 'new' }],
    });
  });

  it('[M14] its directives delete, replace, keep keys, order and take from sets', () => {
    expect(strategicMergePatch(podSpec, { containers: [{ name: 'b', $patch: 'delete' }] })).toMatchObject({
      containers: [{ name: 'a' }],
    });
    expect(
      strategicMergePatch(
        { s: { type: 'RollingUpdate', rollingUpdate: {} } },
        { s: { $retainKeys: ['type'], type: 'Recreate' } },
      ),
    ).toEqual({
      s: { type: 'Recreate' },
    });
    expect(strategicMergePatch({ m: { a: 1 } }, { m: { $patch: 'replace', b: 2 } })).toEqual({ m: { b: 2 } });
    const order = { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] };
    expect(strategicMergePatch(podSpec, order)).toMatchObject({ containers: [{ name: 'b' }, { name: 'a' }] });
    const finalizers = { '$deleteFromPrimitiveList/finalizers': ['x'], finalizers: ['z'] };
    expect(strategicMergePatch({ finalizers: ['x', 'y'] }, finalizers)).toEqual({ finalizers: ['y', 'z'] });
  });

  it("[M14] a service's ports merge by port where a container's merge by containerPort", () => {
    const service: Json = { ports: [{ port: 80, nodePort: 30001 }, { port: 443 }] };
    expect(strategicMergePatch(service, { ports: [{ port: 80, nodePort: 30002 }] })).toEqual({
      ports: [{ port: 80, nodePort: 30002 }, { port: 443 }],
    });
  });
});
