import { expect, it } from 'vitest';
import { rolloutAmounts } from './rollout-amount.ts';

it.each([
  ['25%', '25%', 3, 1, 0],
  ['25%', '25%', 10, 3, 2],
  [1, 0, 3, 1, 0],
  ['0%', '10%', 3, 0, 1],
])('[V17] maxSurge %s and maxUnavailable %s of %i pods mean %i and %i', (surge, unavailable, desired, up, down) => {
  expect(rolloutAmounts(surge, unavailable, desired)).toEqual({ surge: up, unavailable: down });
});
