import type { Box } from '../../layout/box.ts';
import type { FleetTile } from '../../layout/fleet/plan.ts';

/** Places of a tile's grid, row by row: from row `top` before `bottom`, in each from column `left` before `right`. */
export interface GridRange {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The places of a tile's grid that reach into an area; null if none do. */
export function placesWithin(tile: FleetTile, area: Box): GridRange | null {
  const { columns, pitch } = tile;
  const rows = Math.ceil(tile.pods.length / columns);
  const left = Math.max(0, Math.floor((area.x - tile.left) / pitch));
  const right = Math.min(columns, Math.ceil((area.x + area.width - tile.left) / pitch));
  const top = Math.max(0, Math.floor((area.y - tile.top) / pitch));
  const bottom = Math.min(rows, Math.ceil((area.y + area.height - tile.top) / pitch));
  return left < right && top < bottom ? { left, right, top, bottom } : null;
}

/** Calls back for every pod of a tile that reaches into an area, in the tile's order. */
export function eachPodWithin(tile: FleetTile, area: Box, visit: (slot: number) => void): void {
  const range = placesWithin(tile, area);
  if (!range) return;
  for (let row = range.top; row < range.bottom; row += 1) {
    const end = Math.min(tile.pods.length, row * tile.columns + range.right);
    for (let place = row * tile.columns + range.left; place < end; place += 1) {
      const slot = tile.pods[place] ?? -1;
      if (slot >= 0) visit(slot);
    }
  }
}
