import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kind } from '@portolan/shared';
import { between, pick, seededRandom } from '@portolan/shared';
import type { FaultRow, Scene } from '../faults/fault-row.ts';
import type { Step } from '../faults/schedule.ts';
import { faultRow } from '../faults/table.ts';
import { startLeg } from '../proxy/leg.ts';
import { scaledClock } from '../scaled-clock.ts';
import { compareTruth, inWords, type Shown } from '../truth/compare-truth.ts';
import { getJson, readTruth } from '../truth/read-truth.ts';
import { Realm } from './realm.ts';
import { TestServer } from './server.ts';
import { Viewer } from './viewer.ts';
import { Witness } from './witness.ts';

/** How a run went. `problem` is null when the property holds. */
export interface Outcome {
  problem: string | null;
  /** Times each fault was injected, and things that it befell. */
  faults: Map<string, { injected: number; met: number }>;
  /** What the server and the viewers counted. */
  counters: Map<string, number>;
  /** The clock's ms from the last fault's end to the truth. */
  settledMs: number;
}

/** How the world of a seed is made. */
export interface Traits {
  /** The clock's speed. */
  factor: number;
  /** Objects a page of a list, whatever was asked for. */
  pageLimit: number;
  /** Whether the apiserver knows WatchList. */
  watchList: boolean;
}

/** The clock's ms in which everything must have healed: an absence is asked for again within 10 minutes. */
const BOUND_MS = 20 * 60_000;
const LOOK_MS = 2000;
/** What has not healed at once waits for a timer of minutes, and is looked at less often. */
const SELDOM_MS = 20_000;
/** A fault that hid ages has left nothing behind after so long. */
const ECHO_MS = 15_000;

const SCOPES: readonly Shown[] = [
  { kinds: [], namespaces: [] },
  { kinds: [], namespaces: ['lab-a'] },
  { kinds: ['Pod', 'Node'] satisfies Kind[], namespaces: [] },
  { kinds: [], namespaces: ['default', 'lab-b'] },
];

/** The traits of a seed. */
export function traitsOf(seed: number): Traits {
  const random = seededRandom(seed ^ 0x5bd1e995);
  return { factor: pick(random, [15, 20, 30]), pageLimit: between(random, 3, 40), watchList: random() < 0.5 };
}

