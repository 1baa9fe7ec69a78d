import type { Column } from './column.ts';
import { columnHeight } from './column.ts';
import { COLUMN_GAP } from './fit-columns.ts';
import type { Tier } from './plan.ts';
import { columnWidth, type TileGrid } from './tile-grid.ts';

/** Columns side by side, on one shelf or several; what became higher pushes the shelves below, and never comes back. */
export class Shelves {
  #shelves: number[][] = [];
  width = 0;
  /** The foot of the lowest shelf. */
  bottom = 0;

  reset(shelves: number[][]): void {
    this.#shelves = shelves;
    this.width = 0;
    this.bottom = 0;
  }

  /** Puts a newcomer at the end, on a shelf of its own if there is no room. */
  append(at: number, columns: readonly Column[], grid: TileGrid): void {
    const last = this.#shelves.at(-1);
    const taken = (last ?? []).reduce((sum, each) => sum + COLUMN_GAP + columnWidth(grid, blocksOf(columns, each)), 0);
    if (last !== undefined && taken + columnWidth(grid, blocksOf(columns, at)) <= this.width) last.push(at);
    else this.#shelves.push([at]);
  }

  /** Measures all anew; answers the columns that moved. */
  flow(columns: readonly Column[], grid: TileGrid, home: Tier): number[] {
    const moved: number[] = [];
    let y = 0;
    for (const shelf of this.#shelves) {
      let [x, height] = [0, 0];
      for (const at of shelf) {
        const column = columns[at];
        if (column === undefined) continue;
        if (column.x !== x || column.y !== y) moved.push(at);
        Object.assign(column, { x, y, width: columnWidth(grid, column.blocks) });
        const shape = { blocks: column.blocks, home };
        column.height = Math.max(column.height, columnHeight(grid, shape, column.rows, column.homes.items.length));
        x += column.width + COLUMN_GAP;
        height = Math.max(height, column.height);
      }
      this.width = Math.max(this.width, x - COLUMN_GAP);
      y += height + COLUMN_GAP;
    }
    this.bottom = Math.max(0, y - COLUMN_GAP);
    return moved;
  }
}

function blocksOf(columns: readonly Column[], at: number): number {
  return columns[at]?.blocks ?? 1;
}
