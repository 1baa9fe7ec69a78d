import type { KubeObject, Pod } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { RESOURCES } from '../api/resources.ts';
import { fakeClock } from '../fake-clock.ts';
import { type NewObject, Store } from './store.ts';

const NAMESPACES = ['a', 'a-b', 'b'];
const NODES = ['node1', 'node2', 'node3'];
const OWNERS = ['uid-1', 'uid-2', 'uid-3'];

const names = (objects: readonly KubeObject[]) =>
  objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);

const ownedBy = (uid: string) => [
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: uid, uid, controller: uid !== 'uid-3' },
];

describe('what the store is asked by', () => {
  let store: Store;

  beforeEach(() => {
    store = new Store({ clock: fakeClock(), random: seededRandom(1), resources: RESOURCES, frozen: true });
  });

  const create = (namespace: string, name: string, node: string | undefined, owner: string) => {
    const pod: NewObject<Pod> = {
      metadata: { namespace, name, ownerReferences: ownedBy(owner) },
      spec: { containers: [{ name: 'c', image: 'redis' }], ...(node && { nodeName: node }) },
    };
    return store.create('pods', pod);
  };

  it('[M180] orders a list as etcd orders its keys, whatever order its objects came in', () => {
    for (const [namespace, name] of [
      ['b', 'x'],
      ['a', 'y'],
      ['a-b', 'x'],
      ['a', 'x'],
    ] as const) {
      create(namespace, name, undefined, 'uid-1');
    }
    expect(names(store.list('pods'))).toEqual(['a-b/x', 'a/x', 'a/y', 'b/x']);
    expect(names(store.list('pods', 'a'))).toEqual(['a/x', 'a/y']);
  });

  it.each([1, 2, 3, 4])('[M181] an index agrees with a search of the list, whatever is written (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    for (let write = 0; write < 600; write++) {
      const ref = { namespace: pick(NAMESPACES), name: `pod-${Math.floor(random() * 30)}` };
      if (!store.get('pods', ref))
        create(ref.namespace, ref.name, random() < 0.3 ? undefined : pick(NODES), pick(OWNERS));
      else if (random() < 0.4) store.delete('pods', ref, { graceSeconds: 0 });
      else {
        store.update('pods', ref, (draft) => {
          draft.spec.nodeName = pick(NODES);
          if (random() < 0.5) draft.metadata.ownerReferences = ownedBy(pick(OWNERS));
          return draft;
        });
      }
      if (write % 20 > 0) continue;
      const all = store.list('pods');
      expect(store.count('pods')).toBe(all.length);
      for (const node of NODES) {
        expect(store.by('pods', 'node', node)).toEqual(all.filter(({ spec }) => spec.nodeName === node));
      }
      for (const uid of OWNERS) {
        const owned = all.filter(({ metadata }) => metadata.ownerReferences?.[0]?.uid === uid);
        expect(store.by('pods', 'owner', uid)).toEqual(owned);
        expect(store.countBy('pods', 'controller', uid)).toBe(uid === 'uid-3' ? 0 : owned.length);
        expect(store.ownedBy(uid).map(({ object }) => object)).toEqual(owned);
      }
      for (const pod of all) expect(store.withUid(pod.metadata.uid)?.object).toBe(pod);
    }
  });

  it('[M181] refuses an index that nobody declared', () => {
    expect(() => store.by('pods', 'colour' as 'node', 'red')).toThrow('pods has no index "colour"');
  });

  it('[M182] tells a watch with a scope what enters, changes in and leaves it, and nothing else', () => {
    const told: string[] = [];
    const scopes = [
      { of: 'index', index: 'node', value: 'node1' },
      { of: 'namespace', namespace: 'b' },
      { of: 'object', ref: { namespace: 'a', name: 'x' } },
    ] as const;
    const from = store.version;
    const listen = (scope: (typeof scopes)[number], note: (line: string) => void) =>
      store.watch('pods', from, ({ type, object }) => note(`${scope.of} ${type} ${object.metadata.name}`), scope);
    for (const scope of scopes) listen(scope, (line) => told.push(line));
    create('a', 'x', undefined, 'uid-1');
    create('a', 'y', 'node2', 'uid-1');
    create('b', 'z', 'node2', 'uid-1');
    const place = (name: string, node: string) =>
      store.update('pods', { namespace: 'a', name }, (draft) => {
        draft.spec.nodeName = node;
        return draft;
      });
    place('x', 'node1');
    place('x', 'node2');
    expect(told).toEqual([
      'object ADDED x',
      'namespace ADDED z',
      'object MODIFIED x',
      'index MODIFIED x',
      'object MODIFIED x',
      'index MODIFIED x',
    ]);
    const past: string[] = [];
    for (const scope of scopes) listen(scope, (line) => past.push(line));
    expect(past.sort()).toEqual(told.sort());
  });

  it('[M183] what a watcher writes while it is told, all hear after what it was told of', () => {
    const heard: number[] = [];
    store.watch('pods', store.version, ({ object }) => {
      if (object.metadata.name === 'x') create('a', 'echo', undefined, 'uid-1');
    });
    store.watch('pods', store.version, ({ version }) => heard.push(version));
    const { metadata } = create('a', 'x', undefined, 'uid-1');
    expect(heard).toEqual([Number(metadata.resourceVersion), Number(metadata.resourceVersion) + 1]);
  });

  it('[M184] what a write leaves alone is shared with what was there before, and between pods of one template', () => {
    const first = create('a', 'x', 'node1', 'uid-1');
    const second = create('a', 'y', 'node1', 'uid-1');
    expect(second.spec).toBe(first.spec);
    const moved = store.update('pods', first.metadata, (draft) => {
      draft.metadata.labels = { moved: 'yes' };
      return draft;
    });
    expect(moved.spec).toBe(first.spec);
    expect(moved.metadata.ownerReferences).toBe(first.metadata.ownerReferences);
    expect(first.metadata.labels).toBeUndefined();
  });

  it('[M185] a history forgets what weighs too much, but never its newest write', () => {
    const options = { clock: fakeClock(), random: seededRandom(1), resources: RESOURCES };
    const small = new Store({ ...options, history: { events: 100, bytes: 50_000 } });
    small.create('configmaps', { metadata: { namespace: 'a', name: 'c' } });
    for (let write = 0; write < 20; write++) {
      small.update('configmaps', { namespace: 'a', name: 'c' }, (draft) =>
        Object.assign(draft, { data: { text: String(write).repeat(10_000) } }),
      );
    }
    expect(() => small.watch('configmaps', small.version - 2, () => undefined)).not.toThrow();
    expect(() => small.watch('configmaps', small.version - 10, () => undefined)).toThrow('too old resource version');
  });

  it('[M280] a history forgets with its next write what is older than ten minutes, however little it is', () => {
    const [clock, wall] = [fakeClock(), fakeClock()];
    const small = new Store({ clock, wall, random: seededRandom(1), resources: RESOURCES });
    const create = (name: string) => small.create('configmaps', { metadata: { namespace: 'a', name } });
    const { version } = small;
    create('first');
    clock.advance(3_600_000);
    create('second');
    expect(() => small.watch('configmaps', version, () => undefined)).not.toThrow();
    wall.advance(601_000);
    create('third');
    expect(() => small.watch('configmaps', version, () => undefined)).toThrow('too old resource version');
    expect(() => small.watch('configmaps', small.version - 1, () => undefined)).not.toThrow();
  });

  it('[M185] a quiet resource keeps its past whatever happens to the others, until it is compacted', () => {
    const options = { clock: fakeClock(), random: seededRandom(1), resources: RESOURCES };
    const small = new Store({ ...options, history: { events: 5 } });
    small.create('configmaps', { metadata: { namespace: 'a', name: 'quiet' } });
    for (let write = 0; write < 20; write++)
      small.create('secrets', { metadata: { namespace: 'a', name: `s${write}` } });
    const told: string[] = [];
    small.watch('configmaps', 0, ({ object }) => told.push(object.metadata.name));
    expect(told).toEqual(['quiet']);
    expect(() => small.watch('secrets', 0, () => undefined)).toThrow('too old resource version: 0 (16)');
    small.compact();
    expect(() => small.watch('configmaps', 0, () => undefined)).toThrow('too old resource version: 0 (21)');
  });
});
