import { loadavg } from 'node:os';
import { Digest, type Entity, encodeColumns, KINDS, type KubeObject, PROTOCOL, project } from '@portolan/shared';
import { LiveStore } from '../../apps/web/src/store/live-store.ts';
import { LiveStream } from '../../apps/web/src/stream/live-stream.ts';
import type { Pace } from '../../apps/web/src/stream/pace.ts';
import { pageClock } from '../../apps/web/src/stream/ports.ts';
import type { Collection } from './fed/collection.ts';
import { drawOf } from './fed/draw.ts';
import { sizedCluster, sizeOf } from './fed/sized-cluster.ts';
import { heldBytes } from './heap.ts';
import { quantiles, round } from './statistics.ts';

const PODS = 150_000;
const PART = 500;
/** Milliseconds that the page works at a stretch, and the most that a frame can spare. */
const STRETCH_MS = 5;
const SPARE_MS = 8;
const EPOCH = 'bench';
const VERSIONS = 7;
const WRITES = 60;

/** A cluster in the order in which a server tells it. */
function* cluster(pods: number): Iterable<Entity> {
  const collections = new Map<string, Collection>(sizedCluster(sizeOf(pods)).map((one) => [one.kind, one]));
  for (const kind of KINDS) {
    const { count, object } = collections.get(kind) ?? { count: 0, object: () => ({}) };
    for (let index = 0; index < count; index++) {
      yield project(kind, object(index, String(drawOf(VERSIONS, index).below(pods * WRITES))) as KubeObject);
    }
  }
}

/** The snapshot of so many pods as a server sends it: the data of its events, and the digest of all of it. */
export function snapshotOf(pods: number): { parts: string[]; digest: string } {
  const digest = new Digest();
  const parts: string[] = [];
  let part: Entity[] = [];
  const close = () => {
    const [first] = part;
    if (first === undefined) return;
    const columns = encodeColumns(part);
    parts.push(
      JSON.stringify({ kind: first.kind, count: part.length, columns, part: 1, parts: 1, total: part.length }),
    );
    part = [];
  };
  for (const entity of cluster(pods)) {
    digest.add(entity.uid, entity.version);
    if (part.length === PART || part[0]?.kind !== entity.kind) close();
    part.push(entity);
  }
  close();
  return { parts, digest: digest.toString() };
}

/** Milliseconds of one stretch of work: by the clock, and on a processor, which others who compute do not lengthen. */
interface Stretch {
  wall: number;
  cpu: number;
}

/** What a page went through, and its store. */
export interface Taken {
  stretches: Stretch[];
  store: LiveStore;
}

/** Gives a page a whole snapshot at once, and resolves to the stretches of its work once it is live. */
async function take(parts: readonly string[], digest: string): Promise<Taken> {
  const stretches: Stretch[] = [];
  const pace: Pace = {
    stretch() {
      const began = performance.now();
      return () => performance.now() - began >= STRETCH_MS;
    },
    later: (run) =>
      setImmediate(() => {
        const began = performance.now();
        const used = process.threadCpuUsage();
        run();
        const { user, system } = process.threadCpuUsage(used);
        stretches.push({ wall: performance.now() - began, cpu: (user + system) / 1000 });
      }),
  };
  const store = new LiveStore({ frame: (run) => pageClock.after(16, run), now: pageClock.now });
  const { promise, resolve } = Promise.withResolvers<void>();
  const stream = new LiveStream({
    url: '/stream',
    clock: pageClock,
    random: Math.random,
    sink: store,
    pace,
    transport: (_url, { message }) => {
      const hello = { protocol: PROTOCOL, epoch: EPOCH, seq: 1, build: '', cluster: EPOCH, heartbeatMs: 15_000 };
      message('hello', JSON.stringify({ ...hello, scope: { namespaces: [], kinds: [] } }), '');
      for (const data of parts) message('snapshot', data, '');
      message('synced', JSON.stringify({ seq: 1, counts: {}, digest }), `${EPOCH}-1`);
      return () => undefined;
    },
  });
  stream.subscribe(() => {
    if (stream.status.connection.state === 'live') resolve();
  });
  stream.start();
  await promise;
  // The stretch that made it live ends after it said so.
  await new Promise((later) => setImmediate(later));
  const { divergences } = stream.status;
  stream.close();
  if (divergences > 0) throw new Error('the picture is not the snapshot');
  return { stretches, store };
}

/** What `JSON.parse` alone needs for the same text, in seconds. */
function floorOf(parts: readonly string[]): number {
  const before = process.threadCpuUsage();
  for (const part of parts) JSON.parse(part);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e6;
}

const secondsOf = (stretches: readonly Stretch[]) => stretches.reduce((sum, { cpu }) => sum + cpu, 0) / 1000;

/** A page's store that took the snapshot of so many pods: seconds of work, its longest stretch in ms, and the bytes that it holds. */
export async function storeOf(pods: number): Promise<{ seconds: number; longest: number; bytes: number }> {
  const { parts, digest } = snapshotOf(pods);
  const before = heldBytes();
  const { stretches, store } = await take(parts, digest);
  const bytes = heldBytes() - before;
  if (store.snapshot.graph.size < pods) throw new Error('the store does not hold the cluster');
  return { seconds: secondsOf(stretches), longest: Math.max(...stretches.map(({ cpu }) => cpu)), bytes };
}

/** A page that gets the snapshot of 150,000 pods at once: how long it works at a stretch, against parsing the text alone. */
export async function pageSnapshot(): Promise<Record<string, object>> {
  const { parts, digest } = snapshotOf(PODS);
  const floor = floorOf(parts);
  const figures: Record<string, object> = {};
  for (const time of ['first', 'second', 'third']) {
    const { stretches } = await take(parts, digest);
    const { p50, p99, max } = quantiles(stretches.map(({ wall }) => wall));
    figures[time] = {
      'seconds of work': round(secondsOf(stretches)),
      'times JSON.parse': round(secondsOf(stretches) / floor),
      stretches: stretches.length,
      'p50 (ms)': p50,
      'p99 (ms)': p99,
      'longest (ms)': max,
      'over 8 ms': stretches.filter(({ wall }) => wall > SPARE_MS).length,
      'over 8 ms of CPU': stretches.filter(({ cpu }) => cpu > SPARE_MS).length,
      load: round(loadavg()[0] ?? 0),
    };
  }
  return figures;
}
