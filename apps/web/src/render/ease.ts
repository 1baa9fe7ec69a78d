/** The easing of moves, `cubic-bezier(.2, 0, 0, 1)`: off at once, and long in coming to rest. */
export const easeMove = cubicBezier(0.2, 0, 0, 1);

/**
 * An easing as CSS Easing Functions Level 1 defines `cubic-bezier()`: x and y each run along a Bézier curve from 0 to 1;
 * the answer is y where x is the time.
 */
export function cubicBezier(x1: number, y1: number, x2: number, y2: number): (time: number) => number {
  const at = (a: number, b: number, t: number) => 3 * a * t * (1 - t) ** 2 + 3 * b * t * t * (1 - t) + t ** 3;
  return (time) => {
    if (time <= 0) return 0;
    if (time >= 1) return 1;
    let [low, high] = [0, 1];
    // x only ever grows with t, so halving finds it; 24 halvings are finer than a pixel of any move.
    for (let step = 0; step < 24; step += 1) {
      const t = (low + high) / 2;
      if (at(x1, x2, t) < time) low = t;
      else high = t;
    }
    return at(y1, y2, (low + high) / 2);
  };
}
