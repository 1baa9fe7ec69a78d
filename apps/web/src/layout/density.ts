/** How pods are drawn, by how many there are; the design system's table of density. */
export type Density = 'tile' | 'glyph' | 'small' | 'cell' | 'counts';

/** One level of density: the mark's size and the distance from one to the next, in pixels. */
export interface DensityRow {
  density: Density;
  /** The most marks drawn so. */
  upTo: number;
  size: number;
  stepX: number;
  stepY: number;
}

/** The levels, coarsest marks first. */
export const DENSITIES: readonly DensityRow[] = [
  { density: 'tile', upTo: 8, size: 48, stepX: 52, stepY: 84 },
  { density: 'glyph', upTo: 80, size: 18, stepX: 24, stepY: 24 },
  { density: 'small', upTo: 500, size: 8, stepX: 10, stepY: 10 },
  { density: 'cell', upTo: 3000, size: 3, stepX: 4, stepY: 4 },
  { density: 'counts', upTo: Number.POSITIVE_INFINITY, size: 0, stepX: 0, stepY: 0 },
];

/** A grid grows coarser again only when it is this much emptier than the level's limit, lest it flicker at the limit. */
const SLACK = 0.75;

/** The row of a density. */
export function densityRow(density: Density): DensityRow {
  const row = DENSITIES.find((candidate) => candidate.density === density);
  if (!row) throw new Error(`no density ${density}`);
  return row;
}

/**
 * The level for so many marks. With a previous level it changes to a coarser one only once the marks fill no more than
 * three quarters of that one.
 */
export function chooseDensity(count: number, previous: Density | null): Density {
  for (const { density, upTo } of DENSITIES) {
    if (count > upTo) continue;
    if (previous === null || density === previous) return density;
    const finer = DENSITIES.findIndex((row) => row.density === previous);
    const coarser = DENSITIES.findIndex((row) => row.density === density);
    if (coarser > finer || count <= upTo * SLACK) return density;
    return coarser + 1 >= finer ? previous : (DENSITIES[coarser + 1]?.density ?? previous);
  }
  return 'counts';
}
