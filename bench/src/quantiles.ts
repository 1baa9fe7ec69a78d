/** The median, the 99th percentile (nearest rank) and the largest of some figures, in their own unit, to a hundredth. */
export interface Quantiles {
  p50: number;
  p99: number;
  max: number;
}

/** Throws a RangeError when there is nothing to rank. */
export function quantiles(figures: readonly number[]): Quantiles {
  if (figures.length === 0) throw new RangeError('quantiles of nothing');
  const sorted = figures.toSorted((a, b) => a - b);
  const rank = (q: number) => round(sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0);
  return { p50: rank(0.5), p99: rank(0.99), max: rank(1) };
}

/** To a hundredth. */
export function round(figure: number): number {
  return Math.round(figure * 100) / 100;
}
