import type { Tier } from './plan.ts';

/** Nodes a row and rows of a block. */
export const ACROSS = 12;
export const DOWN = 10;
/** Nodes of a block. */
export const BLOCK = ACROSS * DOWN;
/** Cells between blocks, and between rows of larger tiles. */
export const BLOCK_GAP = 3;
export const ROW_GAP = 2;
/** Promoted tiles as wide as a block. */
export const PROMOTED_ACROSS = 4;

/** Cells from one pod to the next in a larger tile. */
const LARGE = 3;
/** A tile has room for so many pods at least; fewer in a fleet of a few nodes, all of which have names. */
const LEAST = 30;
const LEAST_OF_FEW = 12;
const LEAST_NAMED_HEIGHT = 26;
/** Cells for a node's name in a fleet of a few nodes; else a tile with a name is as wide as a block. */
const NAME = 26;
/** The share of nodes that a tile must hold. */
const USUAL = 0.98;

/**
 * How many pods a row, and how many rows, the tile of a well node has; `few` where all nodes have names and there are no
 * blocks. All sizes follow from it.
 */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
  readonly few: boolean;
}

/** The number of pods that all but a few nodes do not exceed. */
export function usualPods(pods: readonly number[]): number {
  const sorted = Float64Array.from(pods).sort();
  return sorted[Math.ceil(sorted.length * USUAL) - 1] ?? 0;
}

/** A grid for so many pods, a little wider than high. */
export function gridFor(pods: number, few: boolean): TileGrid {
  const room = Math.max(pods, few ? LEAST_OF_FEW : LEAST);
  const columns = Math.ceil(Math.sqrt(room * 1.2));
  return { columns, rows: Math.ceil(room / columns), few };
}

/** Cells kept free for the heading of a group of nodes. */
export function headingOf({ few }: TileGrid): number {
  return few ? 5 : 12;
}

/** The size of a tile, in cells. */
export function tileSize({ columns, rows, few }: TileGrid, tier: Tier): { width: number; height: number } {
  if (tier === 'block') return { width: columns, height: rows };
  if (tier === 'promoted') return { width: LARGE * columns + 2, height: LARGE * rows + 2 };
  if (few) return { width: LARGE * columns + 3 + NAME, height: LARGE * rows + 4 };
  return { width: ACROSS * (columns + 1) - 1, height: Math.max(LEAST_NAMED_HEIGHT, LARGE * rows + 4) };
}

/** How pods stand in a tile: where the first does, relative to the tile's corner. */
export interface Sitting {
  left: number;
  top: number;
  columns: number;
  pitch: number;
}

/** How so many places fit in a tile, as large as they can be; they do, up to `mostPods`. */
export function sittingIn(grid: TileGrid, tier: Tier, places: number): Sitting {
  if (tier === 'block') return { left: 0, top: 0, columns: grid.columns, pitch: 1 };
  const top = tier === 'named' ? Math.floor((tileSize(grid, tier).height - LARGE * grid.rows) / 2) : 1;
  const left = tier === 'named' ? 3 : 1;
  let pitch = LARGE;
  while (pitch > 1 && roomAt(grid, pitch) < places) pitch -= 1;
  return { left, top, columns: Math.floor((LARGE * grid.columns) / pitch), pitch };
}

/** As many pods as a node may have for its tile to hold them all. */
export function mostPods(grid: TileGrid): number {
  return roomAt(grid, 1);
}

function roomAt({ columns, rows }: Pick<TileGrid, 'columns' | 'rows'>, pitch: number): number {
  return Math.floor((LARGE * columns) / pitch) * Math.floor((LARGE * rows) / pitch);
}
