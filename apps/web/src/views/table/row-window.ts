/** How high a row is, and the heading, in CSS pixels. A hundred and fifty thousand rows are 4.2 million, of the 33 that browsers lay out. */
export const ROW = 28;
export const HEAD = 32;

/** Rows drawn above and below those in view, so that a small scroll shows no gap before the next frame. */
const SPARE = 12;
/** The window moves by as many rows at once, lest each pixel draw anew. */
const MOVE = 4;

/** A stretch of rows: from one index up to before another. */
export interface Stretch {
  from: number;
  to: number;
}

/** The rows to draw where `top` pixels of them are scrolled away and `height` are in view. */
export function windowAt(top: number, height: number, count: number): Stretch {
  const inView = Math.ceil(height / ROW) + MOVE;
  const last = Math.max(0, count - inView);
  const first = Math.min(Math.floor(Math.max(0, top) / ROW / MOVE) * MOVE, last);
  return { from: Math.max(0, first - SPARE), to: Math.min(count, first + inView + SPARE) };
}

/** Where to scroll to, at `top` with `height` pixels in view, so that a row is seen whole with the least movement. */
export function reveal(index: number, top: number, height: number): number {
  const begin = index * ROW;
  if (begin < top) return begin;
  return Math.max(top, begin + ROW - height);
}

/**
 * The row that a key leads to from the active one (null when there is none yet: then it begins at the first in view);
 * null for a key that leads nowhere. `page` is the number of rows in view.
 */
export function rowByKey(
  key: string,
  active: number | null,
  { count, page, first }: { count: number; page: number; first: number },
): number | null {
  const from = active ?? first;
  const to = {
    ArrowDown: active === null ? from : from + 1,
    ArrowUp: active === null ? from : from - 1,
    PageDown: from + Math.max(1, page - 1),
    PageUp: from - Math.max(1, page - 1),
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to));
}
