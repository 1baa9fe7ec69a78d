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
/** A tile has room for so many pods at least. */
const LEAST = 30;
const LEAST_NAMED_HEIGHT = 26;
/** The share of nodes that a tile must hold. */
const USUAL = 0.98;

/** How many pods a row, and how many rows, the tile of a well node has. All sizes of tiles follow from it. */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
}

/** The number of pods that all but a few nodes do not exceed. */
export function usualPods(pods: readonly number[]): number {
  const sorted = Float64Array.from(pods).sort();
  return sorted[Math.ceil(sorted.length * USUAL) - 1] ?? 0;
}

/** A grid for so many pods, a little wider than high. */
export function gridFor(pods: number): TileGrid {
  const room = Math.max(pods, LEAST);
  const columns = Math.ceil(Math.sqrt(room * 1.2));
  return { columns, rows: Math.ceil(room / columns) };
}

/** The size of a tile, in cells. */
export function tileSize({ columns, rows }: TileGrid, tier: Tier): { width: number; height: number } {
  if (tier === 'block') return { width: columns, height: rows };
  if (tier === 'promoted') return { width: LARGE * columns + 2, height: LARGE * rows + 2 };
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

function roomAt({ columns, rows }: TileGrid, pitch: number): number {
  return Math.floor((LARGE * columns) / pitch) * Math.floor((LARGE * rows) / pitch);
}
