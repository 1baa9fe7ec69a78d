import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { fedServer, sleep, until } from './fed-server.ts';
import type { Reading } from './processes/probe.ts';
import { Probed } from './processes/probed.ts';
import { round, slopeOf } from './statistics.ts';
import type { PagesReport } from './viewers/pages.ts';

const program = (name: string) => fileURLToPath(new URL(`./viewers/${name}.ts`, import.meta.url));
const MIB = 2 ** 20;
const LIMIT_MS = 60_000;
const SAMPLES_MS = 2000;
/** Pages that are stopped for a while, and read again. */
const SLEEPERS = 50;
const ASLEEP_MS = 20_000;

const SERIES: Readonly<Record<string, (reading: Reading) => number>> = {
  'heap (MiB)': ({ heap }) => heap / MIB,
  'external (MiB)': ({ external }) => external / MIB,
  'array buffers (MiB)': ({ arrayBuffers }) => arrayBuffers / MIB,
  'RSS (MiB)': ({ rss }) => rss / MIB,
};

/**
 * Readers that stop to read while changes go on: what the server holds, over the time that they are stalled, until it
 * has closed them all. Fifty pages beside them stand still for 20 s, read again and must hold what the cluster holds.
 */
export async function stalled({ readers = 1000, rate = 1000, seconds = 90 } = {}): Promise<Record<string, object>> {
  const fed = await fedServer(1000);
  const crowd = new Probed(program('crowd'), [
    JSON.stringify({ url: fed.stream, count: readers, gzip: false, every: readers }),
  ]);
  const pages = new Probed(program('pages'), [JSON.stringify({ url: fed.stream, count: SLEEPERS })]);
  const server = fed.server.process;
  try {
    await until(
      () => crowd.ask<number>('open'),
      (open) => open === readers,
      LIMIT_MS,
    );
    await until(
      () => pages.ask<PagesReport>('report'),
      ({ live }) => live === SLEEPERS,
      LIMIT_MS,
    );
    fed.feed.flow(rate);
    await sleep(5000);
    const before = await server.read();
    await crowd.ask('stall');
    pages.child.kill('SIGSTOP');
    const began = Date.now();
    const samples: { at: number; reading: Reading }[] = [];
    let [asleep, gone] = [true, 0];
    while (Date.now() - began < seconds * 1000) {
      await sleep(SAMPLES_MS);
      samples.push({ at: (Date.now() - began) / 60_000, reading: await server.read() });
      if (asleep && Date.now() - began > ASLEEP_MS) asleep = !pages.child.kill('SIGCONT');
      const sockets = samples.at(-1)?.reading.descriptors ?? 0;
      if (gone === 0 && sockets < readers / 2) gone = Date.now() - began;
    }
    fed.feed.flow(0);
    const whole = await until(
      () => pages.ask<PagesReport>('report'),
      ({ live, digests }) => live === SLEEPERS && digests[fed.feed.digest()] === SLEEPERS,
      LIMIT_MS,
    );
    const held = samples.filter(({ reading }) => reading.descriptors > readers / 2);
    const figures: Record<string, object> = {};
    for (const [name, of] of Object.entries(SERIES)) {
      const { slope, error } = slopeOf(held.map(({ at, reading }) => ({ x: at, y: of(reading) })));
      const most = Math.max(...held.map(({ reading }) => of(reading)));
      figures[name] = {
        'all reading': round(of(before)),
        'most while stalled': round(most),
        'at the end': round(of(samples.at(-1)?.reading ?? before)),
        'slope a minute': round(slope),
        'its error': round(error),
        'bytes a reader': Math.round(((most - of(before)) * MIB) / readers),
      };
    }
    figures['half of them closed after (s)'] = { 'at the end': round(gone / 1000) };
    figures['files and sockets left'] = { 'at the end': samples.at(-1)?.reading.descriptors ?? 0 };
    figures['pages that slept and hold the truth'] = { 'at the end': whole.live };
    figures.load = { 'at the end': round(loadavg()[0] ?? 0) };
    return figures;
  } finally {
    await crowd.stop('SIGKILL');
    await pages.stop('SIGKILL');
    await fed.close();
  }
}
