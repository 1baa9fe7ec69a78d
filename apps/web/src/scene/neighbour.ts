import type { Box } from '../layout/box.ts';

/** A mark that the keyboard can reach. */
export interface Target extends Box {
  key: string;
}

/** A direction of the arrow keys. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** How much worse it is to be off the line than to be far along it. */
const ASIDE = 2;

/**
 * The mark to which an arrow key leads: the nearest one whose middle lies that way, where being aside counts double.
 * Null at the edge of the picture.
 */
export function neighbour(targets: Iterable<Target>, from: Target, direction: Direction): Target | null {
  const sideways = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const start = middle(from);
  let best: Target | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const target of targets) {
    if (target.key === from.key) continue;
    const at = middle(target);
    const along = sign * (sideways ? at.x - start.x : at.y - start.y);
    const aside = Math.abs(sideways ? at.y - start.y : at.x - start.x);
    if (along <= 0.5 || aside > along * 3) continue;
    const cost = along + ASIDE * aside;
    if (cost >= least) continue;
    least = cost;
    best = target;
  }
  return best;
}

/** The first target, row by row, of those that are whole within an area; of all where none is. */
export function firstSeen(targets: readonly Target[], area: Box): Target | null {
  const whole = targets.filter(
    ({ x, y, width, height }) =>
      x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height,
  );
  let first: Target | null = null;
  for (const target of whole.length > 0 ? whole : targets) {
    if (!first || target.y < first.y || (target.y === first.y && target.x < first.x)) first = target;
  }
  return first;
}

function middle(box: Box): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
