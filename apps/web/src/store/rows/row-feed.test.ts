import { type Entity, Graph, type GraphDelta } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import type { Pace } from '../../stream/pace.ts';
import { sampleLoosePod } from '../../testing/sample-cluster.ts';
import { RowFeed } from './row-feed.ts';
import type { RowQuery } from './row-model.ts';

const query = (more: Partial<RowQuery> = {}): RowQuery => ({
  kind: 'Pod',
  namespace: 'default',
  order: { column: 'NAME', descending: false },
  filter: null,
  ...more,
});

/** A graph that is changed by hand, and a pace that goes on when it is told to. */
function setUp(steps: number) {
  const watchers = new Set<(delta: GraphDelta | 'renewed') => void>();
  const framed = new Set<() => void>();
  const listen = <L>(set: Set<L>, listener: L) => {
    set.add(listener);
    return () => set.delete(listener);
  };
  const followed = {
    snapshot: { graph: new Graph() },
    watch: (listener: (delta: GraphDelta | 'renewed') => void) => listen(watchers, listener),
    subscribe: (listener: () => void) => listen(framed, listener),
  };
  const waiting: (() => void)[] = [];
  const pace: Pace = {
    stretch: () => {
      let left = steps;
      return () => {
        left -= 1;
        return left <= 0;
      };
    },
    later: (run) => waiting.push(run),
  };
  const feed = new RowFeed(followed, pace);
  let told = 0;
  feed.subscribe(() => {
    told += 1;
  });
  const tell = (delta: GraphDelta | 'renewed') => {
    for (const watcher of watchers) watcher(delta);
  };
  return {
    feed,
    told: () => told,
    change: (upserts: Entity[], removes: Entity[] = []) => tell(followed.snapshot.graph.apply({ upserts, removes })),
    renew: (...upserts: Entity[]) => {
      followed.snapshot = { graph: new Graph() };
      followed.snapshot.graph.apply({ upserts, removes: [] });
      tell('renewed');
    },
    frame: () => {
      for (const one of framed) one();
    },
    goOn: () => waiting.shift()?.(),
    listeners: () => watchers.size + framed.size,
    names: () => feed.snapshot.rows?.slice(0, 999).map(({ entity }) => entity.name) ?? null,
  };
}

const pods = (count: number, prefix = 'p') => Array.from({ length: count }, (_, n) => sampleLoosePod(`${prefix}${n}`));

describe('the rows that are shown', () => {
  it('[K44] are there at once where they are few, and told once a frame that changed them', () => {
    const { feed, change, frame, told, names } = setUp(1);
    feed.open();
    change(pods(2));
    feed.ask(query());
    expect([names(), told()]).toEqual([['p0', 'p1'], 1]);
    change([sampleLoosePod('p3')]);
    change([sampleLoosePod('p2')]);
    expect(told()).toBe(1);
    const before = feed.snapshot;
    frame();
    frame();
    expect(feed.snapshot).not.toBe(before);
    change([sampleLoosePod('elsewhere', { namespace: 'other' })]);
    frame();
    expect([names(), told()]).toEqual([['p0', 'p1', 'p2', 'p3'], 2]);
  });

  it('[K44] stay in the old order until the new one is whole, and follow what changes meanwhile', () => {
    const { feed, change, goOn, names } = setUp(1);
    feed.open();
    change(pods(3));
    feed.ask(query());
    change(pods(200, 'q'));
    feed.ask(query({ order: { column: 'NAME', descending: true } }));
    expect([names()?.[0], feed.snapshot.filling]).toEqual(['p0', true]);
    change([sampleLoosePod('z')], [sampleLoosePod('p0')]);
    expect(names()?.[0]).toBe('p1');
    while (feed.snapshot.filling) goOn();
    expect([names()?.[0], names()?.at(-1), names()?.length]).toEqual(['z', 'p1', 203]);
  });

  it('[K44] are those asked for last, whatever was under way', () => {
    const { feed, change, goOn, names, told } = setUp(1);
    feed.open();
    change(pods(200));
    feed.ask(query());
    feed.ask(query({ namespace: 'other' }));
    expect([names(), feed.snapshot.filling]).toEqual([[], false]);
    const before = told();
    goOn();
    expect([names(), told()]).toEqual([[], before]);
  });

  it('[K44] are taken from the new graph when a snapshot replaced the old one', () => {
    const { feed, change, renew, names } = setUp(1);
    feed.open();
    change(pods(2));
    feed.ask(query());
    renew(...pods(2, 'q'));
    expect(names()).toEqual(['q0', 'q1']);
  });

  it('[K44] are let go of when nobody looks any more', () => {
    const { feed, change, goOn, listeners, names } = setUp(1);
    const close = feed.open();
    change(pods(200));
    feed.ask(query());
    close();
    goOn();
    expect([names(), listeners()]).toEqual([null, 0]);
  });
});
