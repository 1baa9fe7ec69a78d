import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { Epochs } from './epochs.ts';
import type { KindReader } from './kind-reader.ts';

let clock: FakeClock;
let told: string[];
let renewed: string[];
let epochs: Epochs;

beforeEach(() => {
  clock = new FakeClock();
  told = [];
  renewed = [];
  epochs = new Epochs(clock, (reason) => told.push(reason));
});

function reader(name: string): KindReader {
  const one = { renew: () => void renewed.push(name) } as Partial<KindReader> as KindReader;
  epochs.join(one);
  return one;
}

it('[W31] an epoch has every reader read anew, but for the one that does already, and is told once when all have', () => {
  const [a, b, c] = [reader('a'), reader('b'), reader('c')];
  epochs.begin('versions went back', a);
  expect(renewed).toEqual(['b', 'c']);
  for (const one of [a, b]) epochs.settle(one);
  expect([told, epochs.owes(c)]).toEqual([[], true]);
  epochs.settle(c);
  epochs.settle(c);
  expect(told).toEqual(['versions went back']);
});

it('[W31] after 30 s it is told for those that have been read, and again when the rest has', async () => {
  const [a, b] = [reader('a'), reader('b')];
  epochs.begin('versions went back', null);
  epochs.settle(a);
  await clock.advance(30_000);
  expect(told).toHaveLength(1);
  await clock.advance(30_000);
  expect(told).toHaveLength(1);
  epochs.settle(b);
  expect(told).toHaveLength(2);
});

it('[W31] an epoch that begins within another takes its place', async () => {
  const [a, b] = [reader('a'), reader('b')];
  const first = epochs.begin('once', null);
  epochs.settle(a);
  expect(epochs.begin('twice', null)).toBe(first + 1);
  epochs.settle(b);
  expect(told).toEqual([]);
  epochs.settle(a);
  expect(told).toEqual(['twice']);
  await clock.advance(60_000);
  expect(told).toHaveLength(1);
});

it('[W19] after a stop nobody is told', async () => {
  reader('a');
  epochs.begin('versions went back', null);
  epochs.stop();
  await clock.advance(60_000);
  expect([told, clock.pending]).toEqual([[], 0]);
});
