import type { PodEntity, PodMark } from '@portolan/shared';
import type { Box } from '../../layout/box.ts';
import { POD_MARK_CODES } from '../../layout/fleet/plan.ts';
import { podSuffix } from '../pod-facts.ts';
import type { FleetState } from './fleet-state.ts';
import { BUTTON_PITCH } from './level.ts';
import { eachPodWithin } from './pods-within.ts';
import { DIMMED, isDimmed } from './promotion.ts';
import { slotBox } from './where.ts';

/** A pod that is near enough to be a button. `box` is in cells. */
export interface NearPod {
  key: string;
  uid: string;
  slot: number;
  pod: PodEntity;
  /** The part of its name that tells it from its siblings. */
  suffix: string;
  mark: PodMark;
  box: Box;
  dimmed: boolean;
}

/** More buttons than a screen holds; what is beyond is not drawn. */
const MOST = 2_000;

/** The pods within an area of the picture (in cells) that are buttons at this scale. */
export function nearPods(state: FleetState, area: Box, scale: number): NearPod[] {
  const found: NearPod[] = [];
  const { plan, pods, codes } = state;
  for (const number of state.tiles.within(area)) {
    const tile = plan.tiles[number];
    if (!tile || tile.pitch * scale < BUTTON_PITCH) continue;
    eachPodWithin(tile, area, (slot) => {
      const pod = pods.entities[slot];
      const box = slotBox(plan, slot);
      if (!pod || !box || box.width * scale < BUTTON_PITCH || found.length >= MOST) return;
      const code = codes[slot] ?? 0;
      const mark = POD_MARK_CODES[code % DIMMED] ?? 'unknown';
      found.push({ key: pod.uid, uid: pod.uid, slot, pod, suffix: podSuffix(pod), mark, box, dimmed: isDimmed(code) });
    });
  }
  return found;
}
