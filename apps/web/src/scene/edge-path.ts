import type { Point } from '../layout/box.ts';

/** The radius of a line's corners. */
const CORNER = 8;

/**
 * SVG path data of a line through points, each straight above or beside the one before it, with rounded corners. Lines
 * through equally many points have the same commands.
 */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x},${first.y}`;
  let before = first;
  for (const [index, corner] of rest.entries()) {
    const after = rest[index + 1];
    if (!after) {
      path += `L${corner.x},${corner.y}`;
      break;
    }
    const radius = Math.min(CORNER, distance(before, corner) / 2, distance(corner, after) / 2);
    const enter = towards(corner, before, radius);
    const leave = towards(corner, after, radius);
    path += `L${enter.x},${enter.y}Q${corner.x},${corner.y},${leave.x},${leave.y}`;
    before = corner;
  }
  return path;
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}
