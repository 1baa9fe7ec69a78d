import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MockCluster, startMock } from '@portolan/mock-apiserver';
import { kindRow, project } from '@portolan/shared';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Clock, systemClock } from './clock.ts';
import { EntityStore } from './store/entity-store.ts';
import { ClusterWatch } from './watch/cluster-watch.ts';
import { chooseClusters } from './watch/kubeconfig.ts';
import { Transport } from './watch/transport.ts';

/** Four times as fast, so that what is looked for every half minute need not be waited for so long. */
const QUICK: Clock = {
  ...systemClock,
  monotonic: () => systemClock.monotonic() * 4,
  after: (ms, run) => systemClock.after(ms / 4, run),
};

let folder: string;
let mock: MockCluster;
let transport: Transport;
let store: EntityStore;
let watch: ClusterWatch;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-kinds-'));
  mock = await startMock({ scenario: 'guestbook', services: 'off' });
  const file = join(folder, 'config');
  writeFileSync(file, mock.kubeconfig);
  const [config] = chooseClusters({ file, contexts: [], env: {} });
  if (config === undefined) throw new Error('no cluster was chosen');
  transport = new Transport({ load: config.load, env: {}, clock: systemClock, version: 'test' });
  store = new EntityStore(() => undefined);
  watch = new ClusterWatch({
    client: transport,
    specs: [kindRow('ConfigMap'), kindRow('PodDisruptionBudget'), kindRow('Gateway')],
    sink: (kind) => store.kind(kind),
    project,
    clock: QUICK,
    changed: () => undefined,
    renewed: () => undefined,
  });
  watch.start();
});
afterAll(async () => {
  watch.stop();
  await transport.close();
  await mock.close();
  rmSync(folder, { recursive: true });
});

/** Creates an object, or what a YAML text describes. */
async function create(path: string, object: object | string): Promise<void> {
  const [type, body] = typeof object === 'string' ? ['yaml', object] : ['json', JSON.stringify(object)];
  const headers = { 'content-type': `application/${type}` };
  const response = await fetch(mock.url + path, { method: 'POST', headers, body });
  expect(response.status).toBe(201);
}

it('[K36] a ConfigMap is had without its data even when one asks for it by name', async () => {
  await create('/api/v1/namespaces/default/configmaps', {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { name: 'settings', labels: { app: 'web' } },
    data: { password: 'canary' },
  });
  const object = await watch.object('ConfigMap', 'default', 'settings', new AbortController().signal);
  expect(object).toMatchObject({ kind: 'ConfigMap', metadata: { name: 'settings', labels: { app: 'web' } } });
  expect(Object.keys(object ?? {})).toEqual(['kind', 'metadata']);
});

it('[K35] a budget with an empty selector is for the pods that its version says', async () => {
  for (const version of ['v1', 'v1beta1']) {
    await create(`/apis/policy/${version}/namespaces/default/poddisruptionbudgets`, {
      kind: 'PodDisruptionBudget',
      apiVersion: `policy/${version}`,
      metadata: { name: version },
      spec: { selector: {}, minAvailable: 1 },
    });
  }
  const selectors = () =>
    Object.fromEntries(
      [...store.entities('PodDisruptionBudget')].map((one) => [one.name, 'selector' in one ? one.selector : undefined]),
    );
  await expect.poll(selectors).toEqual({ v1: { matchLabels: {}, matchExpressions: [] }, v1beta1: null });
});

it('[W43] a kind whose definition comes is read, and dropped when it goes', async () => {
  const state = () => watch.sources().find(({ kind }) => kind === 'Gateway')?.state;
  const names = () => [...store.entities('Gateway')].map(({ name }) => name);
  await expect.poll(state).toBe('absent');
  const group = '/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways';
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const text = readFileSync(new URL('../../../packages/shared/fixtures/gateway-api.yaml', import.meta.url), 'utf8');
  for (const document of text.split('\n---\n')) await create(definitions, document);
  const served = async () => (await fetch(mock.url + group)).status;
  await expect.poll(served).toBe(200);
  await create(group, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge' },
    spec: { gatewayClassName: 'demo', listeners: [] },
  });
  await expect.poll(names, { timeout: 30_000 }).toEqual(['edge']);
  expect(state()).toBe('live');
  const gone = await fetch(`${mock.url}${definitions}/gateways.gateway.networking.k8s.io`, { method: 'DELETE' });
  expect(gone.status).toBe(200);
  await expect.poll(state, { timeout: 30_000 }).toBe('absent');
  expect(names()).toEqual([]);
});
