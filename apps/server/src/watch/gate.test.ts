import { KIND_TABLE } from '@portolan/shared';
import { expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { GATE_LIMITS, Gate } from './gate.ts';

const limits = { rate: 5, burst: 2, syncs: 3 };

it('[W21] no more than five connects a second pass in the long run', async () => {
  const clock = new FakeClock();
  const gate = new Gate(clock, limits);
  let passed = 0;
  for (let i = 0; i < 20; i++) void gate.connect(0).then(() => passed++);
  await clock.settle();
  expect(passed).toBe(limits.burst);
  await clock.advance(1000);
  expect(passed).toBe(limits.burst + 5);
  await clock.advance(2000);
  expect(passed).toBe(limits.burst + 15);
});

it('[W21] who waits goes by rank, then by order of arrival', async () => {
  const clock = new FakeClock();
  const gate = new Gate(clock, { ...limits, burst: 1 });
  const order: string[] = [];
  const ask = (name: string, rank: number) => void gate.connect(rank).then(() => order.push(name));
  ask('first', 3);
  ask('event', 3);
  ask('pod', 2);
  ask('job', 3);
  ask('node', 0);
  await clock.advance(1000);
  expect(order).toEqual(['first', 'node', 'pod', 'event', 'job']);
});

it('[W21] three syncs run at once, and one that fails gives its place back', async () => {
  const clock = new FakeClock();
  const gate = new Gate(clock, limits);
  const finish: (() => void)[] = [];
  const fails: (() => void)[] = [];
  let running = 0;
  const syncs = Array.from({ length: 5 }, () =>
    gate
      .sync(0, () => {
        running++;
        return new Promise<void>((resolve, reject) => {
          finish.push(resolve);
          fails.push(() => reject(new Error('no')));
        });
      })
      .catch((error: Error) => error.message),
  );
  await clock.settle();
  expect(running).toBe(3);
  fails[0]?.();
  await clock.settle();
  expect(running).toBe(4);
  for (const one of finish) one();
  await clock.settle();
  for (const one of finish) one();
  expect(await Promise.all(syncs)).toEqual(['no', undefined, undefined, undefined, undefined]);
});

it('[W21] the burst covers a list and a watch of every kind, and little more', () => {
  expect(GATE_LIMITS.burst).toBeGreaterThanOrEqual(2 * KIND_TABLE.length);
  expect(GATE_LIMITS.burst).toBeLessThan(3 * KIND_TABLE.length);
});
