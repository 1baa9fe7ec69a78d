import type { Box, Point } from '../../layout/box.ts';
import type { FleetPlan, FleetTile } from '../../layout/fleet/plan.ts';
import type { BoxIndex } from './box-index.ts';
import { eachPodWithin } from './pods-within.ts';
import { PROMOTED } from './promotion.ts';

/** What stands at a point: a pod (by slot) in its tile, a tile, or the heading of a group (tile and group by number). */
export type FleetHit =
  | { kind: 'pod'; slot: number; tile: number }
  | { kind: 'tile'; tile: number }
  | { kind: 'group'; group: number };

/** What is looked through. `marks` are codes by slot, as in `PodColumns`. */
export interface HitScene {
  readonly plan: FleetPlan;
  readonly tiles: BoxIndex;
  readonly groups: BoxIndex;
  readonly marks: Uint8Array;
}

/** Below this pitch (CSS pixels) a well pod of a node is too small to be meant: its node is. */
const MEANT = 5;
/** Half of a promoted mark, in CSS pixels. */
const REACH = 4.5;

/**
 * What stands at a point of the picture (in cells, with fractions) that is drawn at `scale` CSS pixels a cell. A promoted
 * pod is found wherever its mark is drawn, the nearest of several.
 */
export function hitTest(scene: HitScene, point: Point, scale: number): FleetHit | null {
  const promoted = promotedAt(scene, point, REACH / scale);
  if (promoted) return promoted;
  const number = scene.tiles.at(point.x, point.y);
  const tile = number === null ? undefined : scene.plan.tiles[number];
  if (number !== null && tile) {
    const slot = tile.node === null || tile.pitch * scale >= MEANT ? podAt(scene.plan, tile, point) : null;
    return slot === null ? { kind: 'tile', tile: number } : { kind: 'pod', slot, tile: number };
  }
  const group = scene.groups.at(point.x, point.y);
  const strip = group === null ? undefined : scene.plan.groups[group];
  return group !== null && strip && point.y < strip.box.y + strip.heading ? { kind: 'group', group } : null;
}

function promotedAt({ plan, tiles, marks }: HitScene, { x, y }: Point, reach: number): FleetHit | null {
  let least = Number.POSITIVE_INFINITY;
  let found: FleetHit | null = null;
  const around: Box = { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
  for (const number of tiles.within(around)) {
    const tile = plan.tiles[number];
    if (!tile) continue;
    eachPodWithin(tile, around, (slot) => {
      if (!PROMOTED[marks[slot] ?? 0]) return;
      const half = (plan.size[slot] ?? 0) / 2;
      const [aside, above] = [(plan.x[slot] ?? 0) + half - x, (plan.y[slot] ?? 0) + half - y];
      const away = Math.hypot(aside, above);
      if (half === 0 || Math.abs(aside) > reach || Math.abs(above) > reach || away >= least) return;
      least = away;
      found = { kind: 'pod', slot, tile: number };
    });
  }
  return found;
}

function podAt(plan: FleetPlan, tile: FleetTile, { x, y }: Point): number | null {
  let found: number | null = null;
  eachPodWithin(tile, { x, y, width: 1e-9, height: 1e-9 }, (slot) => {
    if (plan.size[slot]) found = slot;
  });
  return found;
}
