import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FedServer, fedServer, sleep } from './fed-server.ts';
import { crowdOf } from './processes/crowd-of.ts';
import { Probed } from './processes/probed.ts';
import { program } from './program.ts';
import { quantiles, round } from './statistics.ts';
import type { CrowdReport } from './viewers/crowd.ts';
import type { Recording } from './viewers/floor.ts';

const WARM_MS = 5000;
const EVERY = 50;

/** How many pods there are and how many readers, how many changes a second, for how many seconds. */
export interface ReadersOptions {
  pods: number;
  readers: number;
  rate: number;
  seconds: number;
}

const cpuOf = async (one: Probed) => (await one.read({ collect: false })).cpu;

/** What a program that only writes needs for the same bytes at the same moments, and how late they came, in ms. */
interface Floor {
  cpu: number;
  /** Of the server meanwhile, which goes on reading its cluster for nobody. */
  reading: number;
  delays: number[];
}

async function floorOf(recording: Recording, readers: number, server: Probed): Promise<Floor> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-floor-'));
  const file = join(folder, 'recording.json');
  writeFileSync(file, JSON.stringify(recording));
  const floor = new Probed(program('floor'), [file]);
  try {
    const url = `http://127.0.0.1:${await floor.ask<number>('port')}/`;
    const crowd = await crowdOf({ url, count: readers, gzip: recording.encoding === 'gzip', every: EVERY });
    await crowd.ask('record');
    const before = [await cpuOf(floor), await cpuOf(server)] as const;
    const sent = await floor.ask<number[]>('play');
    const cpu = (await cpuOf(floor)) - before[0];
    const reading = (await cpuOf(server)) - before[1];
    await sleep(1000);
    const { arrivals } = await crowd.ask<CrowdReport>('report');
    await crowd.stop('SIGKILL');
    return { cpu, reading, delays: arrivals.flatMap((one) => delaysOf(recording, sent, one)) };
  } finally {
    await floor.stop('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

/** From when each piece was written to when its last byte had come. */
function delaysOf({ pieces }: Recording, sent: readonly number[], arrivals: CrowdReport['arrivals'][number]): number[] {
  const delays: number[] = [];
  let [index, written] = [0, 0];
  for (const { at, bytes } of arrivals) {
    for (; index < pieces.length; index++) {
      const end = written + Buffer.byteLength(pieces[index]?.base64 ?? '', 'base64');
      if (end > bytes) break;
      written = end;
      delays.push(at - (sent[index] ?? at));
    }
  }
  return delays;
}

async function measure(fed: FedServer, gzip: boolean, options: ReadersOptions) {
  const { readers, rate, seconds } = options;
  const server = fed.server.process;
  fed.feed.flow(rate);
  const crowd = await crowdOf({ url: fed.stream, count: readers, gzip, every: EVERY });
  await sleep(WARM_MS);
  await crowd.ask('record');
  const before = await cpuOf(server);
  await sleep(seconds * 1000);
  const cpu = (await cpuOf(server)) - before;
  const { encoding, pieces, bytes, closed, delays } = await crowd.ask<CrowdReport>('report');
  await crowd.stop('SIGKILL');
  await sleep(WARM_MS);
  const floor = await floorOf({ encoding: encoding ?? 'plain', pieces }, readers, server);
  fed.feed.flow(0);
  const late = quantiles(delays);
  const lateFloor = quantiles(floor.delays);
  return {
    encoding,
    'writes a second': round(pieces.length / seconds),
    'MiB a second': round(bytes / seconds / 2 ** 20),
    'CPU (s)': round(cpu / 1e6),
    'of it reading (s)': round(floor.reading / 1e6),
    'floor CPU (s)': round(floor.cpu / 1e6),
    'ratio of serving': round((cpu - floor.reading) / floor.cpu),
    'ratio with reading': round(cpu / floor.cpu),
    'delay p50 (ms)': late.p50,
    'delay p99 (ms)': late.p99,
    'floor p50 (ms)': lateFloor.p50,
    'floor p99 (ms)': lateFloor.p99,
    closed,
    load: round(loadavg()[0] ?? 0),
  };
}

/**
 * Live readers of one scope, plain and compressed. The CPU time of the server's process stands beside that of a program
 * that writes the very same bytes at the same moments to as many sockets, while the same changes go on and the server reads
 * them for nobody: what it needs for that is told apart. Delays are from the change to a reader's last byte; the floor's are
 * from its write.
 */
export async function readers(
  options: ReadersOptions = { pods: 1000, readers: 1000, rate: 1000, seconds: 30 },
): Promise<Record<'plain' | 'gzip', Awaited<ReturnType<typeof measure>>>> {
  const fed = await fedServer(options.pods);
  try {
    const plain = await measure(fed, false, options);
    return { plain, gzip: await measure(fed, true, options) };
  } finally {
    await fed.close();
  }
}
