import { expect, it } from 'vitest';
import { firstSeen, neighbour } from './neighbour.ts';

const at = (key: string, x: number, y: number) => ({ key, x, y, width: 48, height: 48 });
const grid = [at('a', 0, 0), at('b', 52, 0), at('c', 104, 0), at('d', 0, 84), at('e', 60, 84)];

it('[V23] an arrow leads to the nearest mark that way', () => {
  expect(neighbour(grid, at('a', 0, 0), 'right')?.key).toBe('b');
  expect(neighbour(grid, at('c', 104, 0), 'left')?.key).toBe('b');
  expect(neighbour(grid, at('a', 0, 0), 'down')?.key).toBe('d');
  expect(neighbour(grid, at('e', 60, 84), 'up')?.key).toBe('b');
});

it('[V23] at the edge of the picture an arrow leads nowhere', () => {
  expect(neighbour(grid, at('a', 0, 0), 'left')).toBeNull();
  expect(neighbour(grid, at('a', 0, 0), 'up')).toBeNull();
});

it('[P49] where there is no cursor yet, it begins with the first mark that is whole in view', () => {
  const view = { x: 40, y: -10, width: 200, height: 200 };
  expect(firstSeen([...grid].reverse(), view)?.key).toBe('b');
  expect(firstSeen([...grid].reverse(), { ...view, x: 900 })?.key).toBe('a');
  expect(firstSeen([], view)).toBeNull();
});
