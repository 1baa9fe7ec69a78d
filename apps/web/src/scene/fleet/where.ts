import type { Box } from '../../layout/box.ts';
import type { FleetPlan, FleetTile } from '../../layout/fleet/plan.ts';
import type { FleetHit } from './hit.ts';

/** Where a pod stands, in cells; null for a slot that is not drawn. */
export function slotBox({ x, y, size }: Pick<FleetPlan, 'x' | 'y' | 'size'>, slot: number): Box | null {
  const side = size[slot] ?? 0;
  return side === 0 ? null : { x: x[slot] ?? 0, y: y[slot] ?? 0, width: side, height: side };
}

/** The tile of that key, or null. */
export function tileOfKey({ tiles }: FleetPlan, key: string): FleetTile | null {
  return tiles.find((tile) => tile.key === key) ?? null;
}

/** Where the tile or else the group of that key stands, or null. */
export function boxOfKey(plan: FleetPlan, key: string): Box | null {
  return tileOfKey(plan, key)?.box ?? plan.groups.find((group) => group.key === key)?.box ?? null;
}

/** Where what was hit stands; a group has no box of its own. */
export function hitBox(plan: FleetPlan, hit: FleetHit): Box | null {
  if (hit.kind === 'pod') return slotBox(plan, hit.slot);
  return hit.kind === 'tile' ? (plan.tiles[hit.tile]?.box ?? null) : null;
}
