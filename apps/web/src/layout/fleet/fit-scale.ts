/** The size of a view, in CSS pixels. */
export interface ViewSize {
  readonly width: number;
  readonly height: number;
}

/** What is left free around the whole picture, in CSS pixels: the ring of what is selected at its edge. */
export const MARGIN = 6;
/** A picture that has room to spare is fitted no larger than this many CSS pixels a cell: a glyph of 18 px and its gap. */
export const ROOMY = 24;

/** The CSS pixels a cell at which a picture of so many cells is seen as a whole. */
export function fitScale(width: number, height: number, view: ViewSize): number {
  const [across, down] = [Math.max(1, view.width - 2 * MARGIN), Math.max(1, view.height - 2 * MARGIN)];
  return Math.min(ROOMY, across / Math.max(1, width), down / Math.max(1, height));
}

/** A first guess of `fitScale` for a picture of so many square cells of any shape. */
export function guessScale(cells: number, view: ViewSize): number {
  return Math.min(ROOMY, Math.sqrt((view.width * view.height) / Math.max(1, cells)));
}
