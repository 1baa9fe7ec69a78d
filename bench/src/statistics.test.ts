import { describe, expect, it } from 'vitest';
import { quantiles, slopeOf } from './statistics.ts';

describe('statistics of the benches', () => {
  it('[F60] a slope has the standard error of least squares', () => {
    // The example of a textbook: y = 2x, with deviations of one up and one down.
    const { slope, error } = slopeOf([
      { x: 0, y: 1 },
      { x: 1, y: 1 },
      { x: 2, y: 3 },
      { x: 3, y: 7 },
    ]);
    expect(slope).toBeCloseTo(2, 12);
    expect(error).toBeCloseTo(Math.sqrt(4 / 2 / 5), 12);
  });

  it('[F60] a straight line has no error, and two points say nothing of theirs', () => {
    const line = [1, 2, 3, 4, 5].map((x) => ({ x, y: 7 - 3 * x }));
    expect(slopeOf(line).slope).toBeCloseTo(-3, 12);
    expect(slopeOf(line).error).toBeCloseTo(0, 12);
    expect(slopeOf(line.slice(0, 2)).error).toBe(Number.POSITIVE_INFINITY);
    expect(slopeOf([]).slope).toBe(0);
  });

  it('[F60] quantiles are by nearest rank', () => {
    const figures = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(quantiles(figures)).toEqual({ p50: 100, p99: 198, max: 200 });
    expect(() => quantiles([])).toThrow(RangeError);
  });
});
