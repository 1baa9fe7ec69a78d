import { type DraftBlock, moveBlock } from './block-layout.ts';
import type { BlockBox } from './box.ts';
import { BLOCK_WIDTH, METRICS } from './metrics.ts';
import { stack } from './stack.ts';

/** A draft with the place it had, or null for a new one. */
export interface Placing {
  draft: DraftBlock;
  previous: BlockBox | null;
}

/** A block and the draft that it was made from. */
export interface Placed {
  draft: DraftBlock;
  block: BlockBox;
}

/**
 * Gives every block a place in one of `columns` columns. Blocks that had a place keep it unless the one above has grown
 * into it. A new block takes the first free room between blocks of its columns that holds it: the first column for an
 * application that is open to the outside, the others for the rest. Else it goes below the last block of the shortest
 * of these, so long as the view (down to `limit`) has room there; else of the shortest column. One that comes to be
 * open to the outside goes to the first column if the view has room for it there. Services that lead to no pod stand at
 * the foot of the first column, just above `limit`. A picture that opens on nothing that is open to the outside, and on
 * more than the other columns hold, is read row by row through all columns.
 */
export function placeBlocks(placings: readonly Placing[], columns: number, limit: number): Placed[] {
  const stacks: Placing[][] = Array.from({ length: columns }, () => []);
  const newcomers: Placing[] = [];
  const opened: Placing[] = [];
  for (const placing of placings) {
    const { previous, draft } = placing;
    if (previous === null) newcomers.push(placing);
    else if (draft.block.entry && !previous.entry && previous.column > 0) opened.push(placing);
    else stacks[previous.column]?.push(placing);
  }
  const entries = stacks[0]?.sort(byTop) ?? [];
  for (const placing of opened) {
    if (extent(entries) + placing.draft.block.height <= limit) newcomers.push({ ...placing, previous: null });
    else stacks[placing.previous?.column ?? 0]?.push(placing);
  }
  for (const column of stacks) column.sort(byTop);
  const even = opensEven(stacks, newcomers, limit);
  for (const placing of newcomers) insert(stacks, placing, limit, even);
  return stacks.flatMap((column, index) => settle(column, index));
}

/** True when nothing stands yet, and the first column need not be kept for entries. */
function opensEven(stacks: readonly Placing[][], newcomers: readonly Placing[], limit: number): boolean {
  if (stacks.some((column) => column.length > 0) || newcomers.some(({ draft }) => draft.block.entry)) return false;
  const standing = newcomers.filter(({ draft }) => !draft.block.foot);
  const needed = standing.reduce((sum, { draft }) => sum + draft.reserve + METRICS.gap, 0);
  return needed > (stacks.length - 1) * (limit - METRICS.top);
}

function insert(stacks: Placing[][], placing: Placing, limit: number, even: boolean): void {
  const first = stacks[0];
  if (!first) return;
  const { draft } = placing;
  if (draft.block.foot) {
    const y = limit - METRICS.shelfGap - draft.block.height;
    const feet = first.filter((other) => other.draft.block.foot);
    const above = Math.min(y, ...feet.map((other) => topOf(other) - METRICS.gap - draft.block.height));
    first.splice(lastStanding(first) + 1, 0, { ...placing, previous: { ...draft.block, y: above } });
    return;
  }
  for (const column of preferredColumns(stacks, draft)) {
    const hole = findHole(column, draft);
    if (!hole) continue;
    column.splice(hole.index, 0, { ...placing, previous: { ...draft.block, y: hole.y } });
    return;
  }
  const column = even ? shortest(stacks) : chooseColumn(stacks, draft, limit);
  column.splice(lastStanding(column) + 1, 0, placing);
}

/** The index of the last block that is not one of the foot, or -1. */
function lastStanding(column: readonly Placing[]): number {
  return column.findLastIndex((other) => !other.draft.block.foot);
}

/** Room between two blocks, or above the first, that holds the draft with what it reserves. */
function findHole(column: readonly Placing[], draft: DraftBlock): { index: number; y: number } | null {
  let y: number = METRICS.top;
  for (const [index, other] of column.entries()) {
    if (other.previous === null || other.draft.block.foot) return null;
    if (y + draft.reserve + METRICS.gap <= other.previous.y) return { index, y };
    y = other.previous.y + other.draft.reserve + METRICS.gap;
  }
  return null;
}

/** Entries stand in the first column, the rest in the others. */
function preferredColumns(stacks: Placing[][], draft: DraftBlock): Placing[][] {
  return draft.block.entry || stacks.length === 1 ? stacks.slice(0, 1) : stacks.slice(1);
}

function chooseColumn(stacks: Placing[][], draft: DraftBlock, limit: number): Placing[] {
  const [first = []] = stacks;
  const fits = (column: readonly Placing[]) => extent(column) + draft.block.height <= limit;
  const preferred = preferredColumns(stacks, draft);
  const wanted = shortest(preferred);
  if (fits(wanted)) return wanted;
  const rest = shortest(stacks.filter((column) => !preferred.includes(column)).concat([first]));
  return fits(rest) ? rest : shortest(stacks);
}

function shortest(columns: Placing[][]): Placing[] {
  return columns.reduce((best, column) => (extent(column) < extent(best) ? column : best));
}

/** Where the next block of a column would begin. */
function extent(column: readonly Placing[]): number {
  const standing = column.filter((other) => !other.draft.block.foot);
  const tops = stack(standing.map(stackable), METRICS.top, METRICS.gap);
  const last = standing.at(-1);
  return last ? (tops.at(-1) ?? 0) + last.draft.reserve + METRICS.gap : METRICS.top;
}

function settle(column: readonly Placing[], index: number): Placed[] {
  const x = METRICS.margin + index * (BLOCK_WIDTH + METRICS.columnGap);
  const place = (placings: readonly Placing[], start: number): Placed[] => {
    const tops = stack(placings.map(stackable), start, METRICS.gap);
    return placings.map(({ draft }, at) => ({ draft, block: moveBlock(draft.block, index, x, tops[at] ?? start) }));
  };
  const standing = place(
    column.filter(({ draft }) => !draft.block.foot),
    METRICS.top,
  );
  // At the foot stand only services, so they need to keep clear of nothing but the services above.
  const services = standing.flatMap(({ block }) => block.services.map((box) => box.y + box.height + METRICS.gap));
  const feet = place(
    column.filter(({ draft }) => draft.block.foot),
    Math.max(METRICS.top, ...services),
  );
  return [...standing, ...feet];
}

function stackable({ draft, previous }: Placing) {
  return { previousY: previous?.y ?? null, height: draft.block.height, reserve: draft.reserve };
}

function byTop(a: Placing, b: Placing): number {
  return topOf(a) - topOf(b);
}

function topOf(placing: Placing): number {
  return placing.previous?.y ?? Infinity;
}
