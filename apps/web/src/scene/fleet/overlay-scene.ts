import type { Box } from '../../layout/box.ts';
import type { Size } from '../camera.ts';
import { seenBox } from './fleet-camera.ts';
import {
  type FleetBar,
  type FleetLabel,
  type FleetSign,
  headingLabels,
  type LabelContext,
  tileLabels,
} from './fleet-labels.ts';
import type { FleetState } from './fleet-state.ts';

/** A frame around something; boxes are in CSS pixels of the view. */
export interface OverlayRing {
  box: Box;
  kind: 'hover' | 'selected' | 'focus';
}

/** What stands above the pods. */
export interface OverlayScene {
  labels: readonly FleetLabel[];
  signs: readonly FleetSign[];
  bars: readonly FleetBar[];
  rings: readonly OverlayRing[];
}

/** Nothing at all. */
export const NO_OVERLAY: OverlayScene = { labels: [], signs: [], bars: [], rings: [] };

/** Below this scale (CSS pixels a cell) tiles of well nodes have no names, and the arrow keys pass them by. */
export const NAMED_SCALE = 10;

/** The headings, names, signs and bars that are seen in the view. */
export function overlayLabels(state: FleetState, context: LabelContext, view: Size): Omit<OverlayScene, 'rings'> {
  const area = seenBox(context.camera, view);
  const labels = state.groups.within(area).flatMap((number) => {
    const group = state.plan.groups[number];
    return group ? headingLabels(group, context) : [];
  });
  const signs: FleetSign[] = [];
  const bars: FleetBar[] = [];
  for (const number of state.tiles.within(area)) {
    const tile = state.plan.tiles[number];
    if (!tile || (tile.tier !== 'named' && context.camera.scale < NAMED_SCALE)) continue;
    const drawn = tileLabels(tile, context);
    for (const label of drawn.labels) labels.push(label);
    if (drawn.sign) signs.push(drawn.sign);
    for (const bar of drawn.bars) bars.push(bar);
  }
  return { labels, signs, bars };
}

/** The ring around a box: one around a pod that is drawn larger than its place goes around its mark. */
export function ringAround(box: Box, kind: OverlayRing['kind']): OverlayRing {
  const grow = Math.max(0, (LEAST - Math.min(box.width, box.height)) / 2);
  const ring = { x: box.x - grow, y: box.y - grow, width: box.width + 2 * grow, height: box.height + 2 * grow };
  return { box: ring, kind };
}

/** The side of a promoted mark, in CSS pixels. */
const LEAST = 8;
