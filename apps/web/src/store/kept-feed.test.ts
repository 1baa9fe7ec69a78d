import { Graph, type GraphDelta } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import type { Pace } from '../stream/pace.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { graphOf, sampleLoosePod } from '../testing/sample-cluster.ts';
import { type Kept, KeptFeed } from './kept-feed.ts';

/** Counts what a graph holds, one at a time. */
class Counter implements Kept {
  all = 0;
  *fill(graph: Graph): Generator<void> {
    for (const _ of graph.all('Pod')) {
      this.all += 1;
      yield;
    }
  }
  apply({ added, removed }: GraphDelta): boolean {
    this.all += added.length - removed.length;
    return added.length + removed.length > 0;
  }
}

/** A feed of counters; each piece of work waits to be gone on with. */
function setUp(graph: Graph, synced = true) {
  const clock = new FakeClock();
  const waiting: (() => void)[] = [];
  const pace: Pace = { stretch: () => () => true, later: (run) => waiting.push(run) };
  let heard: (delta: GraphDelta | 'renewed') => void = () => undefined;
  const followed = {
    snapshot: { graph, synced },
    watch: (listener: typeof heard) => {
      heard = listener;
      return () => {
        heard = () => undefined;
      };
    },
  };
  const feed = new KeptFeed({ followed, pace, clock, make: () => new Counter() });
  const told: (number | null)[] = [];
  feed.subscribe(() => told.push(feed.snapshot.kept?.all ?? null));
  const work = () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) run();
  };
  const add = (name: string) => heard(followed.snapshot.graph.apply({ upserts: [sampleLoosePod(name)], removes: [] }));
  const renew = (next: Graph) => {
    followed.snapshot = { graph: next, synced: true };
    heard('renewed');
  };
  return { clock, feed, told, work, add, renew };
}

const pods = (many: number) => graphOf(Array.from({ length: many }, (_, i) => sampleLoosePod(`p${i}`)));

describe('the feed of what is kept', () => {
  it('[V86] tells nothing before there is a picture, and then when it is whole', () => {
    const { feed, told, work, renew } = setUp(new Graph(), false);
    feed.open();
    expect(told).toEqual([]);
    renew(pods(3));
    expect(feed.snapshot.kept).toBeNull();
    work();
    expect(told).toEqual([3]);
  });

  it('[V86] tells a change at once, and then four times a second at most', () => {
    const { clock, feed, told, work, add } = setUp(pods(3));
    feed.open();
    work();
    clock.advance(1000);
    for (let i = 0; i < 50; i += 1) {
      add(`n${i}`);
      clock.advance(10);
    }
    expect(told).toEqual([3, 4, 28, 53]);
  });

  it('[V86] shows what was until what takes its place is whole', () => {
    const { clock, feed, told, work, renew } = setUp(pods(3));
    feed.open();
    work();
    renew(pods(7));
    expect(feed.snapshot.kept?.all).toBe(3);
    work();
    clock.advance(250);
    expect(told).toEqual([3, 7]);
  });

  it('[V86] hears nothing once it is closed', () => {
    const { feed, told, work, add } = setUp(pods(1));
    const close = feed.open();
    work();
    close();
    add('late');
    expect(told).toEqual([1]);
  });
});
