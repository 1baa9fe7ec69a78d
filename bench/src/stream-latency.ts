import { loadavg } from 'node:os';
import { fedServer, sleep } from './fed-server.ts';
import { crowdOf } from './processes/crowd-of.ts';
import { Probed } from './processes/probed.ts';
import { program } from './program.ts';
import { quantiles, round } from './statistics.ts';
import type { CrowdReport } from './viewers/crowd.ts';

const WARM_MS = 3000;
const ROUNDS = 3;

/** How many pods there are and how many readers, how many changes a second, and for how many seconds each round listens to either. */
export interface StreamLatencyOptions {
  pods: number;
  readers: number;
  rate: number;
  seconds: number;
}

/** Delays of each round in ms: at the readers of the server, and at those of the floor. */
export interface Listened {
  served: number[][];
  passed: number[][];
}

/**
 * From a write at the apiserver to its bytes at a reader, under load. The floor is a program that passes the lines of the same
 * watch to as many sockets as they come; the two are listened to in turns, while the same changes go on.
 */
export async function listened({ pods, readers, rate, seconds }: StreamLatencyOptions): Promise<Listened> {
  const fed = await fedServer(pods);
  const relay = new Probed(program('relay'), [`${fed.feed.url}/api/v1/pods?watch=1`]);
  const listen = async (url: string): Promise<number[]> => {
    const crowd = await crowdOf({ url, count: readers, gzip: false, every: 1 });
    await sleep(WARM_MS);
    await crowd.ask('record');
    await sleep(seconds * 1000);
    const { delays } = await crowd.ask<CrowdReport>('report');
    await crowd.stop('SIGKILL');
    return delays;
  };
  const served: number[][] = [];
  const passed: number[][] = [];
  try {
    const floor = `http://127.0.0.1:${await relay.ask<number>('port')}/`;
    fed.feed.flow(rate);
    for (let turn = 0; turn < ROUNDS; turn++) {
      served.push(await listen(fed.stream));
      passed.push(await listen(floor));
    }
  } finally {
    await relay.stop('SIGKILL');
    await fed.close();
  }
  return { served, passed };
}

/** The same as figures. */
export async function streamLatency(
  options: StreamLatencyOptions = { pods: 1000, readers: 50, rate: 2000, seconds: 10 },
): Promise<Record<string, object>> {
  const { served, passed } = await listened(options);
  const [server, floor] = [quantiles(served.flat()), quantiles(passed.flat())];
  const ratio = (q: 'p50' | 'p99') => round(server[q] / floor[q]);
  return {
    'write to bytes at a reader (ms)': { ...server, samples: served.flat().length },
    'the same, only passed on (ms)': { ...floor, samples: passed.flat().length },
    'ratio to the floor': { p50: ratio('p50'), p99: ratio('p99') },
    'p50 of each round (ms)': Object.fromEntries(served.map((one, turn) => [turn + 1, quantiles(one).p50])),
    'of the floor (ms)': Object.fromEntries(passed.map((one, turn) => [turn + 1, quantiles(one).p50])),
    load: { p50: round(loadavg()[0] ?? 0) },
  };
}
