import { loadavg } from 'node:os';
import { type FedServer, fedServer, sleep, until } from './fed-server.ts';
import { crowdOf } from './processes/crowd-of.ts';
import type { Reading } from './processes/probe.ts';
import { Probed } from './processes/probed.ts';
import { program } from './program.ts';
import { scrape } from './scrape.ts';
import { round, slopeOf } from './statistics.ts';
import type { CrowdQuestion } from './viewers/crowd.ts';
import type { PagesReport } from './viewers/pages.ts';

const MIB = 2 ** 20;
const LIMIT_MS = 120_000;
const SAMPLES_MS = 2000;
/** Pages that are stopped for a while, and read again. */
const SLEEPERS = 50;
const ASLEEP_MS = 20_000;
/** A sample counts when as many of the readers are blocked; of those that crawl some always are not, for a moment. */
const SETTLED = { stopped: 0.99, crawling: 0.5 } as const;

/** How many readers, how many changes a second; `seconds` is for how long those that crawl are watched. */
export interface StalledOptions {
  readers: number;
  rate: number;
  seconds: number;
}

interface Sample {
  /** Minutes. */
  at: number;
  blocked: number;
  reading: Reading;
}

const SERIES: Readonly<Record<string, (reading: Reading) => number>> = {
  'heap (MiB)': ({ heap }) => heap / MIB,
  'array buffers (MiB)': ({ arrayBuffers }) => arrayBuffers / MIB,
  'heap and all outside it (MiB)': ({ heap, external }) => (heap + external) / MIB,
  'RSS (MiB)': ({ rss }) => rss / MIB,
};

/**
 * Readers that stop to read while changes go on, and readers that crawl: what the server holds once they are blocked. Those
 * that stopped are watched until it has closed them all; fifty pages beside them stand still for 20 s, read again and must
 * hold what the cluster holds. Those that crawl take 512 KiB every 5 s, so that they are never closed.
 */
export async function stalled(
  options: StalledOptions = { readers: 1000, rate: 1000, seconds: 120 },
): Promise<Record<string, object>> {
  return { ...(await stopped(options)), ...(await crawling(options)) };
}

/** A server of a busy cluster with so many readers that were flowing until now, and now do as they are told. */
async function crowded(fed: FedServer, { readers, rate }: StalledOptions, pace: readonly CrowdQuestion[]) {
  const crowd = await crowdOf({ url: fed.stream, count: readers, gzip: false, every: readers });
  fed.feed.flow(rate);
  await sleep(5000);
  const before = await fed.server.process.read();
  for (const question of pace) await crowd.ask(question);
  return { crowd, before };
}

async function sampleOf(fed: FedServer, began: number): Promise<Sample> {
  const numbers = await scrape(fed);
  const blocked = numbers.get('portolan_stream_viewers{cluster="feed",state="blocked"}') ?? 0;
  return { at: (Date.now() - began) / 60_000, blocked, reading: await fed.server.process.read() };
}

/** What each series did while the readers were blocked, beside what was held while all read. */
function figuresOf(
  who: keyof typeof SETTLED,
  before: Reading,
  samples: readonly Sample[],
  readers: number,
): Record<string, object> {
  const held = samples.filter(({ blocked }) => blocked >= SETTLED[who] * readers);
  return Object.fromEntries(
    Object.entries(SERIES).map(([name, of]) => {
      const { slope, error } = slopeOf(held.map(({ at, reading }) => ({ x: at, y: of(reading) })));
      const most = Math.max(...held.map(({ reading }) => of(reading)));
      return [
        `${who}: ${name}`,
        {
          'all reading': round(of(before)),
          'most while blocked': round(most),
          'slope a minute': round(slope),
          'its error': round(error),
          samples: held.length,
          'bytes a reader': Math.round(((most - of(before)) * MIB) / readers),
        },
      ];
    }),
  );
}

async function stopped(options: StalledOptions): Promise<Record<string, object>> {
  const { readers } = options;
  const fed = await fedServer(1000);
  const pages = new Probed(program('pages'), [JSON.stringify({ url: fed.stream, count: SLEEPERS })]);
  try {
    await until(
      () => pages.ask<PagesReport>('report'),
      ({ live }) => live === SLEEPERS,
      LIMIT_MS,
    );
    const { crowd, before } = await crowded(fed, options, ['stall']);
    pages.child.kill('SIGSTOP');
    const began = Date.now();
    const samples: Sample[] = [];
    let asleep = true;
    let closed = 0;
    while (closed < readers && Date.now() - began < LIMIT_MS) {
      await sleep(SAMPLES_MS);
      samples.push(await sampleOf(fed, began));
      if (asleep && Date.now() - began > ASLEEP_MS) asleep = !pages.child.kill('SIGCONT');
      closed = (await scrape(fed)).get('portolan_stream_closed_blocked_total{cluster="feed"}') ?? 0;
    }
    const after = Date.now() - began;
    fed.feed.flow(0);
    const whole = await until(
      () => pages.ask<PagesReport>('report'),
      ({ live, digests }) => live === SLEEPERS && digests[fed.feed.digest()] === SLEEPERS,
      LIMIT_MS,
    );
    await crowd.stop('SIGKILL');
    return {
      ...figuresOf('stopped', before, samples, readers),
      'stopped: at the end': {
        closed,
        'after (s)': round(after / 1000),
        'heap (MiB)': round((await fed.server.process.read()).heap / MIB),
        'pages that slept and hold the truth': whole.live,
        load: round(loadavg()[0] ?? 0),
      },
    };
  } finally {
    await pages.stop('SIGKILL');
    await fed.close();
  }
}

async function crawling(options: StalledOptions): Promise<Record<string, object>> {
  const { readers, seconds } = options;
  const fed = await fedServer(1000);
  try {
    const { crowd, before } = await crowded(fed, options, ['stall', 'crawl']);
    const began = Date.now();
    const samples: Sample[] = [];
    // Full, one after the other: only then is what they cost the same all the time.
    await until(
      () => sampleOf(fed, began),
      ({ blocked }) => blocked >= SETTLED.crawling * readers,
      LIMIT_MS,
    );
    await sleep(10_000);
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
      await sleep(SAMPLES_MS);
      samples.push(await sampleOf(fed, began));
    }
    const numbers = await scrape(fed);
    fed.feed.flow(0);
    await crowd.stop('SIGKILL');
    return {
      ...figuresOf('crawling', before, samples, readers),
      'crawling: at the end': {
        closed: numbers.get('portolan_stream_closed_by_server_total{cluster="feed"}') ?? 0,
        'after (s)': seconds,
        load: round(loadavg()[0] ?? 0),
      },
    };
  } finally {
    await fed.close();
  }
}
