import type { BlockBox, Layout, Point } from '../layout/box.ts';
import { METRICS } from '../layout/metrics.ts';
import { roundedPath } from './edge-path.ts';

/** How far the ring of the selected place stands out. */
const RING = 4;

/**
 * The dotted line from a pod in its lane to its place on its node. It leaves the tile at its right, goes down between
 * tiles, past cards that stand below in the gap between columns, past nodes in the gap between those, and comes to the
 * place from above, between rows.
 */
export function runsOnPath(layout: Layout, uid: string): string | null {
  const { shelf } = layout;
  const node = shelf?.nodes.find((box) => box.pods.some((spot) => spot.uid === uid));
  const place = node?.pods.find((spot) => spot.uid === uid);
  const home = find(layout, uid);
  if (!shelf || !node || !place || !home) return null;
  const { block, cardBottom, spot } = home;
  const leave = { x: spot.x + spot.size, y: spot.y + Math.round(spot.size / 2) };
  const gutter = leave.x + Math.min(2, spot.size / 4);
  const channel = shelf.y - METRICS.shelfGap / 2;
  const firstRow = place.y === node.y + METRICS.nodeHead;
  const beside = { x: node.x - METRICS.shelfGap / 2, y: place.y - (firstRow ? RING + 2 : 1) };
  const above = place.x + Math.round(place.size / 2);
  const points: Point[] = [leave, { x: gutter, y: leave.y }];
  if (hasBelow(layout, block, cardBottom)) {
    const outside = block.x + block.width + METRICS.columnGap / 2;
    const turn = cardBottom + METRICS.gap / 2;
    points.push({ x: gutter, y: turn }, { x: outside, y: turn }, { x: outside, y: channel });
  } else {
    points.push({ x: gutter, y: channel });
  }
  points.push({ x: beside.x, y: channel }, beside, { x: above, y: beside.y });
  if (firstRow) points.push({ x: above, y: place.y - RING });
  return roundedPath(points);
}

function find(layout: Layout, uid: string) {
  for (const block of layout.blocks) {
    for (const card of block.workloads) {
      for (const lane of card.lanes) {
        const spot = lane.pods.find((pod) => pod.uid === uid);
        if (spot) return { block, cardBottom: card.y + card.height, spot };
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
