import { type Kind, kindRow } from '@portolan/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterClient } from '../testing/cluster-client.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemorySink } from '../testing/memory-sink.ts';
import { namespaceObject } from '../testing/objects.ts';
import { ApiError } from './api-error.ts';
import { ClusterWatch } from './cluster-watch.ts';

const KINDS: readonly Kind[] = ['Namespace', 'Node', 'Pod', 'Endpoints', 'EndpointSlice'];
const CORE = ['namespaces', 'nodes', 'pods', 'endpoints'];
const KUBE_SYSTEM = '/api/v1/namespaces/kube-system';
const SLICES = '/apis/discovery.k8s.io/v1';
const NAMESPACES = '/api/v1/namespaces';
const PODS = '/api/v1/pods';

let clock: FakeClock;
let client: ClusterClient;
let sinks: Map<Kind, MemorySink>;
let renewals: string[];
let watch: ClusterWatch;

const sink = (kind: Kind) => sinks.get(kind) ?? new MemorySink();
const source = (kind: Kind) => watch.sources().find((one) => one.kind === kind);
const states = () => new Set(watch.sources().map(({ state }) => state));
const opened = (path: string) => client.watches.get(path)?.length ?? 0;

/** Serves EndpointSlices, or does not. */
function serveSlices(served: boolean): void {
  const groups = served ? [{ versions: [{ groupVersion: 'discovery.k8s.io/v1' }] }] : [];
  client.serve('/apis', { groups });
  client.serve(SLICES, { resources: [{ name: 'endpointslices' }] });
  const metadata = { resourceVersion: '10' };
  client.serve(`${SLICES}/endpointslices`, { kind: 'EndpointSliceList', metadata, items: [] });
}

beforeEach(() => {
  clock = new FakeClock();
  clock.chance = 0.5;
  client = new ClusterClient();
  client.serve('/version', { gitVersion: 'v1.20.2' });
  client.serve('/api/v1', { resources: CORE.map((name) => ({ name })) });
  client.serve(KUBE_SYSTEM, { metadata: { uid: 'one' } });
  client.serveList('namespaces', 'Namespace', '10', [namespaceObject('a', '5')]);
  client.serveList('nodes', 'Node', '10', []);
  client.serveList('pods', 'Pod', '10', []);
  client.serveList('endpoints', 'Endpoints', '10', []);
  serveSlices(true);
  sinks = new Map(KINDS.map((kind) => [kind, new MemorySink()]));
  renewals = [];
  watch = new ClusterWatch({
    client,
    specs: KINDS.map((kind) => kindRow(kind)),
    sink,
    project: (kind, object) => kindRow(kind).project(object),
    clock,
    changed: () => undefined,
    renewed: (reason) => renewals.push(reason),
  });
});
afterEach(() => watch.stop());

async function start(): Promise<void> {
  watch.start();
  await clock.advance(1000);
}

describe('a silent apiserver', () => {
  it('[W33, case 26] what is live is shown as resuming, as of the last byte, and nothing is torn down', async () => {
    await start();
    client.silent = true;
    await clock.advance(1000);
    client.watching(PODS).event('BOOKMARK', { kind: 'Pod', metadata: { resourceVersion: '12' } });
    await clock.settle();
    const last = clock.now();
    await clock.advance(4000);
    const words = 'the apiserver does not answer';
    for (const kind of ['Namespace', 'Pod'] as const) {
      expect(source(kind)).toMatchObject({ state: 'resuming', problem: words, current: last, since: last });
    }
    expect([opened(PODS), client.watching(PODS).signal.aborted]).toEqual([1, false]);
  });

  it('[W34] after a short silence the same watches go on', async () => {
    await start();
    client.silent = true;
    await clock.advance(10_000);
    client.speak();
    await clock.settle();
    expect(source('Pod')).toMatchObject({ state: 'live', problem: null });
    expect(opened(PODS)).toBe(1);
  });

  it('[W34] a reset that comes with the first byte after a silence leaves the picture as of its beginning', async () => {
    await start();
    await clock.advance(60_000);
    client.watching(PODS).event('BOOKMARK', { kind: 'Pod', metadata: { resourceVersion: '12' } });
    await clock.settle();
    const last = clock.now();
    client.silent = true;
    await clock.advance(6000);
    client.speak();
    client.watching(PODS).fail(new ApiError('unreachable', 'connection reset'));
    await clock.settle();
    expect(source('Pod')).toMatchObject({ state: 'backoff', current: last });
  });

  it('[W34, case 26] after a long one they are opened again at their versions, for they may be half-open', async () => {
    await start();
    client.watching(PODS).event('BOOKMARK', { kind: 'Pod', metadata: { resourceVersion: '12' } });
    await clock.settle();
    client.silent = true;
    await clock.advance(30_000);
    client.speak();
    await clock.advance(1000);
    expect(source('Pod')?.state).toBe('live');
    expect([opened(PODS), client.watching(PODS).query.resourceVersion]).toEqual([2, '12']);
    expect(client.watches.get(PODS)?.[0]?.signal.aborted).toBe(true);
  });

  it('[W34] an apiserver that answers again is followed at once, whatever a backoff said', async () => {
    await start();
    client.silent = true;
    for (let i = 0; i < 6; i++) {
      client.watching(PODS).fail(new ApiError('unreachable', 'cut'));
      await clock.advance(5000);
    }
    client.speak();
    await clock.advance(0);
    expect(source('Pod')?.state).toBe('live');
  });
});

