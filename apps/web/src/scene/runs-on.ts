import type { BlockBox, Layout, PodSpot, Point } from '../layout/box.ts';
import { METRICS } from '../layout/metrics.ts';
import { roundedPath } from './edge-path.ts';

/** The part of a card's head that holds no text, from x to x. */
export interface ClearSpan {
  from: number;
  to: number;
}

/** How far the ring of the selected place stands out. */
const RING = 4;

/**
 * The dotted line from a pod in its lane to its place on its node. It leaves the tile at its right, goes down between
 * tiles, past cards that stand below in the gap between columns, past nodes in the gap between those, and comes to the
 * place from above, between rows; straight through the head of the node's card where `clearOf` says there is no text.
 */
export function runsOnPath(
  layout: Layout,
  uid: string,
  clearOf: (nodeKey: string) => ClearSpan | null = () => null,
): string | null {
  const { shelf } = layout;
  const node = shelf?.nodes.find((box) => box.pods.some((spot) => spot.uid === uid));
  const place = node?.pods.find((spot) => spot.uid === uid);
  const home = find(layout, uid);
  if (!shelf || !node || !place || !home) return null;
  const { block, spot, turn } = home;
  const leave = { x: spot.x + spot.size, y: spot.y + Math.round(spot.size / 2) };
  const gutter = leave.x + Math.min(2, spot.size / 4);
  const channel = shelf.y - METRICS.shelfGap / 2;
  const firstRow = place.y === node.y + METRICS.nodeHead;
  const above = place.x + Math.round(place.size / 2);
  const points: Point[] = [leave, { x: gutter, y: leave.y }];
  const from = turn === null ? gutter : block.x + block.width + METRICS.columnGap / 2;
  if (turn !== null) points.push({ x: gutter, y: turn }, { x: from, y: turn });
  points.push({ x: from, y: channel });
  const clear = firstRow && node.place < shelf.perRow ? clearOf(node.key) : null;
  if (clear && above > clear.from && above < clear.to) {
    points.push({ x: above, y: channel }, { x: above, y: place.y - RING });
    return roundedPath(points);
  }
  const sides = [node.x - METRICS.shelfGap / 2, node.x + node.width + METRICS.shelfGap / 2] as const;
  const detour = (x: number) => Math.abs(x - from) + Math.abs(x - above);
  const beside = {
    x: detour(sides[1]) < detour(sides[0]) ? sides[1] : sides[0],
    y: place.y - (firstRow ? RING + 2 : 1),
  };
  points.push({ x: beside.x, y: channel }, beside, { x: above, y: beside.y });
  if (firstRow) points.push({ x: above, y: place.y - RING });
  return roundedPath(points);
}

/**
 * Where a pod stands in its lane, and the height at which a line down from it has to turn aside: below its lane, before
 * the next lane or card; null when nothing stands below.
 */
function find(layout: Layout, uid: string): { block: BlockBox; spot: PodSpot; turn: number | null } | null {
  for (const block of layout.blocks) {
    for (const card of block.workloads) {
      for (const lane of card.lanes) {
        const spot = lane.pods.find((pod) => pod.uid === uid);
        if (!spot) continue;
        const bottom = card.y + card.height;
        if (lane !== card.lanes.at(-1)) return { block, spot, turn: lane.y + lane.height + METRICS.laneGap / 2 };
        return { block, spot, turn: hasBelow(layout, block, bottom) ? bottom + METRICS.gap / 2 : null };
      }
    }
  }
  return null;
}

function hasBelow(layout: Layout, block: BlockBox, bottom: number): boolean {
  return layout.blocks
    .filter((other) => other.column === block.column)
    .some((other) => other.workloads.some((card) => card.y >= bottom));
}
