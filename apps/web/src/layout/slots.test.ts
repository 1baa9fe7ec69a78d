import { expect, it } from 'vitest';
import { assignSlots, closeSurplusRows } from './slots.ts';

it('[V8] whoever had a place keeps it, and newcomers take the first free ones', () => {
  const before = new Map([
    ['a', 0],
    ['b', 1],
    ['c', 4],
  ]);
  expect([...assignSlots(['c', 'x', 'a', 'y'], before)].toSorted((p, q) => p[1] - q[1])).toEqual([
    ['a', 0],
    ['x', 1],
    ['y', 2],
    ['c', 4],
  ]);
});

it('[V8] only those in rows that are no longer needed move', () => {
  const slots = new Map([
    ['a', 2],
    ['b', 5],
    ['c', 9],
  ]);
  expect(closeSurplusRows(slots, 3, 4)).toBe(true);
  expect(Object.fromEntries(slots)).toEqual({ a: 2, b: 0, c: 1 });
  expect(closeSurplusRows(slots, 3, 4)).toBe(false);
});
