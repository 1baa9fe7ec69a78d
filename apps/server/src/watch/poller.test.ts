import { type Entity, type KubeObject, kindRow, project } from '@portolan/shared';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { namespaceObject } from '../testing/objects.ts';
import { listOf, ScriptedClient } from '../testing/scripted-client.ts';
import { ApiError, type ApiErrorReason } from './api-error.ts';
import { Discovery } from './discovery.ts';
import { Epochs } from './epochs.ts';
import { Gate } from './gate.ts';
import { Poller } from './poller.ts';

const POLL_MS = 30_000;
const SERVED = {
  '/version': { gitVersion: 'v1.33.0' },
  '/apis': { groups: [] },
  '/api/v1': { resources: [{ name: 'namespaces' }] },
};

const spec = { ...kindRow('Namespace'), read: { namespace: null, metadataOnly: false, pollMs: POLL_MS } };
const refusal = (reason: ApiErrorReason) => new ApiError(reason, `it is ${reason}`);

let clock: FakeClock;
let client: ScriptedClient;
let epochs: Epochs;
let poller: Poller;
/** What was committed, in order: the names, and whether by content. */
let commits: { names: string[]; fresh: boolean }[];
let held: number;

beforeEach(() => {
  clock = new FakeClock();
  client = new ScriptedClient('/api/v1/namespaces', SERVED);
  epochs = new Epochs(clock, () => undefined);
  commits = [];
  held = 0;
  const sink = {
    entities: () => [],
    upsert: () => undefined,
    remove: () => undefined,
    replace: (entities: readonly Entity[], options: { fresh?: boolean } = {}) => {
      held = entities.length;
      commits.push({ names: entities.map((one) => one.name).sort(), fresh: options.fresh === true });
    },
    replacing: (entities: readonly Entity[], options?: { fresh?: boolean }) => ({
      prepare: () => false,
      commit: () => sink.replace(entities, options),
    }),
    get size() {
      return held;
    },
  };
  poller = new Poller(spec, POLL_MS, 0, {
    client,
    discovery: new Discovery(client, [spec], clock),
    gate: new Gate(clock),
    epochs,
    sink,
    // As the projections of metrics do: what has no version of its own is given one.
    project: ({ metadata, ...rest }) =>
      project('Namespace', { ...rest, metadata: { ...metadata, resourceVersion: 'none' } }),
    clock,
    heard: () => undefined,
    silentSince: () => null,
    suspected: () => undefined,
    changed: () => undefined,
  });
});
afterEach(() => {
  poller.stop();
  epochs.stop();
});

const lists = () => client.requests.length;

/** What is measured: it has neither uid nor version. */
function measured(name: string): KubeObject {
  const { uid: _uid, resourceVersion: _version, ...metadata } = namespaceObject(name, '1').metadata;
  return { ...namespaceObject(name, '1'), metadata: metadata as KubeObject['metadata'] };
}

async function begin(...items: KubeObject[]): Promise<void> {
  client.willList({ kind: 'NamespaceList', metadata: {}, items });
  poller.start();
  await clock.settle();
}

it('[W72] a kind that is polled is listed again after its time, never watched, and each list is one commit', async () => {
  await begin(measured('a'), measured('b'));
  expect(poller.source()).toMatchObject({ state: 'live', objects: 2, problem: null });
  client.willList({ kind: 'NamespaceList', metadata: {}, items: [measured('b'), measured('c')] });
  await clock.advance(POLL_MS - 1);
  expect(lists()).toBe(1);
  await clock.advance(1);
  expect(commits.map((one) => one.names)).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ]);
  expect(client.watches).toEqual([]);
  expect(poller.report().syncs).toEqual({ start: 1, poll: 1 });
});

it('[W72] it is live as of its last list', async () => {
  await begin(measured('a'));
  const at = clock.now();
  await clock.advance(POLL_MS - 1);
  expect(poller.source()).toMatchObject({ state: 'live', current: at, heard: at });
});

