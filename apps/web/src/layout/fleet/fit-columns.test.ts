import { describe, expect, it } from 'vitest';
import { columnHeight, rowsFor } from './column.ts';
import { COLUMN_GAP, type FitRequest, fitColumns } from './fit-columns.ts';
import { fitScale } from './fit-scale.ts';
import { columnWidth, gridFor, tileSize } from './tile-grid.ts';

const VIEW = { width: 1480, height: 680 };
const request = (more: Partial<FitRequest> = {}): FitRequest => ({
  grid: gridFor(60, false),
  home: 'block',
  loads: Array.from({ length: 3 }, () => ({ homes: 1_667, named: 5, promoted: 90 })),
  view: VIEW,
  keep: true,
  letters: 10,
  unplaced: 25,
  ...more,
});

function fitted(asked: FitRequest) {
  const work = fitColumns(asked);
  let step = work.next();
  while (!step.done) step = work.next();
  const { grid, blocks, shelves } = step.value;
  const sizes = asked.loads.map((load, at) => {
    const shape = { blocks: blocks[at] ?? 1, home: asked.home };
    const rows = rowsFor(grid, load, shape.blocks, asked.keep);
    return { width: columnWidth(grid, shape.blocks), height: columnHeight(grid, shape, rows, load.homes) };
  });
  const width = sizes.reduce((sum, each) => sum + each.width + COLUMN_GAP, -COLUMN_GAP);
  const height = Math.max(...sizes.map((each) => each.height));
  return { grid, blocks, shelves, width, height };
}

describe('columns', () => {
  it('[P12] of 5,000 nodes leave little of the view empty', () => {
    const { shelves, width, height } = fitted(request());
    expect(shelves).toHaveLength(1);
    const scale = fitScale(width, height, VIEW);
    expect(width * scale).toBeGreaterThan(0.9 * VIEW.width);
    expect(height * scale).toBeGreaterThan(0.9 * VIEW.height);
  });

  it('[P10] have room for the name and the condition of a node at the size at which they are fitted', () => {
    const { grid, blocks, width, height } = fitted(request());
    const scale = fitScale(width, height, VIEW);
    const named = tileSize(grid, 'named', blocks[0] ?? 1);
    const beside = (named.width - 3 * grid.columns - grid.pad) * scale;
    expect(beside).toBeGreaterThan(98);
    expect(named.height * scale).toBeGreaterThan(50);
    expect(named.height * scale).toBeLessThan(64);
    expect(grid.heading * scale).toBeGreaterThan(18);
  });

  it('[P12] of a few nodes are as large as the view lets them be', () => {
    const few = request({
      grid: gridFor(8, true),
      home: 'named',
      loads: [{ homes: 2, named: 0, promoted: 0 }],
      keep: false,
      unplaced: 0,
    });
    const { width, height } = fitted(few);
    expect(fitScale(width, height, VIEW)).toBeGreaterThan(18);
  });
});
