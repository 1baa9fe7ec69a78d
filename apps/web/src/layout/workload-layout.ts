import type { WorkloadModel } from './applications.ts';
import type { WorkloadBox } from './box.ts';
import { layoutLane, moveLane } from './lane-layout.ts';
import { METRICS } from './metrics.ts';

/** A workload's card with its top left corner at (x, y). */
export function layoutWorkload(
  model: WorkloadModel,
  previous: WorkloadBox | undefined,
  x: number,
  y: number,
): WorkloadBox {
  const before = new Map(previous?.lanes.map((lane) => [lane.key, lane]));
  let top = y + METRICS.workloadHead;
  const lanes = model.lanes.map((lane) => {
    const box = layoutLane(lane, before.get(lane.key), x + METRICS.lanePad, top);
    top = box.y + box.height + METRICS.laneGap;
    return box;
  });
  return {
    key: model.key,
    uid: model.entity?.uid ?? null,
    kind: model.kind,
    name: model.name,
    older: model.older,
    lanes,
    x,
    y,
    width: METRICS.workloadWidth,
    height: top - METRICS.laneGap + METRICS.lanePad - y,
  };
}

/** The card as it would stand with its top at another y. */
export function moveWorkload(box: WorkloadBox, y: number): WorkloadBox {
  const dy = y - box.y;
  return dy === 0 ? box : { ...box, y, lanes: box.lanes.map((lane) => moveLane(lane, lane.y + dy)) };
}

/** The height that the card would have in a rollout: a Deployment needs a second lane like its tallest. */
export function reserveOf(box: WorkloadBox): number {
  if (box.kind !== 'Deployment' || box.lanes.length > 1) return box.height;
  return box.height + METRICS.laneGap + Math.max(...box.lanes.map((lane) => lane.height));
}
