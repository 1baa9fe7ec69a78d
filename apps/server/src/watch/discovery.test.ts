import { KIND_TABLE } from '@portolan/shared';
import { expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { ScriptedClient } from '../testing/scripted-client.ts';
import { Discovery } from './discovery.ts';

const signal = new AbortController().signal;

const server = (discovery: string, batch: string[]) => ({
  '/version': { gitVersion: 'v1.20.2' },
  '/apis': {
    groups: [{ versions: ['batch/v1', 'batch/v1beta1', discovery].map((groupVersion) => ({ groupVersion })) }],
  },
  '/api/v1': { resources: [{ name: 'pods' }, { name: 'endpoints' }] },
  [`/apis/${discovery}`]: { resources: [{ name: 'endpointslices' }] },
  '/apis/batch/v1': { resources: batch.map((name) => ({ name })) },
  '/apis/batch/v1beta1': { resources: [{ name: 'cronjobs' }] },
});

it('[W22] a kind is read in the newest version that both sides know', async () => {
  const old = new Discovery(
    new ScriptedClient('', server('discovery.k8s.io/v1beta1', ['jobs'])),
    KIND_TABLE,
    new FakeClock(),
  );
  expect((await old.locate('CronJob', signal))?.base).toBe('/apis/batch/v1beta1');
  expect((await old.locate('EndpointSlice', signal))?.base).toBe('/apis/discovery.k8s.io/v1beta1');
  const newer = new Discovery(
    new ScriptedClient('', server('discovery.k8s.io/v1', ['jobs', 'cronjobs'])),
    KIND_TABLE,
    new FakeClock(),
  );
  expect((await newer.locate('CronJob', signal))?.base).toBe('/apis/batch/v1');
  expect((await newer.locate('Deployment', signal)) ?? 'absent').toBe('absent');
  expect(newer.version).toBe('v1.20.2');
});

it('[W22] many askers share one discovery, until it is forgotten', async () => {
  const client = new ScriptedClient('/version', server('discovery.k8s.io/v1', []));
  const discovery = new Discovery(client, KIND_TABLE, new FakeClock());
  client.willList({ gitVersion: 'v1.20.2' }, { gitVersion: 'v1.21.0' });
  await Promise.all(KIND_TABLE.map(({ kind }) => discovery.locate(kind, signal)));
  expect(client.requests).toHaveLength(1);
  discovery.forget();
  await discovery.locate('Pod', signal);
  expect(discovery.version).toBe('v1.21.0');
});

it('[W22] who leaves takes the discovery down for nobody else, the last one does', async () => {
  const client = new ScriptedClient('/version', server('discovery.k8s.io/v1', []));
  const discovery = new Discovery(client, KIND_TABLE, new FakeClock());
  const { promise: version, resolve } = Promise.withResolvers<object>();
  client.willList(version);
  const viewer = new AbortController();
  const theirs = discovery.locate('Pod', viewer.signal);
  const ours = discovery.locate('Node', signal);
  viewer.abort();
  expect(client.signals[0]?.aborted).toBe(false);
  resolve({ gitVersion: 'v1.20.2' });
  expect([await ours, await theirs.catch(() => 'left')]).toEqual([null, 'left']);
  discovery.forget();
  client.willList(new Promise<object>(() => undefined));
  const last = new AbortController();
  void discovery.locate('Pod', last.signal);
  last.abort();
  expect(client.signals[1]?.aborted).toBe(true);
});
