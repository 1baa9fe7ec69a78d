import { encodeColumns, Graph, type MessageData, type NamespaceEntity } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { namespaceEntity } from '../testing/namespace-entity.ts';
import type { Frame } from './frame.ts';
import { LiveStore } from './live-store.ts';

function part(...entities: NamespaceEntity[]): MessageData<'snapshot'> {
  const count = entities.length;
  return { kind: 'Namespace', count, columns: encodeColumns(entities), part: 1, parts: 1, total: count };
}

const upsert = (seq: number, ...upserts: NamespaceEntity[]) => ({ seq, upserts, removes: [] });

function setUp() {
  const frames: (() => void)[] = [];
  const frame: Frame = (run) => {
    frames.push(run);
    return () => undefined;
  };
  const store = new LiveStore({ frame, now: () => 1_000 });
  let notified = 0;
  store.subscribe(() => {
    notified += 1;
  });
  const draw = () => {
    for (const run of frames.splice(0)) run();
  };
  const names = () => [...store.snapshot.graph.all('Namespace')].map(({ name }) => name).sort();
  const take = (data: MessageData<'snapshot'>) => Array.from(store.part(data)).length;
  return { store, take, draw, names, notified: () => notified };
}

describe('the live store', () => {
  it('[V45] shows a snapshot only when it is whole', () => {
    const { store, take, draw, names } = setUp();
    store.restart();
    take(part(namespaceEntity('default')));
    draw();
    expect(store.snapshot.synced).toBe(false);
    expect(names()).toEqual([]);
    store.commit();
    draw();
    expect(store.snapshot.synced).toBe(true);
    expect(names()).toEqual(['default']);
  });

  it('[V45] keeps the old picture while a new snapshot arrives, and takes changes into the new one', () => {
    const { store, take, draw, names } = setUp();
    store.restart();
    take(part(namespaceEntity('default'), namespaceEntity('old')));
    store.commit();
    store.restart();
    take(part(namespaceEntity('default')));
    store.change(upsert(9, namespaceEntity('new')));
    draw();
    expect(names()).toEqual(['default', 'old']);
    store.commit();
    draw();
    expect(names()).toEqual(['default', 'new']);
  });

  it('[V82] takes a part in steps of 25 entities, and shows none of them before the snapshot is whole', () => {
    const { store, draw, names } = setUp();
    store.restart();
    const entities = Array.from({ length: 60 }, (_, n) => namespaceEntity(`n${n}`));
    let steps = 0;
    for (const step of store.part(part(...entities))) {
      expect(step).toBeUndefined();
      steps += 1;
      draw();
      expect(names()).toEqual([]);
    }
    expect(steps).toBe(3);
    store.commit();
    draw();
    expect(names()).toHaveLength(60);
  });

  it('[V83] a snapshot that is begun again begins from nothing', () => {
    const { store, take, draw, names } = setUp();
    store.restart();
    take(part(namespaceEntity('half')));
    store.restart();
    take(part(namespaceEntity('whole')));
    store.commit();
    draw();
    expect(names()).toEqual(['whole']);
  });

  it('[V46] applies everything of a frame at once and notifies once', () => {
    const { store, draw, names, notified } = setUp();
    store.restart();
    store.commit();
    draw();
    store.change(upsert(1, namespaceEntity('a')));
    store.change(upsert(2, namespaceEntity('b')));
    store.change({ seq: 3, upserts: [], removes: [{ kind: 'Namespace', uid: 'uid-a' }] });
    expect(names()).toEqual([]);
    const before = store.snapshot;
    draw();
    expect(names()).toEqual(['b']);
    expect(notified()).toBe(2);
    expect(store.snapshot).not.toBe(before);
  });

  it('[V45] tells how much of each kind has arrived, while a snapshot does', () => {
    const { store, take } = setUp();
    expect(store.arriving()).toBeNull();
    store.restart();
    expect(store.arriving()).toEqual({});
    take(part(namespaceEntity('default'), namespaceEntity('shop')));
    expect(store.arriving()).toEqual({ Namespace: 2 });
    store.commit();
    expect(store.arriving()).toBeNull();
  });

  it('[V46] forgets what is pending for the old picture when a new one replaces it', () => {
    const { store, take, draw, names } = setUp();
    store.restart();
    take(part(namespaceEntity('default')));
    store.commit();
    draw();
    store.change(upsert(4, namespaceEntity('late')));
    store.restart();
    take(part(namespaceEntity('default')));
    store.commit();
    draw();
    expect(names()).toEqual(['default']);
  });

  it('[V36] answers a digest that covers what has not been drawn yet', () => {
    const { store, take } = setUp();
    store.restart();
    take(part(namespaceEntity('default')));
    store.commit();
    store.change(upsert(2, namespaceEntity('default', '2')));
    const whole = new Graph();
    whole.apply({ upserts: [namespaceEntity('default', '2')], removes: [] });
    expect(store.digest()).toBe(whole.digest);
  });

  it('[P1] tells what changed, in order and before the notification, and when a snapshot replaced everything', () => {
    const { store, take, draw } = setUp();
    const heard: string[] = [];
    const unwatch = store.watch((delta) => {
      if (delta === 'renewed') heard.push(`renewed: ${store.snapshot.graph.size}`);
      else heard.push(`+${delta.added.length} ~${delta.updated.length} -${delta.removed.length}`);
    });
    store.subscribe(() => heard.push('notified'));
    store.restart();
    take(part(namespaceEntity('default')));
    store.change(upsert(1, namespaceEntity('a')));
    store.commit();
    draw();
    store.change(upsert(2, namespaceEntity('b'), namespaceEntity('default', '2')));
    store.digest();
    store.change({ seq: 3, upserts: [], removes: [{ kind: 'Namespace', uid: 'uid-a' }] });
    draw();
    expect(heard).toEqual(['renewed: 2', 'notified', '+1 ~1 -0', '+0 ~0 -1', 'notified']);
    unwatch();
    store.change(upsert(4, namespaceEntity('c')));
    draw();
    expect(heard.at(-1)).toBe('notified');
  });

  it('[V40] knows the server’s clock from its messages', () => {
    const { store } = setUp();
    store.serverTime(1_250);
    expect(store.snapshot.offset).toBe(250);
  });
});
