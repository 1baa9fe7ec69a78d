/** One measured point. */
export interface Point {
  x: number;
  y: number;
}

/** The slope of a straight line through points, and its standard error, in units of y by units of x. */
export interface Slope {
  slope: number;
  error: number;
}

/**
 * The line through points by ordinary least squares. The standard error supposes that deviations are independent; it is
 * infinite for fewer than three points, of which nothing can be said.
 */
export function slopeOf(points: readonly Point[]): Slope {
  const n = points.length;
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, n);
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  if (spread === 0) return { slope: 0, error: Number.POSITIVE_INFINITY };
  const slope = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread;
  if (n < 3) return { slope, error: Number.POSITIVE_INFINITY };
  const rest = points.reduce((sum, point) => sum + (point.y - y - slope * (point.x - x)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / (n - 2) / spread) };
}

/** A series in a table: its beginning, its end, its slope by `per` (a unit of x) and the standard error of that. */
export function trendOf(points: readonly Point[], per: string): Record<string, number> {
  const { slope, error } = slopeOf(points);
  const ends = { begin: round(points[0]?.y ?? 0), end: round(points.at(-1)?.y ?? 0) };
  return { ...ends, [`slope ${per}`]: round(slope), 'its error': round(error) };
}

/** The median, the 99th percentile (nearest rank) and the largest of some figures, in their own unit, to a hundredth. */
export interface Quantiles {
  p50: number;
  p99: number;
  max: number;
}

/** Throws a RangeError when there is nothing to rank. */
export function quantiles(figures: readonly number[]): Quantiles {
  if (figures.length === 0) throw new RangeError('quantiles of nothing');
  const sorted = Float64Array.from(figures).sort();
  const rank = (q: number) => round(sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0);
  return { p50: rank(0.5), p99: rank(0.99), max: rank(1) };
}

/** To a hundredth. */
export function round(figure: number): number {
  return Math.round(figure * 100) / 100;
}
