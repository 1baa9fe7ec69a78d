import { expect, it } from 'vitest';
import { chooseDensity } from './density.ts';

it.each([
  [0, 'tile'],
  [8, 'tile'],
  [9, 'glyph'],
  [80, 'glyph'],
  [81, 'small'],
  [500, 'small'],
  [501, 'cell'],
  [3000, 'cell'],
  [3001, 'counts'],
] as const)('[V10] %i pods are drawn as %s', (count, density) => {
  expect(chooseDensity(count, null)).toBe(density);
});

it('[V10] marks grow again only once there are a quarter fewer than the limit', () => {
  expect(chooseDensity(8, 'glyph')).toBe('glyph');
  expect(chooseDensity(7, 'glyph')).toBe('glyph');
  expect(chooseDensity(6, 'glyph')).toBe('tile');
  expect(chooseDensity(9, 'tile')).toBe('glyph');
  expect(chooseDensity(7, 'cell')).toBe('glyph');
});
