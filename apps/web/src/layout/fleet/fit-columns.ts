import { type ColumnShape, columnHeight, rowsFor, type TierRows } from './column.ts';
import { fitScale, guessScale, type ViewSize } from './fit-scale.ts';
import type { Tier } from './plan.ts';
import { ACROSS, columnWidth, DOWN, type TileGrid, tileSize, wordedGrid } from './tile-grid.ts';
import { stripHeight } from './unplaced-strip.ts';

/** Cells between columns and between shelves of columns. */
export const COLUMN_GAP = 8;
/** As many ways to break columns into shelves, and heights in blocks, as are tried. */
const TRIES = 32;
/** How often all is tried, each time with room for words at the scale that was found before. */
const ROUNDS = 3;
/** Words have this much room to spare, for what is found next may be a little smaller. */
const SPARE = 0.97;

/** What a column is to hold: tiles at home, and those that stand above. */
export interface ColumnLoad extends TierRows {
  homes: number;
}

/** What is to be fitted. `keep` as in `rowsFor`; `letters` is the length of the longest name; `unplaced` pods are on no node. */
export interface FitRequest {
  grid: TileGrid;
  home: Tier;
  loads: readonly ColumnLoad[];
  view: ViewSize;
  keep: boolean;
  letters: number;
  unplaced: number;
}

/** The grid with room for words, how many blocks each column has side by side, and which columns stand beside one another. */
export interface ColumnFit {
  grid: TileGrid;
  blocks: number[];
  shelves: number[][];
}

/** Fills a view with the columns, in their order, so that a cell is drawn as large as can be; tried in pieces. */
export function* fitColumns(request: FitRequest): Generator<void, ColumnFit> {
  let scale = guessScale(cellsOf(request), request.view);
  let best: ColumnFit = {
    grid: request.grid,
    blocks: request.loads.map(() => 1),
    shelves: [request.loads.map((_, at) => at)],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const worded = wordedGrid(request.grid, scale * SPARE, request.letters);
    scale = 0;
    const [from, to] = request.grid.few ? [ACROSS.usual, ACROSS.usual] : [ACROSS.least, ACROSS.most];
    for (let across = from; across <= to; across += 1) {
      const found = fitAt({ ...request, grid: { ...worded, across } });
      yield;
      if (found.scale <= scale) continue;
      scale = found.scale;
      best = found;
    }
  }
  return best;
}

/** The best ways with one grid, and the scale that they have. */
function fitAt(request: FitRequest): ColumnFit & { scale: number } {
  const { grid, home, loads, view, unplaced } = request;
  const units = loads.map(({ homes }) => Math.max(1, Math.ceil(homes / (home === 'named' ? 1 : grid.across * DOWN))));
  let best = { grid, blocks: units.map(() => 1), shelves: [] as number[][], scale: 0 };
  for (const high of tries(Math.max(1, ...units))) {
    const blocks = units.map((unit) => Math.ceil(unit / high));
    const sizes = loads.map((load, at) => measure(request, { blocks: blocks[at] ?? 1, home }, load));
    const whole = sizes.reduce((sum, { width }) => sum + width + COLUMN_GAP, -COLUMN_GAP);
    for (const parts of tries(loads.length)) {
      const { shelves, width, height } = shelve(sizes, whole / parts);
      const foot = unplaced === 0 ? 0 : COLUMN_GAP + stripHeight(width, grid.heading, unplaced);
      const scale = fitScale(width, height + foot, view);
      if (scale > best.scale) best = { grid, blocks, shelves, scale };
    }
  }
  return best;
}

/** About how many cells all tiles take. */
function cellsOf({ grid, home, loads }: FitRequest): number {
  const area = (tier: Tier) => {
    const { width, height } = tileSize(grid, tier, 1);
    return (width + 1) * (height + 1);
  };
  return loads.reduce((sum, { homes, promoted }) => sum + homes * area(home) + promoted * area('promoted'), 0);
}

/** Numbers from 1 to `most`, all of them where they are few. */
function tries(most: number): number[] {
  const step = Math.max(1, Math.ceil(most / TRIES));
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) }, (_, index) => 1 + index * step);
}

function measure({ grid, keep }: FitRequest, shape: ColumnShape, load: ColumnLoad) {
  const rows = rowsFor(grid, load, shape.blocks, keep);
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
