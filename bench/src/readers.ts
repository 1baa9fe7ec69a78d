import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FedServer, fedServer, sleep, until } from './fed-server.ts';
import { Probed } from './processes/probed.ts';
import { quantiles, round } from './statistics.ts';
import type { CrowdOptions, CrowdReport } from './viewers/crowd.ts';

const program = (name: string) => fileURLToPath(new URL(`./viewers/${name}.ts`, import.meta.url));
const PODS = 1000;
const WARM_MS = 5000;
const OPEN_MS = 60_000;
const EVERY = 50;

/** How many readers, how many changes a second, for how many seconds. */
export interface ReadersOptions {
  readers: number;
  rate: number;
  seconds: number;
}

/** Starts a crowd and waits until all of it reads. */
async function crowdOf(options: CrowdOptions): Promise<Probed> {
  const crowd = new Probed(program('crowd'), [JSON.stringify(options)]);
  await until(
    () => crowd.ask<number>('open'),
    (open) => open === options.count,
    OPEN_MS,
  );
  return crowd;
}

const cpuOf = async (one: Probed) => (await one.read({ collect: false })).cpu;

/** The same chunks at the same moments from a program that only writes; its CPU and how late they came. */
async function floorOf(chunks: CrowdReport['chunks'], readers: number): Promise<{ cpu: number; delays: number[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-floor-'));
  const file = join(folder, 'chunks.json');
  writeFileSync(file, JSON.stringify(chunks));
  const floor = new Probed(program('floor'), [file]);
  try {
    const port = await floor.ask<number>('port');
    const url = `http://127.0.0.1:${port}/`;
    const crowd = new Probed(program('crowd'), [
      JSON.stringify({ url, count: readers, gzip: false, every: EVERY } satisfies CrowdOptions),
    ]);
    await until(
      () => crowd.ask<number>('open'),
      (open) => open === readers,
      OPEN_MS,
    );
    await crowd.ask('record');
    const before = await cpuOf(floor);
    const sent = await floor.ask<number[]>('play');
    const cpu = (await cpuOf(floor)) - before;
    await sleep(1000);
    const { arrivals } = await crowd.ask<CrowdReport>('report');
    await crowd.stop('SIGKILL');
    const delays = arrivals.flatMap((one) => one.map((at, index) => at - (sent[index] ?? at)));
    return { cpu, delays };
  } finally {
    await floor.stop('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

async function measure(fed: FedServer, gzip: boolean, options: ReadersOptions): Promise<object> {
  const { readers, rate, seconds } = options;
  const server = fed.server.process;
  fed.feed.flow(rate);
  await sleep(WARM_MS);
  let before = await cpuOf(server);
  await sleep(WARM_MS);
  const ingest = (((await cpuOf(server)) - before) / WARM_MS) * seconds * 1000;
  const crowd = await crowdOf({ url: fed.stream, count: readers, gzip, every: EVERY });
  await sleep(WARM_MS);
  await crowd.ask('record');
  before = await cpuOf(server);
  await sleep(seconds * 1000);
  const cpu = (await cpuOf(server)) - before;
  const report = await crowd.ask<CrowdReport>('report');
  fed.feed.flow(0);
  await crowd.stop('SIGKILL');
  const floor = await floorOf(report.chunks, readers);
  const late = quantiles(report.delays);
  const lateFloor = quantiles(floor.delays);
  return {
    encoding: report.encoding,
    'writes a second': round(report.chunks.length / seconds),
    'MiB a second': round(report.bytes / seconds / 2 ** 20),
    'CPU (s)': round(cpu / 1e6),
    'of it reading (s)': round(ingest / 1e6),
    'floor CPU (s)': round(floor.cpu / 1e6),
    ratio: round(cpu / floor.cpu),
    'ratio without reading': round((cpu - ingest) / floor.cpu),
    'delay p50 (ms)': late.p50,
    'delay p99 (ms)': late.p99,
    'floor p50 (ms)': lateFloor.p50,
    'floor p99 (ms)': lateFloor.p99,
    closed: report.closed,
    load: round(loadavg()[0] ?? 0),
  };
}

/**
 * Live readers of one scope, plain and compressed. The CPU time of the server's process stands beside that of a program
 * that writes the very same chunks at the same moments to as many sockets. What the server needs to read and keep the
 * changes is measured before anybody reads, and told apart. Delays are from the change to a reader's last byte.
 */
export async function readers(
  options: ReadersOptions = { readers: 1000, rate: 1000, seconds: 30 },
): Promise<Record<string, object>> {
  const fed = await fedServer(PODS);
  try {
    const plain = await measure(fed, false, options);
    return { plain, gzip: await measure(fed, true, options) };
  } finally {
    await fed.close();
  }
}
