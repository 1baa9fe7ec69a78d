import type { Tier } from './plan.ts';

/** Rows of a block. */
export const DOWN = 10;
/** Nodes a row of a block: as many as are tried, and as many as there are before anything was tried. */
export const ACROSS = { least: 9, most: 14, usual: 12 } as const;
/** Cells between blocks and between tiles with names, and between rows of larger tiles. */
export const BLOCK_GAP = 3;
export const ROW_GAP = 2;

/** Cells from one pod to the next in a larger tile. */
const LARGE = 3;
/** A tile has room for so many pods at least; fewer in a fleet of a few nodes, all of which have names. */
const LEAST = 30;
const LEAST_OF_FEW = 12;
/** The share of nodes that a tile must hold. */
const USUAL = 0.98;
/** The CSS pixels of a heading, of a name, a condition and two bars above one another, and of what is around words. */
const HEADING = 20;
const LINES = 54;
const AROUND_WORDS = 12;
/** The CSS pixels around the pods of a tile with a name, up to three cells. */
const PAD = 5;
/** The CSS pixels of a letter of a name, of the longest condition, and of the widest words there is room for. */
const LETTER = 7;
const LEAST_WORDS = 98;
const MOST_WORDS = 148;
/** A tile with a name may be this much narrower where then one more has room beside it. */
const TIGHT = 0.99;

/**
 * How many pods a row, and how many rows, the tile of a well node has; `few` where all nodes have names and there are no
 * blocks. `across` is nodes a row of a block. `heading`, `words` and `lines` are the cells that the heading of a group, and
 * the words beside the pods of a tile with a name, take in width and height at the scale for which the picture is laid out;
 * `pad` is what such a tile leaves free around its pods.
 */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
  readonly few: boolean;
  readonly across: number;
  readonly heading: number;
  readonly words: number;
  readonly lines: number;
  readonly pad: number;
}

/** The number of pods that all but a few nodes do not exceed. */
export function usualPods(pods: readonly number[]): number {
  const sorted = Float64Array.from(pods).sort();
  return sorted[Math.ceil(sorted.length * USUAL) - 1] ?? 0;
}

/** A grid for so many pods, a little wider than high, with room for words at one CSS pixel a cell. */
export function gridFor(pods: number, few: boolean): TileGrid {
  const room = Math.max(pods, few ? LEAST_OF_FEW : LEAST);
  const columns = Math.ceil(Math.sqrt(room * 1.2));
  return wordedGrid({ columns, rows: Math.ceil(room / columns), few, across: ACROSS.usual }, 1, 0);
}

/** The grid with room for words at `scale` CSS pixels a cell; `letters` is the length of the longest name. */
export function wordedGrid(
  grid: Pick<TileGrid, 'columns' | 'rows' | 'few' | 'across'>,
  scale: number,
  letters: number,
): TileGrid {
  const words = AROUND_WORDS + Math.min(MOST_WORDS, Math.max(LEAST_WORDS, letters * LETTER));
  const cells = (pixels: number) => Math.ceil(pixels / scale);
  return { ...grid, heading: cells(HEADING), words: cells(words), lines: cells(LINES), pad: Math.min(3, cells(PAD)) };
}

/** How many cells a column is wide that has so many blocks, or tiles with names where all have names, side by side. */
export function columnWidth(grid: TileGrid, blocks: number): number {
  return blocks * (blockWidth(grid) + BLOCK_GAP) - BLOCK_GAP;
}

/** How many cells a block is wide, or a tile with a name where all have names. */
export function blockWidth(grid: TileGrid): number {
  return grid.few ? leastNamed(grid) : grid.across * (grid.columns + 1) - 1;
}

function leastNamed({ columns, words, pad }: TileGrid): number {
  return LARGE * columns + pad + words;
}

function namedHeight({ rows, lines, pad }: TileGrid): number {
  return Math.max(lines, LARGE * rows + 2 * pad);
}

/** How the tiles of a tier stand beside one another in a column of so many blocks: how many, and how many cells apart. */
export function rowOf(grid: TileGrid, tier: Tier, blocks: number): { tiles: number; stride: number } {
  if (tier === 'block') return { tiles: grid.across * blocks, stride: grid.columns + 1 };
  const room = columnWidth(grid, blocks);
  if (tier === 'named') {
    const tiles = Math.max(1, Math.floor((room + BLOCK_GAP) / (TIGHT * leastNamed(grid) + BLOCK_GAP)));
    return { tiles, stride: Math.floor((room + BLOCK_GAP) / tiles) };
  }
  const { width } = tileSize(grid, tier, blocks);
  const tiles = Math.max(1, Math.floor((room + 1) / (width + 1)));
  return { tiles, stride: tiles === 1 ? width + 1 : Math.floor((room - width) / (tiles - 1)) };
}

/** The size of a tile, in cells; with a name, in a column of so many blocks. */
export function tileSize(grid: TileGrid, tier: Tier, blocks: number): { width: number; height: number } {
  const { columns, rows } = grid;
  if (tier === 'block') return { width: columns, height: rows };
  if (tier === 'promoted') return { width: LARGE * columns + 2, height: LARGE * rows + 2 };
  return {
    width: Math.min(columnWidth(grid, blocks), rowOf(grid, tier, blocks).stride - BLOCK_GAP),
    height: namedHeight(grid),
  };
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
  const top = tier === 'named' ? Math.floor((namedHeight(grid) - LARGE * grid.rows) / 2) : 1;
  const left = tier === 'named' ? grid.pad : 1;
  let pitch = LARGE;
  while (pitch > 1 && roomAt(grid, pitch) < places) pitch -= 1;
  return { left, top, columns: Math.floor((LARGE * grid.columns) / pitch), pitch };
}

/** As many pods as a node may have for its tile to hold them all. */
export function mostPods(grid: Pick<TileGrid, 'columns' | 'rows'>): number {
  return roomAt(grid, 1);
}

function roomAt({ columns, rows }: Pick<TileGrid, 'columns' | 'rows'>, pitch: number): number {
  return Math.floor((LARGE * columns) / pitch) * Math.floor((LARGE * rows) / pitch);
}
