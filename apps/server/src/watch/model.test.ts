import { afterEach, beforeEach, expect, it } from 'vitest';
import { Dice } from '../testing/dice.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { ModelApiserver } from '../testing/model-apiserver.ts';
import { reflectorOn } from '../testing/reflector-room.ts';
import type { ApiClient } from './transport.ts';

let clock: FakeClock;
let server: ModelApiserver;
/** The same apiserver, as one that knows no WatchLists. */
let older: ApiClient;
let stopping: (() => void)[];

beforeEach(() => {
  clock = new FakeClock();
  stopping = [];
  server = new ModelApiserver(clock, new Dice(7), {
    gitVersion: 'v1.34.0',
    watchLists: 'served',
    page: 2,
    counts: true,
  });
  for (const name of ['n0', 'n1', 'n2']) server.put(name);
  older = {
    skewMs: null,
    get: async (path, query, options) =>
      path === '/version' ? { gitVersion: 'v1.20.2' } : server.get(path, query, options),
    watch: (path, query, options) => server.watch(path, query, options),
  };
});
afterEach(() => {
  for (const stop of stopping) stop();
});

function read(client: ApiClient) {
  const room = reflectorOn(client, undefined, { clock });
  stopping.push(() => room.reflector.stop());
  room.reflector.start();
  return room;
}

async function churn(times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    server.put(`n${i % 5}`);
    if (i % 3 === 0) server.remove(`n${(i + 2) % 5}`);
    await clock.advance(10 + (i % 20));
  }
  await clock.advance(1000);
}

const truth = () =>
  Object.fromEntries([...server.held].map(([name, { metadata }]) => [name, metadata.resourceVersion]));

it('[W2, case 1] what happens between the pages of a list and its watch comes with the watch', async () => {
  const { sink } = read(older);
  await churn(40);
  expect(sink.versions()).toEqual(truth());
  expect(new Set(server.requests.map(({ verb }) => verb))).toEqual(new Set(['list', 'watch']));
  expect(server.requests.filter(({ verb }) => verb === 'watch')).toHaveLength(1);
});

it('[W25, case 1] what happens while a WatchList is sent comes after it on the same stream', async () => {
  const { sink } = read(server);
  await churn(40);
  expect(sink.versions()).toEqual(truth());
  expect(server.requests.map(({ verb }) => verb)).toEqual(['watch']);
});

it('[W4, case 22] two watches of a kind, one after pages and one after a WatchList, tell the same in the same order', async () => {
  const rooms = [read(older), read(server)];
  await clock.advance(2000);
  const before = rooms.map(({ sink }) => sink.told.length);
  await churn(60);
  const [one, two] = rooms.map(({ sink }, i) => sink.told.slice(before[i]));
  expect(one).toEqual(two);
  expect(one?.length).toBeGreaterThanOrEqual(60);
});

it('[W41, case 30] two weeks of resumes, syncs and audits leave one watch and no more timers than the first hour', {
  timeout: 60_000,
}, async () => {
  const { reflector, sink } = read(server);
  const days: { timers: number; watches: number }[] = [];
  for (let hour = 0; hour < 14 * 24; hour++) {
    server.put(`n${hour % 5}`);
    if (hour % 5 === 0) server.watches.at(-1)?.cut();
    if (hour % 7 === 0) server.compact();
    if (hour % 11 === 0) server.remove(`n${(hour + 2) % 5}`);
    await clock.advance(3_600_000);
    expect(sink.versions()).toEqual(truth());
    days.push({ timers: clock.pending, watches: server.watches.length });
  }
  const [first] = days;
  expect(days.filter(({ timers, watches }) => timers > (first?.timers ?? 0) || watches !== 1)).toEqual([]);
  expect(reflector.report()).toMatchObject({ state: 'live', auditMismatches: 0, regressions: 0 });
  expect(reflector.report().audits).toBeGreaterThan(14 * 24 * 9);
});
