import { expect, it } from 'vitest';
import { cubicBezier, easeMove } from './ease.ts';

it('[V26] an easing begins at 0, ends at 1 and never goes back', () => {
  const samples = Array.from({ length: 101 }, (_, index) => easeMove(index / 100));
  expect(samples[0]).toBe(0);
  expect(samples.at(-1)).toBe(1);
  for (const [index, value] of samples.entries()) expect(value).toBeGreaterThanOrEqual(samples[index - 1] ?? 0);
});

it('[V26] a curve with its handles on the line is linear', () => {
  const linear = cubicBezier(1 / 3, 1 / 3, 2 / 3, 2 / 3);
  expect(linear(0.3)).toBeCloseTo(0.3, 5);
});