/** Plays a schedule in the world of a seed, and holds it to the property. */
export async function play(seed: number, steps: readonly Step[], traits: Traits): Promise<Outcome> {
  const random = seededRandom(seed);
  const clock = scaledClock(traits.factor, seededRandom(seed + 1));
  const folder = mkdtempSync(join(tmpdir(), 'portolan-lab-'));
  const ends: (() => void | Promise<void>)[] = [
    () => rmSync(folder, { recursive: true, force: true }),
    () => clock.stop(),
  ];
  const outcome: Outcome = { problem: null, faults: new Map(), counters: new Map(), settledMs: 0 };
  const fail = (what: string) => {
    outcome.problem ??= what;
  };
  try {
    const realm = await Realm.start(seed, traits.factor, clock);
    ends.push(() => realm.close());
    const { journal, churn } = realm;

    const api = await startLeg({ url: realm.url }, clock);
    ends.push(() => api.close());
    realm.leg = api;
    api.http.rewrite = (url) => {
      // An audit asks for one object, to be told how many more there are.
      if (Number(url.searchParams.get('limit')) > 1) url.searchParams.set('limit', String(traits.pageLimit));
    };
    if (!traits.watchList) {
      api.http.tell({
        answer({ asks, response }) {
          if (asks !== 'watchList') return false;
          const body = {
            kind: 'Status',
            code: 422,
            reason: 'Invalid',
            message: 'sendInitialEvents is forbidden for watch',
          };
          response.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify(body));
          return true;
        },
      });
    }
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigOf(api.url));
    const startServer = () => TestServer.start(kubeconfig, clock, (error) => fail(`a request failed inside: ${error}`));
    let server: TestServer | null = await startServer();
    const page = await startLeg({ url: server.url }, clock);
    ends.push(() => page.close());
    const retire = async (how: 'goodbye' | 'kill') => {
      const retired = server;
      server = null;
      if (retired === null) return;
      add(outcome.counters, retired.counters());
      await retired.stop(how);
    };
    ends.push(() => retire('kill'));

    const viewers = SCOPES.slice(0, between(random, 2, 4)).map(
      (scope, index) => new Viewer(`viewer ${index}`, `${page.url}/api/v1/clusters/lab`, scope, index % 2 === 1, clock),
    );
    let silent = 0;
    let silentUntil = 0;
    const isSilent = () => silent > 0 || clock.monotonic() < silentUntil;
    const witnesses = viewers.map((viewer) => new Witness(viewer, journal, clock, isSilent));
    for (const viewer of viewers) viewer.stream.start();
    ends.push(() => {
      for (const viewer of viewers) viewer.stream.close();
    });

    let restarting: Promise<void> = Promise.resolve();
    const scene: Scene = {
      api,
      page,
      clock,
      random: seededRandom(seed + 3),
      tabs: viewers,
      restartServer(how, downMs) {
        restarting = restarting.then(async () => {
          await retire(how);
          if (downMs > 0) await clock.pause(downMs);
          server = await startServer();
          page.lead({ url: server.url });
        });
        return restarting;
      },
      realm,
      burst: (changes) => void churn.some(changes),
    };

    const began = clock.monotonic();
    churn.go(clock);
    let looking = true;
    const look = () => {
      if (!looking) return;
      for (const witness of witnesses) witness.judgeAges();
      clock.after(LOOK_MS, look);
    };
    look();
    await Promise.all(
      steps.map(async ({ at, forMs, fault, params }) => {
        const row: FaultRow = faultRow(fault);
        await clock.pause(Math.max(0, at - (clock.monotonic() - began)));
        const count = outcome.faults.get(fault) ?? { injected: 0, met: 0 };
        outcome.faults.set(fault, count);
        count.injected++;
        if (row.silent) silent++;
        const end = row.begin(scene, params, () => count.met++);
        await clock.pause(forMs);
        end?.();
        if (!row.silent) return;
        silent--;
        silentUntil = Math.max(silentUntil, clock.monotonic() + (row.echoMs ?? ECHO_MS));
      }),
    );
    await restarting;
    await realm.settled();
    await churn.stop();

    const lifted = clock.monotonic();
    const get = getJson(realm.url);
    for (let different = 'nothing was compared', wait = LOOK_MS; ; wait = Math.min(SELDOM_MS, 1.3 * wait)) {
      await clock.pause(wait);
      different = await differs(get, server, viewers);
      outcome.settledMs = clock.monotonic() - lifted;
      if (different === '' || outcome.problem !== null) break;
      if (outcome.settledMs < BOUND_MS) continue;
      fail(`after ${Math.round(outcome.settledMs / 1000)} s without a fault: ${different}`);
      break;
    }
    looking = false;
    if (journal.lost !== null) fail(`the journal is lost: ${journal.lost}`);
    for (const witness of witnesses) {
      const verdict = witness.verdict();
      if (verdict !== null) fail(verdict);
    }
    for (const { counters } of viewers) add(outcome.counters, counters, 'viewer ');
    add(
      outcome.counters,
      new Map([
        ['changes', churn.taken],
        ['changes cut', churn.cut],
      ]),
    );
  } catch (error) {
    fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    for (const end of ends.reverse()) await end();
  }
  return outcome;
}

/** The first way in which the server or a viewer is not what the apiserver lists, in words; empty when there is none. */
async function differs(
  get: ReturnType<typeof getJson>,
  server: TestServer | null,
  viewers: readonly Viewer[],
): Promise<string> {
  const truth = await readTruth(get);
  if (server === null) return 'there is no server';
  const [first] = compareTruth(truth, server.entities());
  if (first !== undefined) {
    const source = server.sources().find(({ kind }) => kind === first.kind);
    return `the server: ${inWords(first)}; its source is ${JSON.stringify(source)}`;
  }
  for (const viewer of viewers) {
    const { connection } = viewer.stream.status;
    if (connection.state !== 'live') return `${viewer.name} is ${JSON.stringify(connection)}`;
    const staleness = viewer.staleness();
    if (staleness !== null) return `${viewer.name} calls its picture old: ${JSON.stringify(staleness)}`;
    const [difference] = compareTruth(truth, viewer.entities(), viewer.scope);
    if (difference !== undefined) return `${viewer.name}: ${inWords(difference)}`;
  }
  return '';
}

function kubeconfigOf(server: string): string {
  return JSON.stringify({
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server } }],
    users: [{ name: 'lab', user: { token: 'lab' } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'lab' } }],
    'current-context': 'lab',
  });
}

function add(sums: Map<string, number>, more: ReadonlyMap<string, number>, prefix = ''): void {
  for (const [name, value] of more) sums.set(prefix + name, (sums.get(prefix + name) ?? 0) + value);
}
