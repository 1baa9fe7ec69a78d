import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Leg, startLeg } from '@portolan/lab';
import { systemClock } from '../../apps/server/src/clock.ts';
import type { Reading } from './processes/probe.ts';
import { type ProbedPortolan, probedPortolan } from './processes/probed.ts';
import { round, trendOf } from './statistics.ts';
import { openPage, type Page } from './viewers/page.ts';
import { RawReader } from './viewers/raw-reader.ts';

const MIB = 1024 * 1024;
const MINUTE_MS = 60_000;
const VIEWERS = { pages: 10, live: 20, slow: 10, leaving: 10 };
const FAULT_MS = 2 * MINUTE_MS;
const FREEZE_MS = 20_000;
const SETTLE_MS = 60_000;

/** Minutes to live before it is measured, and to be measured. */
export interface HourOptions {
  warmUp: number;
  minutes: number;
  /** Where snapshots of the server's heap are written, at the beginning and the end of what is measured. */
  snapshots?: string;
}

interface Sample {
  minute: number;
  server: Reading;
  cluster: Reading;
}

const timers = ({ resources }: Reading) => resources.Timeout ?? 0;

/** What is held against time, by its name and unit. */
const SERIES: Readonly<Record<string, (sample: Sample) => number>> = {
  'server heap (MiB)': ({ server }) => server.heap / MIB,
  'server external (MiB)': ({ server }) => server.external / MIB,
  'server RSS (MiB)': ({ server }) => server.rss / MIB,
  'server files and sockets': ({ server }) => server.descriptors,
  'server timers': ({ server }) => timers(server),
  'server other handles': ({ server: { resources } }) =>
    Object.entries(resources).reduce((sum, [name, n]) => (/^(TCPSocketWrap|Timeout)$/.test(name) ? sum : sum + n), 0),
  'server loop delay p99 (ms)': ({ server }) => server.delay.p99,
  'server loop delay max (ms)': ({ server }) => server.delay.max,
  'cluster heap (MiB)': ({ cluster }) => cluster.heap / MIB,
  'cluster external (MiB)': ({ cluster }) => cluster.external / MIB,
  'cluster RSS (MiB)': ({ cluster }) => cluster.rss / MIB,
  'cluster files and sockets': ({ cluster }) => cluster.descriptors,
  'cluster timers': ({ cluster }) => timers(cluster),
};

/** The series so far, each by its beginning, end, slope an hour and the standard error of that. */
function table(samples: readonly Sample[]): Record<string, object> {
  return Object.fromEntries(
    Object.entries(SERIES).map(([name, of]) => {
      const points = samples.map((sample) => ({ x: sample.minute / 60, y: of(sample) }));
      return [name, trendOf(points, 'an hour')];
    }),
  );
}

/** Readers that never stay: each comes, reads for some seconds and goes. */
function passers(url: string, count: number): () => void {
  const open = new Set<RawReader>();
  let over = false;
  const come = () => {
    if (over) return;
    const reader: RawReader = new RawReader(url, {
      gzip: Math.random() < 0.5,
      onClose: () => {
        open.delete(reader);
        setTimeout(come, 200);
      },
    });
    open.add(reader);
    setTimeout(() => reader.close(), 5000 + Math.random() * 25_000);
  };
  for (let i = 0; i < count; i++) come();
  return () => {
    over = true;
    for (const reader of open) reader.close();
  };
}

/** Cuts or freezes the way to the apiserver, by turns; answers how often, and its end. */
function troubles(leg: Leg): { count(): number; stop(): void } {
  let count = 0;
  let thaw: { thaw(): void } | null = null;
  const timer = setInterval(() => {
    count++;
    if (count % 3 === 0) {
      thaw = leg.tcp.freezeOpen();
      setTimeout(() => thaw?.thaw(), FREEZE_MS);
    } else leg.tcp.cut(count % 2 === 0 ? 'rst' : 'fin');
  }, FAULT_MS);
  return {
    count: () => count,
    stop() {
      clearInterval(timer);
      thaw?.thaw();
    },
  };
}

