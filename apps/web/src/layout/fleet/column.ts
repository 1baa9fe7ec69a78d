import type { Box } from '../box.ts';
import { Places } from './places.ts';
import type { Tier } from './plan.ts';
import {
  ACROSS,
  BLOCK,
  BLOCK_GAP,
  DOWN,
  headingOf,
  PROMOTED_ACROSS,
  ROW_GAP,
  type TileGrid,
  tileSize,
} from './tile-grid.ts';

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

/** How many cells a column is wide. */
export function columnWidth(grid: TileGrid, blocks: number): number {
  return blocks * (tileSize(grid, 'named').width + BLOCK_GAP) - BLOCK_GAP;
}

/** How many tiles of a tier stand side by side. */
export function perRow(tier: Tier, blocks: number): number {
  if (tier === 'named') return blocks;
  return tier === 'promoted' ? PROMOTED_ACROSS * blocks : ACROSS * blocks;
}

/**
 * Rows for so many larger tiles, with room for a quarter more, two rows of it at most; `keep` keeps
 * a row of promoted ones for the first.
 */
export function rowsFor(tiles: TierRows, blocks: number, keep: boolean): TierRows {
  const { named, promoted } = tiles;
  const spare = Math.max(keep ? 1 : 0, Math.min(Math.floor(promoted / 4), 2 * perRow('promoted', blocks)));
  return {
    named: Math.ceil((named + Math.min(Math.floor(named / 4), 2 * blocks)) / blocks),
    promoted: Math.ceil((promoted + spare) / perRow('promoted', blocks)),
  };
}

function strideY(grid: TileGrid, tier: 'named' | 'promoted'): number {
  return tileSize(grid, tier).height + ROW_GAP;
}

/** Where a tier begins below the top of its column; a column at home in `named` has only those. */
function tierTop(grid: TileGrid, { home }: ColumnShape, rows: TierRows, tier: Tier): number {
  if (tier === 'named' || home === 'named') return headingOf(grid);
  const named = headingOf(grid) + rows.named * strideY(grid, 'named');
  return tier === 'promoted' ? named : named + rows.promoted * strideY(grid, 'promoted');
}

/** How many cells a column is high, for so many places at home. */
export function columnHeight(grid: TileGrid, shape: ColumnShape, rows: TierRows, homes: number): number {
  if (homes === 0) return tierTop(grid, shape, rows, 'block');
  if (shape.home === 'named')
    return headingOf(grid) + Math.ceil(homes / shape.blocks) * strideY(grid, 'named') - ROW_GAP;
  const blocks = Math.ceil(homes / BLOCK);
  const above = Math.ceil(blocks / shape.blocks) - 1;
  const whole = blocks - above * shape.blocks > 1;
  const lines = whole ? DOWN : Math.ceil((homes - (blocks - 1) * BLOCK) / ACROSS);
  const blockHeight = DOWN * (grid.rows + 1) - 1;
  return tierTop(grid, shape, rows, 'block') + above * (blockHeight + BLOCK_GAP) + lines * (grid.rows + 1) - 1;
}

/** The box of a place of a tier, relative to the column's corner. */
export function placeBox(grid: TileGrid, shape: ColumnShape, rows: TierRows, tier: Tier, place: number): Box {
  const { width, height } = tileSize(grid, tier);
  const top = tierTop(grid, shape, rows, tier);
  const blockStride = tileSize(grid, 'named').width + BLOCK_GAP;
  if (tier === 'block') {
    const block = Math.floor(place / BLOCK);
    const within = place % BLOCK;
    const blockDown = DOWN * (grid.rows + 1) - 1 + BLOCK_GAP;
    return {
      x: (block % shape.blocks) * blockStride + (within % ACROSS) * (grid.columns + 1),
      y: top + Math.floor(block / shape.blocks) * blockDown + Math.floor(within / ACROSS) * (grid.rows + 1),
      width,
      height,
    };
  }
  const beside = perRow(tier, 1);
  const across = place % (beside * shape.blocks);
  return {
    x: Math.floor(across / beside) * blockStride + (across % beside) * (width + 1),
    y: top + Math.floor(place / (beside * shape.blocks)) * strideY(grid, tier),
    width,
    height,
  };
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
  growRows(keep: boolean): boolean {
    const tiles = { named: this.named.items.length, promoted: this.promoted.items.length };
    const wanted = rowsFor(tiles, this.blocks, keep);
    let grew = false;
    for (const tier of ['named', 'promoted'] as const) {
      if (tiles[tier] <= this.rows[tier] * perRow(tier, this.blocks)) continue;
      this.rows[tier] = Math.max(this.rows[tier], wanted[tier]);
      grew = true;
    }
    return grew;
  }
}
