import { describe, expect, it } from 'vitest';
import type { ServedBy } from './served-by.ts';
import { TrafficCounts } from './traffic-counts.ts';

const by = (pod: string, revision: string): ServedBy => ({
  namespace: 'default',
  pod,
  node: 'node1',
  ip: '10.0.0.1',
  labels: {},
  revision,
  image: `web:v${revision}`,
});

describe('the counts of the built-in client', () => {
  it('[M210] add up by revision, by pod and by second', () => {
    const counts = new TrafficCounts();
    counts.record({ by: by('a', '1'), ok: true }, 10);
    counts.record({ by: by('b', '1'), ok: false }, 10);
    counts.record({ by: by('c', '2'), ok: true }, 12);
    counts.record({ by: undefined, ok: false }, 12);
    expect(counts.total).toEqual({ answered: 2, failed: 2 });
    expect(counts.byRevision()).toEqual([
      { revision: '1', image: 'web:v1', answered: 1, failed: 1 },
      { revision: '2', image: 'web:v2', answered: 1, failed: 0 },
      { revision: '', image: '', answered: 0, failed: 1 },
    ]);
    expect(counts.byPod().map(({ pod, answered, failed }) => [pod, answered, failed])).toEqual([
      ['a', 1, 0],
      ['b', 0, 1],
      ['c', 1, 0],
      ['', 0, 1],
    ]);
    const series = counts.lastSeconds(12);
    expect(series).toHaveLength(60);
    expect(series.slice(-3)).toEqual([
      { answered: 1, failed: 1 },
      { answered: 0, failed: 0 },
      { answered: 1, failed: 1 },
    ]);
  });

  it('[M210] stay bounded however many pods and seconds there are', () => {
    const counts = new TrafficCounts();
    for (let number = 0; number < 1000; number++)
      counts.record({ by: by(`pod-${number}`, `${number}`), ok: true }, number);
    expect(counts.byPod()).toHaveLength(200);
    expect(counts.byPod().at(-1)?.pod).toBe('pod-999');
    expect(counts.byRevision()).toHaveLength(50);
    expect(counts.lastSeconds(999).every(({ answered }) => answered === 1)).toBe(true);
    expect(counts.total).toEqual({ answered: 1000, failed: 0 });
  });
});
