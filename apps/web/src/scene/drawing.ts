/** One element of a drawing: its tag, and SVG's attributes by the names that the DOM has for them (`strokeWidth`). */
export interface Stroke {
  tag: 'rect' | 'path' | 'circle';
  attributes: Readonly<Record<string, string | number>>;
}

/** A drawing in a square of `size` units, in the colour of its surroundings. */
export interface Drawing {
  size: number;
  strokes: readonly Stroke[];
}

/** What a line may say beyond its width: its ends, its corners, its dashes. */
export interface LineStyle {
  strokeLinecap?: 'round';
  strokeLinejoin?: 'round';
  strokeDasharray?: string;
  opacity?: number;
}

/** Round ends. */
export const CAPS = { strokeLinecap: 'round' } as const satisfies LineStyle;
/** Round ends and round corners. */
export const ROUND = { strokeLinecap: 'round', strokeLinejoin: 'round' } as const satisfies LineStyle;

const outline = (strokeWidth: number, style: LineStyle) => ({
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth,
  ...style,
});

/** A line along SVG path data. */
export function line(d: string, width: number, style: LineStyle = {}): Stroke {
  return { tag: 'path', attributes: { d, ...outline(width, style) } };
}

/** A filled path. */
export function solid(d: string): Stroke {
  return { tag: 'path', attributes: { d, fill: 'currentColor' } };
}

/** A round line in the colour of the ground, to write on a filled shape. */
export function ink(d: string): Stroke {
  return { tag: 'path', attributes: { d, ...outline(1.6, ROUND), stroke: 'var(--glyph-ink)' } };
}

/** A place on the grid and a size, with round corners of `rx`. */
export type Rectangle = readonly [x: number, y: number, width: number, height: number, rx: number];

/** The outline of a rectangle. */
export function frame([x, y, width, height, rx]: Rectangle, strokeWidth: number, style: LineStyle = {}): Stroke {
  return { tag: 'rect', attributes: { x, y, width, height, rx, ...outline(strokeWidth, style) } };
}

/** A filled rectangle. */
export function block([x, y, width, height, rx]: Rectangle): Stroke {
  return { tag: 'rect', attributes: { x, y, width, height, rx, fill: 'currentColor' } };
}

/** The outline of a circle around (`c`, `c`). */
export function ring(c: number, r: number, strokeWidth: number, style: LineStyle = {}): Stroke {
  return { tag: 'circle', attributes: { cx: c, cy: c, r, ...outline(strokeWidth, style) } };
}

/** A filled circle around (`c`, `c`). */
export function disc(c: number, r: number): Stroke {
  return { tag: 'circle', attributes: { cx: c, cy: c, r, fill: 'currentColor' } };
}
