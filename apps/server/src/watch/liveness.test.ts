import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterClient } from '../testing/cluster-client.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { ApiError } from './api-error.ts';
import { Liveness } from './liveness.ts';

const NAMESPACE = '/api/v1/namespaces/kube-system';

let clock: FakeClock;
let client: ClusterClient;
let told: string[];
let liveness: Liveness;

const identity = (uid: string) =>
  client.serve(NAMESPACE, { kind: 'Namespace', metadata: { name: 'kube-system', uid } });
const probes = () => client.requests.filter((path) => path === '/version').length;

beforeEach(async () => {
  clock = new FakeClock();
  clock.chance = 0.5;
  client = new ClusterClient();
  client.serve('/version', { gitVersion: 'v1.34.0' });
  identity('one');
  told = [];
  liveness = new Liveness({
    client,
    clock,
    doubted: () => told.push('doubted'),
    healed: ({ since, long }) => told.push(`healed ${long ? 'long' : 'short'} since ${since - clock.now()}`),
    swapped: (reason) => told.push(reason),
  });
  liveness.start();
  await clock.settle();
});
afterEach(() => liveness.stop());

describe('the pulse', () => {
  it('[W33] after 1.5 s without a byte the apiserver is asked for its version, and its answer is a sign of life', async () => {
    await clock.advance(60_000);
    expect(told).toEqual([]);
    expect(probes()).toBeGreaterThan(20);
    expect(probes()).toBeLessThanOrEqual(60_000 / 1500);
  });

  it('[W33] while bytes come it is asked for nothing', async () => {
    for (let i = 0; i < 60; i++) {
      liveness.heard();
      await clock.advance(1000);
    }
    expect(probes()).toBe(0);
  });

  it('[W33, case 26] a frozen process, or a black hole, is doubted after 3.5 s, as of the last byte', async () => {
    await clock.advance(10_000);
    liveness.heard();
    const last = clock.now();
    client.silent = true;
    await clock.advance(3499);
    expect([told, liveness.doubted]).toEqual([[], false]);
    await clock.advance(501);
    expect([told, liveness.doubted, liveness.heardAt]).toEqual([['doubted'], true, last]);
    await clock.advance(600_000);
    expect(told).toEqual(['doubted']);
  });

  it('[W33] a refusal is an answer', async () => {
    client.serve('/version', new ApiError('forbidden', 'no'));
    await clock.advance(60_000);
    expect(told).toEqual([]);
    client.serve('/version', new ApiError('unreachable', 'refused'));
    await clock.advance(5000);
    expect(told).toEqual(['doubted']);
  });

  it('[W34] what answers again is told so at once, and for how long it did not', async () => {
    liveness.heard();
    client.silent = true;
    await clock.advance(10_000);
    client.speak();
    await clock.settle();
    expect(told).toEqual(['doubted', 'healed short since -10000']);
    liveness.heard();
    client.silent = true;
    await clock.advance(30_000);
    liveness.heard();
    expect(told.at(-1)).toBe('healed long since -30000');
  });
});

describe('a machine that was suspended', () => {
  it('[W33, case 26] time in which we were away ourselves says nothing of the apiserver', async () => {
    await clock.advance(10_000);
    client.silent = true;
    clock.work(3_600_000);
    await clock.advance(1000);
    expect(told).toEqual([]);
    await clock.advance(4000);
    expect(told).toEqual(['doubted']);
  });

  it('[W33, case 26] a wall clock that jumps doubts nobody and schedules nothing', async () => {
    clock.jump(7_200_000);
    await clock.advance(10_000);
    clock.jump(-36_000_000);
    await clock.advance(10_000);
    expect(told).toEqual([]);
    expect(probes()).toBeLessThanOrEqual(14);
  });
});

describe('who answers', () => {
  it('[W31, case 27] another uid of kube-system is another cluster, within five minutes and after every silence', async () => {
    identity('two');
    await clock.advance(299_000);
    expect(told).toEqual([]);
    await clock.advance(1000);
    expect(told).toEqual(['the namespace kube-system was one and is two: another cluster answers at the same address']);
    identity('three');
    client.silent = true;
    await clock.advance(5000);
    client.speak();
    await clock.settle();
    expect(told.at(-1)).toContain('was two and is three');
  });

  it('[W31, case 27] and within a second after a watch was cut, every 15 s at most', async () => {
    await clock.advance(20_000);
    identity('two');
    liveness.suspect();
    liveness.suspect();
    await clock.advance(1000);
    expect(told).toHaveLength(1);
    const asked = () => client.requests.filter((path) => path === NAMESPACE).length;
    const before = asked();
    for (let i = 0; i < 60; i++) {
      liveness.suspect();
      await clock.advance(1000);
    }
    expect(asked() - before).toBe(4);
  });

  it('[W31] a cluster that does not show the namespace is not known by it', async () => {
    client.serve(NAMESPACE, new ApiError('forbidden', 'no'));
    await clock.advance(600_000);
    identity('one');
    await clock.advance(300_000);
    expect(told).toEqual([]);
  });
});

it('[W19] after a stop nothing is asked and nobody is told', async () => {
  liveness.stop();
  const asked = client.requests.length;
  await clock.advance(600_000);
  expect([client.requests.length, told, clock.pending]).toEqual([asked, [], 0]);
});
