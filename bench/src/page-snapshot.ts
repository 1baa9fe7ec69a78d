import { loadavg } from 'node:os';
import { Digest, type Entity, encodeColumns, type Kind, type KubeObject, PROTOCOL, project } from '@portolan/shared';
import { LiveStore } from '../../apps/web/src/store/live-store.ts';
import { LiveStream } from '../../apps/web/src/stream/live-stream.ts';
import type { Pace } from '../../apps/web/src/stream/pace.ts';
import { pageClock } from '../../apps/web/src/stream/ports.ts';
import { quantiles, round } from './statistics.ts';

const NODES = 5_000;
const PODS = 150_000;
/** Pods of a service and of a replica set. */
const EACH = 50;
const PART = 500;
/** Milliseconds that the page works at a stretch, and the most that a frame can spare. */
const STRETCH_MS = 5;
const SPARE_MS = 8;
const EPOCH = 'bench';

const DEFAULT = { namespace: 'default' };

/** One object as the apiserver has it: `more` of its metadata, and what it holds beside that. */
function object(kind: Kind, name: string, more: object, rest: object): [Kind, KubeObject] {
  const uid = `${kind}-${name}`;
  const creationTimestamp = '2026-01-01T00:00:00Z';
  return [kind, { metadata: { name, uid, resourceVersion: '1', creationTimestamp, ...more }, ...rest }];
}

/** A cluster of Kubernetes' own limits, in the order in which a server tells it. */
function* cluster(): Iterable<[Kind, KubeObject]> {
  for (let n = 0; n < NODES; n++) yield object('Node', `node-${n}`, {}, {});
  for (let n = 0; n < PODS / EACH; n++) {
    const spec = { selector: { app: `web-${n}` }, ports: [{ port: 80 }] };
    yield object('Service', `web-${n}`, DEFAULT, { spec });
  }
  for (let n = 0; n < PODS / EACH; n++) {
    yield object('ReplicaSet', `web-${n}`, { ...DEFAULT, labels: { app: `web-${n}` } }, { spec: { replicas: EACH } });
  }
  for (let n = 0; n < PODS; n++) {
    const app = `web-${Math.floor(n / EACH)}`;
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: app, uid: `ReplicaSet-${app}`, controller: true };
    const spec = { nodeName: `node-${n % NODES}`, containers: [{ name: 'main', image: 'registry.example/web:1' }] };
    const status = { phase: 'Running', podIP: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` };
    yield object('Pod', `web-${n}`, { ...DEFAULT, labels: { app }, ownerReferences: [owner] }, { spec, status });
  }
}

/** The snapshot as a server sends it: an event's name and data each, and the digest of all of it. */
function snapshot(): { parts: string[]; digest: string } {
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
  for (const [kind, object] of cluster()) {
    const entity: Entity = project(kind, object);
    digest.add(entity.uid, entity.version);
    if (part.length === PART || part[0]?.kind !== kind) close();
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

/** Gives a page a whole snapshot at once, and resolves to the stretches of its work once it is live. */
async function take(parts: readonly string[], digest: string): Promise<Stretch[]> {
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
  return stretches;
}

/** A page that gets the snapshot of 150,000 pods at once: how long it works at a stretch, against parsing the text alone. */
export async function pageSnapshot(): Promise<Record<string, object>> {
  const { parts, digest } = snapshot();
  const before = process.threadCpuUsage();
  for (const part of parts) JSON.parse(part);
  const { user, system } = process.threadCpuUsage(before);
  const floor = (user + system) / 1000;
  const figures: Record<string, object> = {};
  for (const time of ['first', 'second', 'third']) {
    const stretches = await take(parts, digest);
    const total = stretches.reduce((sum, { cpu }) => sum + cpu, 0);
    const { p50, p99, max } = quantiles(stretches.map(({ wall }) => wall));
    figures[time] = {
      'seconds of work': round(total / 1000),
      'times JSON.parse': round(total / floor),
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
