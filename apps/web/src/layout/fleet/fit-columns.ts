import { type ColumnShape, columnHeight, columnWidth, rowsFor, type TierRows } from './column.ts';
import type { Tier } from './plan.ts';
import { BLOCK, type TileGrid } from './tile-grid.ts';

/** Cells between columns and between shelves of columns. */
export const COLUMN_GAP = 8;
/** As many ways to break columns into shelves, and heights in blocks, as are tried. */
const TRIES = 48;

/** What a column is to hold: tiles at home, and those that stand above. */
export interface ColumnLoad extends TierRows {
  homes: number;
}

/** How many blocks each column has side by side, and which columns stand beside one another. */
export interface ColumnFit {
  blocks: number[];
  shelves: number[][];
}

/** Fills a view of that aspect with the columns, in their order, so that a cell is drawn as large as can be. `keep` as in `rowsFor`. */
export function fitColumns(
  grid: TileGrid,
  home: Tier,
  loads: readonly ColumnLoad[],
  aspect: number,
  keep: boolean,
): ColumnFit {
  const units = loads.map(({ homes }) => Math.max(1, Math.ceil(homes / (home === 'named' ? 1 : BLOCK))));
  const most = Math.max(1, ...units);
  let best: ColumnFit = { blocks: units.map(() => 1), shelves: [] };
  let least = Number.POSITIVE_INFINITY;
  for (const high of tries(most)) {
    const blocks = units.map((unit) => Math.ceil(unit / high));
    const sizes = loads.map((load, at) => measure(grid, { blocks: blocks[at] ?? 1, home }, load, keep));
    const whole = sizes.reduce((sum, { width }) => sum + width + COLUMN_GAP, -COLUMN_GAP);
    for (const parts of tries(loads.length)) {
      const { shelves, width, height } = shelve(sizes, whole / parts);
      const scale = Math.max(width / aspect, height);
      if (scale >= least) continue;
      least = scale;
      best = { blocks, shelves };
    }
  }
  return best;
}

/** Numbers from 1 to `most`, all of them where they are few. */
function tries(most: number): number[] {
  const step = Math.max(1, Math.ceil(most / TRIES));
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) }, (_, index) => 1 + index * step);
}

function measure(grid: TileGrid, shape: ColumnShape, load: ColumnLoad, keep: boolean) {
  const rows = rowsFor(load, shape.blocks, keep);
  return { width: columnWidth(grid, shape.blocks), height: columnHeight(grid, shape, rows, load.homes) };
}

/** Breaks boxes into shelves no wider than `limit`, but for a single box that is. */
function shelve(sizes: readonly { width: number; height: number }[], limit: number) {
  const shelves: number[][] = [];
  let [x, width, height, shelfHeight] = [0, 0, 0, 0];
  for (const [at, size] of sizes.entries()) {
    if (shelves.length === 0 || x + size.width > limit + 1) {
      if (shelves.length > 0) height += shelfHeight + COLUMN_GAP;
      shelves.push([]);
      [x, shelfHeight] = [0, 0];
    }
    shelves.at(-1)?.push(at);
    width = Math.max(width, x + size.width);
    shelfHeight = Math.max(shelfHeight, size.height);
    x += size.width + COLUMN_GAP;
  }
  return { shelves, width, height: height + shelfHeight };
}
