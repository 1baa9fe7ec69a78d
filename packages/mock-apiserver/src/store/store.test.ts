import type { Pod } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { RESOURCES } from '../api/resources.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import type { StoreEvent } from './history.ts';
import { type NewObject, Store } from './store.ts';

const pod = (name: string, labels: Record<string, string> = {}): NewObject<Pod> => ({
  metadata: { name, namespace: 'default', labels },
  spec: { containers: [{ name: 'c', image: 'redis' }], nodeName: 'node1' },
});
const ref = (name: string) => ({ namespace: 'default', name });

describe('the store', () => {
  let clock: FakeClock;
  let store: Store;

  beforeEach(() => {
    clock = fakeClock();
    store = new Store({ clock, random: seededRandom(1), resources: RESOURCES, history: { events: 10 }, frozen: true });
  });

  const touch = (name: string, value: string) =>
    store.update('pods', ref(name), (draft) => {
      draft.metadata.labels = { touched: value };
      return draft;
    });

  it('[M1] gives every write the next version of one counter', () => {
    const first = store.create('pods', pod('a'));
    store.create('configmaps', { metadata: ref('c') });
    const second = store.create('pods', pod('b'));
    expect(Number(second.metadata.resourceVersion) - Number(first.metadata.resourceVersion)).toBe(2);
  });

  it('[M2] takes no version for a write that changes nothing', () => {
    const created = store.create('pods', pod('a'));
    expect(store.update('pods', ref('a'), (draft) => draft)).toBe(created);
    expect(store.version).toBe(Number(created.metadata.resourceVersion));
  });

  it('[M3] refuses a write that expects another version', () => {
    const created = store.create('pods', pod('a'));
    touch('a', '1');
    const late = () => store.update('pods', ref('a'), (draft) => draft, created.metadata.resourceVersion);
    expect(late).toThrow(
      'Operation cannot be fulfilled on pods "a": the object has been modified; please apply your changes to the latest version and try again',
    );
  });

  it('[M4] raises the generation by changes of the spec alone', () => {
    const spec = { replicas: 1, selector: { matchLabels: { a: 'b' } }, template: { spec: { containers: [] } } };
    store.create('deployments.apps', { metadata: ref('d'), spec });
    const change = (
      draft: (d: { spec: { replicas?: number }; status?: object; metadata: { labels?: object } }) => void,
    ) =>
      store.update('deployments.apps', ref('d'), (d) => {
        draft(d);
        return d;
      }).metadata.generation;
    expect(change((d) => Object.assign(d, { status: { replicas: 1 } }))).toBe(1);
    expect(change((d) => Object.assign(d.metadata, { labels: { x: 'y' } }))).toBe(1);
    expect(change((d) => Object.assign(d.spec, { replicas: 2 }))).toBe(2);
  });

  it('[M5] keeps identity whatever a write says', () => {
    const created = store.create('pods', pod('a'));
    const written = store.update('pods', ref('a'), (draft) => {
      Object.assign(draft.metadata, { uid: 'x', creationTimestamp: 'y', deletionTimestamp: 'z', labels: { q: '1' } });
      return draft;
    });
    expect(written.metadata.uid).toBe(created.metadata.uid);
    expect(written.metadata.creationTimestamp).toBe(created.metadata.creationTimestamp);
    expect(written.metadata.deletionTimestamp).toBeUndefined();
  });

  it('[M6] marks a pod to be deleted while its grace lasts, then tells a shortened grace and the end', () => {
    store.create('pods', pod('a'));
    const events: StoreEvent[] = [];
    store.watch('pods', store.version, (event) => events.push(event));
    expect(store.delete('pods', ref('a')).gone).toBe(false);
    expect(store.get('pods', ref('a'))?.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
    });
    expect(store.delete('pods', ref('a'), { graceSeconds: 0 }).gone).toBe(true);
    expect(events.map(({ type, object }) => [type, object.metadata.deletionGracePeriodSeconds])).toEqual([
      ['MODIFIED', 30],
      ['MODIFIED', 0],
      ['DELETED', 0],
    ]);
  });

  it('[M7] keeps an object with finalizers until the last is taken away', () => {
    store.create('configmaps', { metadata: { ...ref('c'), finalizers: ['example.com/hold'] } });
    expect(store.delete('configmaps', ref('c')).gone).toBe(false);
    store.update('configmaps', ref('c'), (draft) => {
      draft.metadata.finalizers = [];
      return draft;
    });
    expect(store.get('configmaps', ref('c'))).toBeUndefined();
  });

  it('[M8] lists as it stood at an earlier version', () => {
    store.create('pods', pod('a'));
    store.create('pods', pod('b'));
    const then = store.version;
    touch('a', '1');
    store.delete('pods', ref('b'), { graceSeconds: 0 });
    store.create('pods', pod('c'));
    const names = store
      .listAt('pods', then)
      .items.map(({ metadata }) => metadata.name + (metadata.labels?.touched ?? ''));
    expect(names).toEqual(['a', 'b']);
    expect(store.list('pods').map(({ metadata }) => metadata.name)).toEqual(['a', 'c']);
  });

  it('[M9] tells a watch the past first and then each write, in order', () => {
    store.create('pods', pod('a'));
    const from = store.version;
    touch('a', '1');
    const versions: number[] = [];
    const end = store.watch('pods', from, ({ version }) => versions.push(version));
    touch('a', '2');
    end();
    touch('a', '3');
    expect(versions).toEqual([from + 1, from + 2]);
  });

  it('[M9] a watch that throws keeps no other from being told, and whoever wrote gets what it threw', () => {
    const told: string[] = [];
    const hear = (name: string) => (event: StoreEvent<Pod>) => {
      told.push(`${name}: ${event.type} ${event.object.metadata.name}`);
      if (name === 'broken') throw new Error(`of ${event.object.metadata.name}`);
      if (name === 'writing' && event.object.metadata.name === 'a') store.create('pods', pod('b'));
    };
    for (const name of ['writing', 'broken', 'sound']) store.watch('pods', store.version, hear(name));
    expect(() => store.create('pods', pod('a'))).toThrow(
      expect.objectContaining({ errors: [new Error('of a'), new Error('of b')] }),
    );
    expect(told).toEqual(
      ['a', 'b'].flatMap((name) => ['writing', 'broken', 'sound'].map((who) => `${who}: ADDED ${name}`)),
    );
    expect(() => store.create('pods', pod('c'))).toThrow('of c');
    expect(store.list('pods').map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c']);
  });

  it('[M10] answers Expired for a version older than its history, and Timeout for one to come', () => {
    store.create('pods', pod('a'));
    for (let i = 0; i < 20; i++) touch('a', String(i));
    expect(() => store.watch('pods', 1, () => undefined)).toThrow(
      `too old resource version: 1 (${store.version - 10})`,
    );
    expect(() => store.listAt('pods', 1)).toThrow('too old resource version');
    expect(() => store.watch('pods', store.version - 10, () => undefined)).not.toThrow();
    expect(() => store.listAt('pods', store.version + 1)).toThrow('Too large resource version');
  });

  it('[F65] holds again what a backup holds, at its versions, and tells those in the process of each difference', () => {
    const kept = store.create('pods', pod('kept'));
    store.create('pods', pod('doomed'));
    const backup = store.backUp();
    const held = store.list('pods');
    const told: [string, string, string | undefined][] = [];
    store.watch('pods', store.version, ({ type, object }) =>
      told.push([type, object.metadata.name, object.metadata.resourceVersion]),
    );
    touch('kept', '1');
    store.delete('pods', ref('doomed'), { graceSeconds: 0 });
    store.create('pods', pod('undone'));
    told.length = 0;
    store.restore(backup);
    expect(store.list('pods')).toEqual(held);
    expect(store.version).toBe(backup.version);
    expect(told.map(([type, name]) => [type, name])).toEqual([
      ['DELETED', 'undone'],
      ['ADDED', 'doomed'],
      ['MODIFIED', 'kept'],
    ]);
    expect(store.withUid(kept.metadata.uid)?.object).toEqual(kept);
    expect(touch('kept', '2').metadata.resourceVersion).toBe(String(backup.version + 1));
    expect(told.at(-1)).toEqual(['MODIFIED', 'kept', String(backup.version + 1)]);
    expect(() => store.checkVersion('pods', backup.version - 1)).toThrow('too old resource version');
  });

  it('[M11] two lives with one seed share names but not uids', () => {
    const life = () => {
      const other = new Store({ clock, random: seededRandom(7), resources: RESOURCES });
      const metadata = { generateName: 'x-', namespace: 'default' };
      return other.create('configmaps', { metadata }).metadata;
    };
    const first = life();
    clock.advance(1000);
    const second = life();
    expect(second.name).toBe(first.name);
    expect(second.uid).not.toBe(first.uid);
    expect(first.name).toMatch(/^x-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });
});