it('[W72] a server that makes pages is read page by page, and commits once', async () => {
  client.willList(listOf('7', [namespaceObject('a', '1')], 'more'), listOf('7', [namespaceObject('b', '1')]));
  poller.start();
  await clock.settle();
  expect(client.requests.map((one) => one.query)).toEqual([{ limit: '500' }, { limit: '500', continue: 'more' }]);
  expect(commits.map((one) => one.names)).toEqual([['a', 'b']]);
  expect(poller.report().version).toBe('7');
});

it('[W73] a large kind is polled so seldom that its changes are no more than 500 a second', async () => {
  await begin(...Array.from({ length: 30_000 }, (_, i) => measured(`n${i}`)));
  await clock.advance(59_999);
  expect(lists()).toBe(1);
  client.willList({ kind: 'NamespaceList', metadata: {}, items: [] });
  await clock.advance(1);
  expect(lists()).toBe(2);
});

it('[W74] a failure keeps what was read, says so, waits as the ladder says, and heals', async () => {
  await begin(measured('a'));
  const at = clock.now();
  client.willList(refusal('server'), refusal('server'), {
    kind: 'NamespaceList',
    metadata: {},
    items: [measured('a')],
  });
  await clock.advance(POLL_MS);
  expect(poller.source()).toMatchObject({ state: 'backoff', problem: 'it is server', objects: 1, current: at });
  await clock.advance(800);
  expect(lists()).toBe(3);
  await clock.advance(1600);
  expect(poller.source()).toMatchObject({ state: 'live', problem: null });
  expect(poller.report()).toMatchObject({ failures: 2, syncs: { start: 1, server: 1 } });
});

it('[W74] forbidden for good drops the data and says so', async () => {
  await begin(measured('a'));
  client.willList(refusal('forbidden'), refusal('forbidden'), refusal('forbidden'));
  await clock.advance(POLL_MS + 800 + 1600);
  expect(poller.source()).toMatchObject({ state: 'forbidden', objects: 0 });
  expect((poller.source().retryAt ?? 0) - clock.now()).toBe(240_000);
});

it('[W74] a kind that is not served is absent, and is listed when it is woken because it came', async () => {
  client.serve({ ...SERVED, '/api/v1': { resources: [] } });
  poller.start();
  await clock.settle();
  expect(poller.source()).toMatchObject({ state: 'absent', problem: 'the cluster does not serve Namespace' });
  client.serve(SERVED);
  client.willList({ kind: 'NamespaceList', metadata: {}, items: [measured('a')] });
  poller.wake();
  await clock.settle();
  expect(poller.source()).toMatchObject({ state: 'live', objects: 1 });
});

it.each([
  ['another kind', { kind: 'Table', rows: [] }],
  ['an item without a name', { kind: 'NamespaceList', metadata: {}, items: [{ metadata: {} }] }],
  ['nothing', null],
])('[W74] a list that is %s is malformed, and nothing of it is kept', async (_what, list) => {
  await begin(measured('a'));
  client.willList(list as object);
  await clock.advance(POLL_MS);
  expect(poller.source()).toMatchObject({ state: 'backoff', objects: 1 });
  expect(poller.report().malformed).toBe(1);
  expect(commits.length).toBe(1);
});

it('[W74] an epoch has it list at once, by content', async () => {
  await begin(measured('a'));
  client.willList({ kind: 'NamespaceList', metadata: {}, items: [measured('a')] });
  epochs.begin('etcd was restored', null);
  await clock.settle();
  expect(commits.map((one) => one.fresh)).toEqual([false, true]);
  expect(epochs.owes(poller)).toBe(false);
});

it('[W74] after a stop nothing is listed and nothing is written', async () => {
  const { promise, resolve } = Promise.withResolvers<object>();
  client.willList(promise);
  poller.start();
  await clock.settle();
  poller.stop();
  resolve({ kind: 'NamespaceList', metadata: {}, items: [measured('a')] });
  await clock.advance(600_000);
  expect([commits, lists(), poller.source().state, clock.pending]).toEqual([[], 1, 'stopped', 0]);
});
