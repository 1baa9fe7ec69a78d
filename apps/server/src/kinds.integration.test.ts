import { readFileSync } from 'node:fs';
import { kindRow } from '@portolan/shared';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Clock, systemClock } from './clock.ts';
import { type WatchedMock, watchedMock } from './testing/watched-mock.ts';

/** Four times as fast, so that what is looked for every half minute need not be waited for so long. */
const QUICK: Clock = {
  ...systemClock,
  monotonic: () => systemClock.monotonic() * 4,
  after: (ms, run) => systemClock.after(ms / 4, run),
};

let room: WatchedMock;

beforeAll(async () => {
  room = await watchedMock([kindRow('ConfigMap'), kindRow('PodDisruptionBudget'), kindRow('Gateway')], QUICK);
});
afterAll(() => room.close());

/** Creates an object, or what a YAML text describes. */
async function create(path: string, object: object | string): Promise<void> {
  const [type, body] = typeof object === 'string' ? ['yaml', object] : ['json', JSON.stringify(object)];
  const headers = { 'content-type': `application/${type}` };
  const response = await fetch(room.mock.url + path, { method: 'POST', headers, body });
  expect(response.status).toBe(201);
}

it('[K36] a ConfigMap is had without its data even when one asks for it by name', async () => {
  await create('/api/v1/namespaces/default/configmaps', {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { name: 'settings', labels: { app: 'web' } },
    data: { password: 'canary' },
  });
  const object = await room.watch.object('ConfigMap', 'default', 'settings', new AbortController().signal);
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
      [...room.store.entities('PodDisruptionBudget')].map((one) => [
        one.name,
        'selector' in one ? one.selector : undefined,
      ]),
    );
  await expect.poll(selectors).toEqual({ v1: { matchLabels: {}, matchExpressions: [] }, v1beta1: null });
});

it('[W43] a kind whose definition comes is read, and dropped when it goes', async () => {
  const state = () => room.watch.sources().find(({ kind }) => kind === 'Gateway')?.state;
  const names = () => [...room.store.entities('Gateway')].map(({ name }) => name);
  await expect.poll(state).toBe('absent');
  const group = '/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways';
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const text = readFileSync(new URL('../../../packages/shared/fixtures/gateway-api.yaml', import.meta.url), 'utf8');
  for (const document of text.split('\n---\n')) await create(definitions, document);
  const served = async () => (await fetch(room.mock.url + group)).status;
  await expect.poll(served).toBe(200);
  await create(group, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge' },
    spec: { gatewayClassName: 'demo', listeners: [] },
  });
  await expect.poll(names, { timeout: 30_000 }).toEqual(['edge']);
  expect(state()).toBe('live');
  const gone = await fetch(`${room.mock.url}${definitions}/gateways.gateway.networking.k8s.io`, { method: 'DELETE' });
  expect(gone.status).toBe(200);
  await expect.poll(state, { timeout: 30_000 }).toBe('absent');
  expect(names()).toEqual([]);
});
