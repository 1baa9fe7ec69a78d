import type { Selection } from 'd3-selection';
import type { Glyph } from '../scene/glyph.ts';
import { SILHOUETTES } from '../scene/silhouettes.ts';

/** What refers to a silhouette within the page. */
export function glyphHref(glyph: Glyph): string {
  return `#chart-${glyph}`;
}

/** Puts every silhouette into a `defs`, to be used by `glyphHref`. */
export function defineGlyphs(defs: Selection<SVGDefsElement, unknown, null, undefined>): void {
  for (const [glyph, { size, strokes }] of Object.entries(SILHOUETTES)) {
    const symbol = defs.append('symbol').attr('id', `chart-${glyph}`).attr('viewBox', `0 0 ${size} ${size}`);
    for (const { tag, attributes } of strokes) {
      const element = symbol.append(tag);
      for (const [name, value] of Object.entries(attributes)) element.attr(hyphenated(name), value);
    }
  }
}

/** `strokeWidth` as it is written in SVG: `stroke-width`. */
function hyphenated(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
