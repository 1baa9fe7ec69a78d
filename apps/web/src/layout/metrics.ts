/** The measures of the picture in pixels, all on the design system's grid. */
export const METRICS = {
  /** Left and right of everything. */
  margin: 24,
  /** Above the first card. */
  top: 8,
  /** Between cards, one below the other. */
  gap: 16,
  /** Between columns of blocks. */
  columnGap: 32,
  serviceWidth: 192,
  /** Between a service and its workload, where the lines run. */
  gutter: 48,
  workloadWidth: 304,
  pad: 16,
  /** From a workload card's top to its first lane. */
  workloadHead: 64,
  lanePad: 8,
  laneGap: 4,
  /** From a lane's top to its marks: below one line of text, or two where marks are small. */
  laneHeadTile: 32,
  laneHeadDense: 52,
  chipHeight: 20,
  chipGap: 4,
  chipRows: 4,
  shelfHead: 24,
  /** Between the last card and the shelf, and between node cards. */
  shelfGap: 24,
  shelfRows: 2,
  nodeHeight: 108,
  nodeHead: 38,
  nodeRowGap: 12,
} as const;

/** The width of a block: service, gutter, workload. */
export const BLOCK_WIDTH = METRICS.serviceWidth + METRICS.gutter + METRICS.workloadWidth;

/** The fonts of the picture, as CSS shorthands: a canvas measures with them, `chart.css` draws with the same. */
const SANS = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';
const MONO = '"SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace';
export const FONTS = {
  title: `600 15px ${SANS}`,
  body: `400 13px ${SANS}`,
  strong: `600 13px ${SANS}`,
  meta: `400 12px ${SANS}`,
  lane: `600 12px ${SANS}`,
  small: `400 11px ${SANS}`,
  big: `600 20px ${SANS}`,
  mono: `400 12px ${MONO}`,
  chip: `400 11px ${MONO}`,
} as const;
export type Font = keyof typeof FONTS;

/** The width of a text in pixels, set in one of the picture's fonts. */
export type Measure = (text: string, font: Font) => number;
