import { KINDS, seededRandom } from '@portolan/shared';
import { Cluster } from '../../../apps/server/src/cli/cluster.ts';
import { Calendar } from './calendar.ts';
import { Holdings, SERVED } from './holdings.ts';
import { NearViewer } from './near-viewer.ts';
import { QuickApiserver } from './quick-apiserver.ts';
import { RequestsAtRest } from './requests-at-rest.ts';
import { TROUBLES } from './troubles.ts';

/** What is held at one moment, when the last trouble is over. `heap` is in bytes, 0 where nobody measures it. */
export interface Holding {
  day: number;
  heap: number;
  timers: number;
  watches: number;
  sockets: number;
  unanswered: number;
  viewers: number;
  entities: number;
}

/**
 * How many hours, from which seed, and how the heap is measured. Every `periodMs` a trouble begins after a quarter of it,
 * viewers come and go in its middle, and what is held is counted at its end; it must leave time for a trouble to end.
 */
export interface FortnightOptions {
  hours: number;
  periodMs: number;
  seed: number;
  heldBytes?: () => number;
  /** Hears of each sample as it is taken. */
  told?: (holding: Holding) => void;
}

/** What happened in all that time. */
export interface Fortnight {
  holdings: Holding[];
  /** What the apiserver counted, by name. */
  counts: QuickApiserver['counts'];
  /** How often each trouble began, by its name. */
  troubles: Record<string, number>;
  /** What Node warned of: listeners that pile up are warned of. */
  warnings: string[];
  /** How often a viewer's digest disagreed with the server's. */
  divergences: number;
  /** Viewers whose picture is in the end, by uid and version, what the apiserver holds. */
  agreeing: number;
  viewers: number;
}

const STEP_MS = 10_000;
/** A watch that has just ended is open again, and what was written last has come everywhere. */
const SETTLE_MS = 5000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STALL_MS = 45_000;

/**
 * Weeks of one served cluster on a clock of their own: the real server behind its routes, over real sockets, before an
 * apiserver that ends watches after five to ten minutes and is in some trouble again and again, with viewers that stay, stall,
 * leave and come back.
 */
export async function fortnight({ hours, periodMs, seed, heldBytes, told }: FortnightOptions): Promise<Fortnight> {
  const random = seededRandom(seed);
  const requests = new RequestsAtRest();
  const calendar: Calendar = new Calendar(random, () => requests.rest(server.mute));
  const server = new QuickApiserver(new Holdings(random), calendar);
  await server.start();
  const cluster = clusterOf(server, calendar);
  const visitors = new Visitors(cluster, calendar);
  const warnings: string[] = [];
  const warn = ({ message }: Error) => void warnings.push(message);
  process.on('warning', warn);
  const holdings: Holding[] = [];
  const troubles: Record<string, number> = {};
  const names = Object.keys(TROUBLES);
  const sample = (): Holding => ({
    day: calendar.monotonic() / DAY_MS,
    heap: heldBytes?.() ?? 0,
    timers: calendar.pending,
    watches: server.watches,
    sockets: server.sockets,
    unanswered: requests.unanswered,
    viewers: cluster.metrics().stream.clients ?? 0,
    entities: cluster.sources().reduce((sum, { objects }) => sum + objects, 0),
  });
  try {
    cluster.start();
    visitors.come();
    for (let period = 0; period < (hours * HOUR_MS) / periodMs; period++) {
      await pass(periodMs / 4, calendar, server);
      const name = names[period % names.length] ?? '';
      const trouble = TROUBLES[name];
      troubles[name] = (troubles[name] ?? 0) + 1;
      trouble?.begin(server);
      await pass(trouble?.lastsMs ?? 0, calendar, server);
      trouble?.end(server);
      await pass(periodMs / 4, calendar, server);
      visitors.change(period);
      await pass(periodMs / 2 - (trouble?.lastsMs ?? 0), calendar, server);
      await calendar.advance(SETTLE_MS);
      const holding = sample();
      holdings.push(holding);
      told?.(holding);
    }
    const agreeing = visitors.here.filter((viewer) => agrees(viewer, server)).length;
    const { divergences } = visitors;
    const counts = { ...server.counts };
    return { holdings, counts, troubles, warnings, divergences, agreeing, viewers: visitors.here.length };
  } finally {
    process.off('warning', warn);
    visitors.leave();
    await cluster.stop('the fortnight is over');
    await server.stop();
    requests.close();
  }
}

async function pass(ms: number, calendar: Calendar, server: QuickApiserver): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    await calendar.advance(STEP_MS);
    server.turn();
  }
}

function clusterOf(server: QuickApiserver, calendar: Calendar): Cluster {
  const load = () => ({
    cluster: {
      name: 'quick',
      server: server.url,
      ca: null,
      tlsServerName: null,
      skipVerify: false,
      proxy: null,
      execConfig: null,
    },
    user: {
      name: 'quick',
      token: { data: server.token },
      basic: null,
      certificate: null,
      key: null,
      exec: null,
      authProvider: null,
      impersonate: null,
    },
  });
  const config = { name: 'quick', server: server.url, namespace: 'default', load, env: {} };
  return new Cluster({ config, build: 'fortnight', clock: calendar, presenter: null, sourcesChanged: () => undefined });
}

/** Of three viewers one stays, one stalls now and then, and one leaves and another comes. */
class Visitors {
  readonly #cluster: Cluster;
  readonly #calendar: Calendar;
  readonly #stays: NearViewer;
  readonly #stalls: NearViewer;
  #passes: NearViewer;
  #divergencesOfGone = 0;

  constructor(cluster: Cluster, calendar: Calendar) {
    this.#cluster = cluster;
    this.#calendar = calendar;
    this.#stays = new NearViewer(cluster, calendar);
    this.#stalls = new NearViewer(cluster, calendar);
    this.#passes = new NearViewer(cluster, calendar);
  }

  get here(): NearViewer[] {
    return [this.#stays, this.#stalls, this.#passes];
  }

  get divergences(): number {
    return this.here.reduce((sum, { stream }) => sum + stream.status.divergences, this.#divergencesOfGone);
  }

  come(): void {
    for (const { stream } of this.here) stream.start();
  }

  leave(): void {
    for (const { stream } of this.here) stream.close();
  }

  change(period: number): void {
    if (period % 3 === 0) {
      this.#stalls.stall(true);
      this.#calendar.after(STALL_MS, () => this.#stalls.stall(false));
    }
    this.#divergencesOfGone += this.#passes.stream.status.divergences;
    this.#passes.stream.close();
    this.#passes = new NearViewer(this.#cluster, this.#calendar);
    this.#passes.stream.start();
  }
}

function agrees({ store }: NearViewer, server: QuickApiserver): boolean {
  const { graph } = store.snapshot;
  const shown = KINDS.flatMap((kind) => [...graph.all(kind)].map(({ uid, version }) => `${uid}@${version}`)).sort();
  const held = SERVED.flatMap(({ plural }) =>
    server.holdings.list(plural).map(({ metadata }) => `${metadata.uid}@${metadata.resourceVersion}`),
  ).sort();
  return shown.length === held.length && shown.every((one, index) => one === held[index]);
}