describe('another life of the cluster', () => {
  it('[W31, case 27] another cluster behind the address: every kind is read anew, by content, and told once', async () => {
    await start();
    client.serve(KUBE_SYSTEM, { metadata: { uid: 'two' } });
    client.serveList('namespaces', 'Namespace', '900', [namespaceObject('z', '800')]);
    await clock.advance(310_000);
    expect(renewals).toEqual([
      'the namespace kube-system was one and is two: another cluster answers at the same address',
    ]);
    expect(sink('Namespace').names()).toEqual(['z']);
    for (const kind of ['Namespace', 'Node', 'Pod', 'EndpointSlice'] as const) {
      expect(sink(kind).replacements).toEqual([false, true]);
    }
    expect(states()).toEqual(new Set(['live', 'absent']));
  });

  it('[W31, W32, case 27] one kind whose versions go back has all of them read anew', async () => {
    await start();
    client.watching(PODS).event('BOOKMARK', { kind: 'Pod', metadata: { resourceVersion: '50' } });
    await clock.settle();
    client.serveList('pods', 'Pod', '30', []);
    client.watching(PODS).fail(new ApiError('expired', 'too old resource version'));
    await clock.advance(2000);
    expect(renewals).toEqual(['versions of Pod went back from 50 to 30']);
    expect(sink('Namespace').replacements).toEqual([false, true]);
  });
});

describe('a kind that comes later', () => {
  /** By then it was looked for, and tried by its own waits. */
  async function isAbsent(afterMs: number): Promise<void> {
    await clock.advance(afterMs);
    expect(source('EndpointSlice')?.state).toBe('absent');
  }

  async function comes(): Promise<void> {
    serveSlices(true);
    await clock.advance(36_000);
    expect(source('EndpointSlice')?.state).toBe('live');
  }

  it('[W43] with its group, it is read within 36 s, and so is one that comes again after it went', async () => {
    serveSlices(false);
    await start();
    await isAbsent(600_000);
    await comes();
    serveSlices(false);
    client.serve(`${SLICES}/endpointslices`, new ApiError('absent', '404'));
    client.watching(`${SLICES}/endpointslices`).fail(new ApiError('absent', '404'));
    await isAbsent(300_000);
    await comes();
  });

  it('[W43] into a group that was served, too', async () => {
    client.serve(SLICES, { resources: [] });
    await start();
    await isAbsent(600_000);
    await comes();
  });

  it('[W12, W43] one that is announced and answers 404 is tried after 1, 2, 4… minutes and not at every look', async () => {
    client.serve(`${SLICES}/endpointslices`, new ApiError('absent', '404'));
    await start();
    await clock.advance(16 * 60_000);
    expect(client.requests.filter((path) => path === `${SLICES}/endpointslices`)).toHaveLength(5);
  });

  it('[W43] where nothing is missing nothing is looked for, and after a stop neither', async () => {
    await start();
    const looks = () => client.requests.filter((path) => path === '/apis').length;
    const before = looks();
    await clock.advance(600_000);
    expect(looks()).toBe(before);
    serveSlices(false);
    watch.stop();
    await clock.advance(600_000);
    expect([looks(), clock.pending]).toEqual([before, 0]);
  });
});

describe('kinds that stand in for another', () => {
  it('[W35] Endpoints are not read where EndpointSlices are', async () => {
    await start();
    expect(source('Endpoints')).toMatchObject({ state: 'absent', problem: 'EndpointSlice is read in its place' });
    expect(client.requests).not.toContain('/api/v1/endpoints');
  });

  it('[W35] they are where EndpointSlices are absent, and no longer once those come', async () => {
    serveSlices(false);
    await start();
    expect([source('Endpoints')?.state, source('EndpointSlice')?.state]).toEqual(['live', 'absent']);
    serveSlices(true);
    await clock.advance(70_000);
    expect([source('Endpoints')?.state, source('EndpointSlice')?.state]).toEqual(['absent', 'live']);
    expect(client.watching('/api/v1/endpoints').signal.aborted).toBe(true);
  });

  it('[W35] and where EndpointSlices are forbidden', async () => {
    client.serve(`${SLICES}/endpointslices`, new ApiError('forbidden', 'no'));
    await start();
    await clock.advance(10_000);
    expect([source('Endpoints')?.state, source('EndpointSlice')?.state]).toEqual(['live', 'forbidden']);
  });
});

describe('ready', () => {
  it('[W36] once each required kind has been read, and for good', async () => {
    client.serve(NAMESPACES, new ApiError('server', 'etcd has no leader'));
    await start();
    expect(watch.ready).toBe(false);
    client.serveList('namespaces', 'Namespace', '10', []);
    await clock.advance(10_000);
    expect(watch.ready).toBe(true);
    client.serve(PODS, new ApiError('server', 'etcd has no leader'));
    client.watching(PODS).fail(new ApiError('expired', 'too old resource version'));
    await clock.settle();
    expect([source('Pod')?.state, watch.ready]).toEqual(['backoff', true]);
  });

  it('[W36] a required kind that is forbidden is waited for no longer than until that is sure', async () => {
    client.serve(NAMESPACES, new ApiError('forbidden', 'no'));
    await start();
    expect(watch.ready).toBe(false);
    await clock.advance(10_000);
    expect([source('Namespace')?.state, watch.ready]).toEqual(['forbidden', true]);
  });
});
