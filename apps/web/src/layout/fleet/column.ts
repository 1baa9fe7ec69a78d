import type { Box } from '../box.ts';
import { Places } from './places.ts';
import type { Tier } from './plan.ts';
import { BLOCK_GAP, blockWidth, DOWN, ROW_GAP, rowOf, type TileGrid, tileSize } from './tile-grid.ts';

/** Numbers of larger tiles above the blocks, or of rows of them. Rows are never taken back. */
export interface TierRows {
  named: number;
  promoted: number;
}

/** A column as it is measured: how many blocks it has side by side, and the tier in which its nodes are at home. */
export interface ColumnShape {
  blocks: number;
  home: Tier;
}

/**
 * Rows for so many larger tiles, with room for a quarter more, two rows of it at most; `keep` keeps
 * a row of promoted ones for the first.
 */
export function rowsFor(grid: TileGrid, tiles: TierRows, blocks: number, keep: boolean): TierRows {
  const { named, promoted } = tiles;
  const across = { named: rowOf(grid, 'named', blocks).tiles, promoted: rowOf(grid, 'promoted', blocks).tiles };
  const spare = Math.max(keep ? 1 : 0, Math.min(Math.floor(promoted / 4), across.promoted));
  return {
    named: Math.ceil((named + Math.min(Math.floor(named / 4), across.named)) / across.named),
    promoted: Math.ceil((promoted + spare) / across.promoted),
  };
}

function strideY(grid: TileGrid, tier: 'named' | 'promoted'): number {
  return tileSize(grid, tier, 1).height + ROW_GAP;
}

/** Where a tier begins below the top of its column; a column at home in `named` has only those. */
function tierTop(grid: TileGrid, { home }: ColumnShape, rows: TierRows, tier: Tier): number {
  if (tier === 'named' || home === 'named') return grid.heading;
  const named = grid.heading + rows.named * strideY(grid, 'named');
  return tier === 'promoted' ? named : named + rows.promoted * strideY(grid, 'promoted');
}

/** How far a row of nodes in blocks stands below the first, in cells: every ten rows there is a gap. */
function lineTop(grid: TileGrid, line: number): number {
  return line * (grid.rows + 1) + Math.floor(line / DOWN) * (BLOCK_GAP - 1);
}

/** How many cells a column is high, for so many places at home. */
export function columnHeight(grid: TileGrid, shape: ColumnShape, rows: TierRows, homes: number): number {
  const top = tierTop(grid, shape, rows, shape.home);
  if (homes === 0) return top;
  const last = Math.ceil(homes / rowOf(grid, shape.home, shape.blocks).tiles) - 1;
  if (shape.home === 'named') return top + (last + 1) * strideY(grid, 'named') - ROW_GAP;
  return top + lineTop(grid, last) + grid.rows;
}

/** The box of a place of a tier, relative to the column's corner. Places are read from left to right, row by row. */
export function placeBox(grid: TileGrid, shape: ColumnShape, rows: TierRows, tier: Tier, place: number): Box {
  const { tiles, stride } = rowOf(grid, tier, shape.blocks);
  const top = tierTop(grid, shape, rows, tier);
  const [across, down] = [place % tiles, Math.floor(place / tiles)];
  const size = tileSize(grid, tier, shape.blocks);
  if (tier !== 'block') return { x: across * stride, y: top + down * strideY(grid, tier), ...size };
  const block = Math.floor(across / grid.across);
  const x = block * (blockWidth(grid) + BLOCK_GAP) + (across % grid.across) * stride;
  return { x, y: top + lineTop(grid, down), ...size };
}

/** The nodes of one zone or pool, in one column. */
export class Column {
  readonly key: string;
  readonly title: string | null;
  readonly homes = new Places();
  readonly named = new Places();
  readonly promoted = new Places();
  readonly rows: TierRows = { named: 0, promoted: 0 };
  blocks = 1;
  /** Its box; the height never becomes less. */
  x = 0;
  y = 0;
  width = 0;
  height = 0;
  pods = 0;
  troubled = 0;

  constructor(key: string, title: string | null) {
    this.key = key;
    this.title = title;
  }

  /** Adds rows for tiles that have none; whether it did. */
  growRows(grid: TileGrid, keep: boolean): boolean {
    const tiles = { named: this.named.items.length, promoted: this.promoted.items.length };
    const wanted = rowsFor(grid, tiles, this.blocks, keep);
    let grew = false;
    for (const tier of ['named', 'promoted'] as const) {
      if (tiles[tier] <= this.rows[tier] * rowOf(grid, tier, this.blocks).tiles) continue;
      this.rows[tier] = Math.max(this.rows[tier], wanted[tier]);
      grew = true;
    }
    return grew;
  }
}
