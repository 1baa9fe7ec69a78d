import type { MarkShape, Scene } from '../scene/shape.ts';

/** How many changes one frame may show: above `move` nothing moves and the picture fades once, above `fade` not even that. */
export const LIMITS = { move: 60, fade: 500 } as const;

/** How many marks and cards came, went, moved or changed their silhouette from one scene to the next. */
export function countChanges(before: Scene, after: Scene): number {
  const cards = differences([...before.cards, ...before.nodes], [...after.cards, ...after.nodes], samePlace);
  const pods = differences(before.pods, after.pods, sameMark);
  return cards + pods;
}

interface Placed {
  key: string;
  x: number;
  y: number;
}

function differences<S extends Placed>(before: S[], after: S[], same: (a: S, b: S) => boolean): number {
  const known = new Map(before.map((shape) => [shape.key, shape]));
  let count = 0;
  for (const shape of after) {
    const old = known.get(shape.key);
    if (!old || !same(old, shape)) count += 1;
    known.delete(shape.key);
  }
  return count + known.size;
}

function samePlace(a: Placed, b: Placed): boolean {
  return a.x === b.x && a.y === b.y;
}

function sameMark(a: MarkShape, b: MarkShape): boolean {
  return samePlace(a, b) && a.glyph === b.glyph && a.density === b.density;
}
