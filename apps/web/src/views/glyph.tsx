import { createElement } from 'react';
import type { Drawing } from '../scene/drawing.ts';
import type { Glyph as Silhouette } from '../scene/glyph.ts';
import { SILHOUETTES } from '../scene/silhouettes.ts';
import { ICONS } from './icons.ts';

/** The name of a silhouette, of a kind's icon or of an icon of the page. */
export type GlyphName = Silhouette | keyof typeof ICONS;

const DRAWINGS: Record<GlyphName, Drawing> = { ...SILHOUETTES, ...ICONS };

/** One drawing in the colour of its surroundings. Without a `label` it is decoration: the text beside it says the same. */
export function Glyph({ name, className = 'size-4', label }: { name: GlyphName; className?: string; label?: string }) {
  const { size, strokes } = DRAWINGS[name];
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return createElement(
    'svg',
    { ...said, viewBox: `0 0 ${size} ${size}`, className: `inline-block flex-none ${className}` },
    ...strokes.map(({ tag, attributes }) => createElement(tag, attributes)),
  );
}
