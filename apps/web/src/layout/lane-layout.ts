import type { PodEntity } from '@portolan/shared';
import type { LaneModel } from './applications.ts';
import type { LaneBox, PodSpot, Spot } from './box.ts';
import { chooseDensity, type DensityRow, densityRow } from './density.ts';
import { METRICS } from './metrics.ts';
import { assignSlots, closeSurplusRows, freeSlots } from './slots.ts';

const WIDTH = METRICS.workloadWidth - 2 * METRICS.lanePad;
/** What stands at the right of tiles: the revision, its count, where it is going. */
const TAG_WIDTH = 72;
/** One line of counts, where pods are only counted. */
const COUNT_HEIGHT = 24;
const COUNT_LINES = 5;

/**
 * A lane with its top left corner at (x, y). Pods keep their slot; newcomers take the first free one; who leaves keeps
 * the slot empty until it is taken again. Only when whole rows are no longer needed do the pods in those rows, and no
 * others, move to the first free slots. A change of density lays the whole lane anew.
 */
export function layoutLane(model: LaneModel, previous: LaneBox | undefined, x: number, y: number): LaneBox {
  const members = model.pods.map((pod) => pod.uid).sort();
  const density = chooseDensity(members.length + model.toCome, previous?.density ?? null);
  const row = densityRow(density);
  const common = { key: model.key, replicaSet: model.replicaSet?.uid ?? null, x, y, width: WIDTH, density, members };
  if (density === 'counts') {
    const height = METRICS.laneHeadDense + COUNT_LINES * COUNT_HEIGHT + METRICS.lanePad;
    return { ...common, height, pods: [], toCome: [] };
  }
  const perRow = marksPerRow(row);
  const before = previous?.density === density ? new Map(previous.pods.map((spot) => [spot.uid, spot.slot])) : NONE;
  const slots = assignSlots(
    firstOrder(model.pods, row).map((pod) => pod.uid),
    before,
  );
  const wanted = slots.size + model.toCome;
  closeSurplusRows(slots, wanted, perRow);
  const free = freeSlots(new Set(slots.values()));
  const toCome = Array.from({ length: model.toCome }, () => spotAt(free(), row, perRow, x, y));
  const pods = [...slots]
    .sort((a, b) => a[1] - b[1])
    .map(([uid, slot]): PodSpot => ({ uid, ...spotAt(slot, row, perRow, x, y) }));
  const last = Math.max(0, ...pods.map((spot) => spot.slot), ...toCome.map((spot) => spot.slot));
  const rows = Math.floor(last / perRow) + 1;
  const foot = density === 'tile' ? 4 : METRICS.lanePad;
  return { ...common, height: headOf(row) + rows * row.stepY + foot, pods, toCome };
}

const NONE: ReadonlyMap<string, number> = new Map();

/** The lane as it would stand with its top at another y. */
export function moveLane(lane: LaneBox, y: number): LaneBox {
  const dy = y - lane.y;
  if (dy === 0) return lane;
  const down = <S extends Spot>(spot: S): S => ({ ...spot, y: spot.y + dy });
  return { ...lane, y, pods: lane.pods.map(down), toCome: lane.toCome.map(down) };
}

/** Where lines end at a lane: the middle of its first row of marks. */
export function socketOf(lane: LaneBox): { x: number; y: number } {
  const row = densityRow(lane.density);
  return { x: lane.x, y: lane.y + headOf(row) + Math.max(row.size, 18) / 2 };
}

function headOf(row: DensityRow): number {
  return row.density === 'tile' ? METRICS.laneHeadTile : METRICS.laneHeadDense;
}

function marksPerRow(row: DensityRow): number {
  const room = WIDTH - 2 * METRICS.lanePad - (row.density === 'tile' ? TAG_WIDTH - METRICS.lanePad : 0);
  return Math.floor((room + row.stepX - row.size) / row.stepX);
}

function spotAt(slot: number, row: DensityRow, perRow: number, x: number, y: number): Spot {
  const inset = row.density === 'tile' ? METRICS.lanePad : METRICS.lanePad + 4;
  return {
    slot,
    x: x + inset + (slot % perRow) * row.stepX,
    y: y + headOf(row) + Math.floor(slot / perRow) * row.stepY,
    size: row.size,
  };
}

/** The order in which pods that are all new take their places: by age, and where marks are small by node. */
function firstOrder(pods: readonly PodEntity[], row: DensityRow): PodEntity[] {
  const byNode = row.density === 'small' || row.density === 'cell';
  return pods.toSorted(
    (a, b) =>
      (byNode ? compare(a.node ?? '', b.node ?? '') : a.created - b.created) ||
      ordinal(a) - ordinal(b) ||
      compare(a.name, b.name),
  );
}

/** The ordinal of a StatefulSet's pod, so that `web-10` comes after `web-9`; 0 for others. */
function ordinal(pod: PodEntity): number {
  return pod.owner?.kind === 'StatefulSet' ? Number(/\d+$/.exec(pod.name)?.[0] ?? 0) : 0;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
