import { describe, expect, it } from 'vitest';
import { cellGrid, cellPath } from './cell-grid.ts';

describe('the cells of a wall', () => {
  it('[V62] all fit, and are as large as they may be', () => {
    for (const cells of [1, 7, 50, 300, 1667, 5000, 20_000, 80_000]) {
      for (const [width, height] of [
        [296, 440],
        [936, 520],
        [140, 60],
      ] as const) {
        const { pitch, size, across } = cellGrid(cells, width, height);
        expect(across * pitch, `${cells} in ${width}`).toBeLessThanOrEqual(width);
        expect(Math.ceil(cells / across) * pitch, `${cells} in ${height}`).toBeLessThanOrEqual(height);
        expect(size).toBeGreaterThan(0);
        expect(size).toBeLessThan(pitch);
      }
    }
    expect(cellGrid(4, 936, 520).pitch).toBe(56);
  });

  it('[V62] are a square each', () => {
    const path = cellPath(1667, cellGrid(1667, 296, 440));
    expect(path.match(/M/g)).toHaveLength(1667);
  });
});
