import { readers } from '../readers.ts';
import { quantiles } from '../statistics.ts';
import { listened } from '../stream-latency.ts';
import type { Row } from './row.ts';

/** A crowd gets its snapshots first: of more pods than this those alone would be gigabytes, and a change costs what it costs. */
const CROWD_PODS = 1500;

/** From a watch line to the bytes at a reader, at two thousand changes a second. */
export async function latency(pods: number): Promise<Row[]> {
  const { served, passed } = await listened({ pods, readers: 50, rate: 2000, seconds: 5 });
  const [ours, floor] = [quantiles(served.flat()), quantiles(passed.flat())];
  return [
    { what: 'line to bytes: p50 (ms)', figure: ours.p50, budget: 2 },
    { what: 'line to bytes: p99 (ms)', figure: ours.p99, budget: 20 },
    { what: 'line to bytes: p50 to floor', figure: ours.p50 / floor.p50, budget: null },
    { what: 'line to bytes: p99 to floor', figure: ours.p99 / floor.p99, budget: null },
  ];
}

/** Changes that go to a thousand readers, against writing the same bytes to as many sockets. */
export async function crowd(pods: number): Promise<Row[]> {
  if (pods > CROWD_PODS) return [];
  const { plain, gzip } = await readers({ pods, readers: 1000, rate: 1000, seconds: 10 });
  return [
    { what: 'a thousand readers: CPU to floor', figure: plain['ratio of serving'], budget: 1.3 },
    { what: 'a thousand readers, gzip: CPU to floor', figure: gzip['ratio of serving'], budget: 1.3 },
  ];
}