async function live(
  { cluster, server, leg }: { cluster: ProbedPortolan; server: ProbedPortolan; leg: Leg },
  { warmUp, minutes, snapshots }: HourOptions,
): Promise<Record<string, object>> {
  const url = `${server.url}/api/v1/clusters/demo/stream`;
  const pages: Page[] = Array.from({ length: VIEWERS.pages }, () => openPage(url));
  const keep = (options: ConstructorParameters<typeof RawReader>[1]) => {
    let closed = 0;
    let over = false;
    const held = new Set<RawReader>();
    const come = () => {
      const reader: RawReader = new RawReader(url, {
        ...options,
        onClose: () => {
          held.delete(reader);
          closed++;
          if (!over) setTimeout(come, 1000);
        },
      });
      held.add(reader);
    };
    come();
    return {
      closed: () => closed,
      stop() {
        over = true;
        for (const reader of held) reader.close();
      },
    };
  };
  const still = Array.from({ length: VIEWERS.live }, (_, i) => keep({ gzip: i % 2 === 0 }));
  const slow = Array.from({ length: VIEWERS.slow }, (_, i) =>
    keep({ pauses: { reading: 2000, resting: 5000 + 5000 * i } }),
  );
  const stopPassers = passers(url, VIEWERS.leaving);
  const trouble = troubles(leg);
  await new Promise((resolve) => setTimeout(resolve, warmUp * MINUTE_MS));
  if (snapshots) await server.process.snapshot(join(snapshots, 'begin.heapsnapshot'));
  const samples: Sample[] = [];
  const began = Date.now();
  const every = minutes > 20 ? MINUTE_MS : 15_000;
  const changesBefore = pages[0]?.picture.changes ?? 0;
  const say = (title: string) => {
    console.log(`${title}; load ${loadavg().map(round).join(' ')}; faults ${trouble.count()}`);
    console.table(table(samples));
  };
  for (let next = every; next <= minutes * MINUTE_MS; next += every) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, began + next - Date.now())));
    const [one, two] = await Promise.all([server.process.read(), cluster.process.read()]);
    samples.push({ minute: (Date.now() - began) / MINUTE_MS, server: one, cluster: two });
    if (next % (10 * MINUTE_MS) === 0) say(`after ${next / MINUTE_MS} minutes`);
  }
  const changes = (pages[0]?.picture.changes ?? 0) - changesBefore;
  trouble.stop();
  if (snapshots) await server.process.snapshot(join(snapshots, 'end.heapsnapshot'));
  const agreeing = await agree(pages);
  const figures: Record<string, object> = {
    ...table(samples),
    'changes a second': { end: round(changes / (minutes * 60)) },
    'faults of the apiserver': { end: trouble.count() },
    'pages that agree': { begin: pages.length, end: agreeing },
    'digests that disagreed': { end: pages.reduce((sum, { stream }) => sum + stream.status.divergences, 0) },
    'slow viewers closed': { end: slow.reduce((sum, one) => sum + one.closed(), 0) },
    'live viewers closed': { end: still.reduce((sum, one) => sum + one.closed(), 0) },
    load: { end: round(loadavg()[1] ?? 0) },
  };
  stopPassers();
  for (const one of [...still, ...slow]) one.stop();
  for (const { stream } of pages) stream.close();
  return figures;
}

/** Waits until all pages are live and hold the same picture; answers how many hold what most hold, after a minute at most. */
async function agree(pages: readonly Page[]): Promise<number> {
  const until = Date.now() + SETTLE_MS;
  for (;;) {
    const votes = new Map<string, number>();
    for (const { stream, picture } of pages) {
      if (stream.status.connection.state !== 'live') continue;
      votes.set(picture.digest(), (votes.get(picture.digest()) ?? 0) + 1);
    }
    const most = Math.max(0, ...votes.values());
    if (most === pages.length || Date.now() > until) return most;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * A real server before a busy cluster for as long as is asked: some 300 changes of pods a second, fifty viewers (pages
 * that hold digests to the truth, readers of either encoding, slow ones, ones that come and go), the way to the
 * apiserver cut or frozen every two minutes. Every process is asked for its own memory, so that what grows has a name.
 */
export async function hour(options: HourOptions): Promise<Record<string, object>> {
  // Ten times as fast, so that Events have lived their hour before it is measured.
  const size = ['--nodes', '100', '--pods', '3000', '--churn', '30', '--speed', '10'];
  const cluster = await probedPortolan(['mock', 'large', '--api-port', '0', '--no-services', ...size]);
  const folder = mkdtempSync(join(tmpdir(), 'portolan-hour-'));
  try {
    const leg = await startLeg({ url: String(cluster.apiserver) }, systemClock);
    const kubeconfig = join(folder, 'kubeconfig');
    const text = readFileSync(String(cluster.kubeconfig), 'utf8');
    writeFileSync(kubeconfig, text.replaceAll(String(cluster.apiserver), leg.url), { mode: 0o600 });
    const server = await probedPortolan(['serve', '--kubeconfig', kubeconfig, '--port', '0']);
    try {
      return await live({ cluster, server, leg }, options);
    } finally {
      await server.process.stop();
      await leg.close();
    }
  } finally {
    await cluster.process.stop();
    rmSync(folder, { recursive: true });
  }
}
