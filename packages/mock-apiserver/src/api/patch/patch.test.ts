import type { Json } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { anyObject } from '../../testing/any-object.ts';
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

  it('[M13] a patch reaches what the object has, never what every object inherits', () => {
    const patches = [
      [{ op: 'add', path: '/__proto__/reached', value: true }],
      [{ op: 'add', path: '/constructor/prototype/reached', value: true }],
      [{ op: 'copy', from: '/toString', path: '/copied' }],
    ];
    for (const patch of patches) expect(() => jsonPatch(target, patch)).toThrow(/rejected our request/);
    const sent = JSON.parse('{"data": {"__proto__": {"reached": true}}}') as Json;
    expect(mergePatch({}, sent)).toStrictEqual(sent);
    expect(strategicMergePatch('core/v1.ConfigMap', {}, sent)).toStrictEqual(sent);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each([
    [[{ op: 'remove', path: '/nothing' }], /rejected our request due to an error in our request$/],
    [[{ op: 'test', path: '/list/0', value: 9 }], /rejected our request due to an error in our request$/],
    [[{ op: 'frob', path: '/list' }], /unknown operation "frob"/],
    [[{ path: '/list' }], /every operation of a JSON patch has an "op" and a "path"/],
    [{ op: 'add' }, /^json: cannot unmarshal object into Go value of type jsonpatch.Patch$/],
  ])('[M13] a JSON patch that cannot be applied is refused: %j', (patch, why) => {
    expect(() => jsonPatch(target, patch)).toThrow(why);
  });
});

const POD = 'core/v1.Pod';

/** A strategic patch of a pod's spec. */
const patchSpec = (spec: Json, patch: Json) => {
  const pod = strategicMergePatch(POD, { spec }, { spec: patch });
  return (pod as { spec: Json }).spec;
};

describe('strategic merge patches', () => {
  const podSpec: Json = {
    containers: [
      { name: 'a', image: 'a:1', ports: [{ containerPort: 80, name: 'http' }], env: [{ name: 'X', value: '1' }] },
      { name: 'b', image: 'b:1' },
    ],
    tolerations: [{ key: 'old' }],
  };

  it('[M14] lists merge by the key of their type, what is added first, and the others are replaced', () => {
    const patch = {
      containers: [{ name: 'a', image: 'a:2', env: [{ name: 'Y', value: '2' }] }],
      tolerations: [{ key: 'new' }],
    };
    expect(patchSpec(podSpec, patch)).toEqual({
      containers: [
        {
          name: 'a',
          image: 'a:2',
          ports: [{ containerPort: 80, name: 'http' }],
          env: [
            { name: 'Y', value: '2' },
            { name: 'X', value: '1' },
          ],
        },
        { name: 'b', image: 'b:1' },
      ],
      tolerations: [{ key: 'new' }],
    });
  });

  it('[M14] $patch deletes items, replaces lists and maps, and empties', () => {
    expect(patchSpec(podSpec, { containers: [{ name: 'b', $patch: 'delete' }] })).toMatchObject({
      containers: [{ name: 'a' }],
    });
    const only: Json = { containers: [{ $patch: 'replace' }, { name: 'c' }] };
    expect(patchSpec(podSpec, only)).toMatchObject({ containers: [{ name: 'c' }] });
    expect(patchSpec({ nodeSelector: { a: '1' } }, { nodeSelector: { $patch: 'replace', b: '2' } })).toEqual({
      nodeSelector: { b: '2' },
    });
    expect(patchSpec({ nodeSelector: { a: '1' } }, { nodeSelector: { $patch: 'delete' } })).toEqual({
      nodeSelector: {},
    });
  });

  it('[M14] $retainKeys clears what it does not name', () => {
    const spec = { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } };
    const patch = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } };
    expect(strategicMergePatch('apps/v1.Deployment', { spec }, patch)).toEqual({
      spec: { strategy: { type: 'Recreate' } },
    });
    const stray = { spec: { strategy: { $retainKeys: ['rollingUpdate'], type: 'Recreate' } } };
    expect(() => strategicMergePatch('apps/v1.Deployment', { spec }, stray)).toThrow(
      "patch content doesn't match retainKeys list",
    );
  });

  it('[M14] $setElementOrder orders what it names, and leaves what it does not where it stood', () => {
    const names = (spec: Json) => (spec as { containers: { name: string }[] }).containers.map(({ name }) => name);
    const order = (...wanted: string[]) => ({ '$setElementOrder/containers': wanted.map((name) => ({ name })) });
    const live = { containers: ['a', 'b', 'c', 'd'].map((name) => ({ name })) };
    expect(names(patchSpec(live, order('d', 'b')))).toEqual(['a', 'c', 'd', 'b']);
    expect(names(patchSpec(live, { ...order('b', 'x', 'd'), containers: [{ name: 'x' }] }))).toEqual([
      'a',
      'b',
      'x',
      'c',
      'd',
    ]);
    expect(names(patchSpec({}, { ...order('y', 'x'), containers: [{ name: 'x' }, { name: 'y' }] }))).toEqual([
      'y',
      'x',
    ]);
    expect(() => patchSpec(live, { ...order('b'), containers: [{ name: 'x' }] })).toThrow('The order in patch list');
  });

  it('[M14] $deleteFromPrimitiveList takes from sets', () => {
    const patch = { metadata: { '$deleteFromPrimitiveList/finalizers': ['x'], finalizers: ['z'] } };
    expect(strategicMergePatch(POD, { metadata: { finalizers: ['x', 'y'] } }, patch)).toEqual({
      metadata: { finalizers: ['z', 'y'] },
    });
  });

  it("[M14] a service's ports merge by port where a container's merge by containerPort", () => {
    const service: Json = { spec: { ports: [{ port: 80, nodePort: 30001 }, { port: 443 }] } };
    expect(
      strategicMergePatch('core/v1.Service', service, { spec: { ports: [{ port: 80, nodePort: 30002 }] } }),
    ).toEqual({
      spec: { ports: [{ port: 80, nodePort: 30002 }, { port: 443 }] },
    });
  });

  it('[M14] an item without its key, and a directive that there is not, are refused', () => {
    expect(() => patchSpec(podSpec, { containers: [{ image: 'x' }] })).toThrow(
      'map: map[image:x] does not contain declared merge key: name',
    );
    expect(() => patchSpec(podSpec, { nodeSelector: {}, $patch: 'frob' })).toThrow('unknown patch type: frob');
  });

  it.each(['core/v1.Pod', 'apps/v1.Deployment', 'core/v1.Service', 'core/v1.Node', 'batch/v1.CronJob'])(
    '[M14] a %s patched by itself or by nothing stays, and a patch twice is as once',
    (type) => {
      for (let seed = 1; seed <= 40; seed += 1) {
        const random = seededRandom(seed);
        const [live, patch] = [anyObject(type, random, 6), anyObject(type, random, 6)];
        const before = structuredClone([live, patch]);
        const once = strategicMergePatch(type, live, patch);
        expect(strategicMergePatch(type, live, {})).toEqual(live);
        expect(strategicMergePatch(type, live, live)).toEqual(live);
        expect(strategicMergePatch(type, once, patch)).toEqual(once);
        expect([live, patch]).toEqual(before);
      }
    },
  );
});
