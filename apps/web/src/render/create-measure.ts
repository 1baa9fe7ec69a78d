import { FONTS, type Font, type Measure } from '../layout/metrics.ts';

/** More different texts than any namespace shows; above it the memory is emptied. */
const MOST = 20_000;

/** Measures texts with a canvas of the document, remembering what it has measured. */
export function createMeasure(document: Document): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const known = new Map<string, number>();
  return (text, font) => {
    if (!context) return estimateWidth(text, font);
    const key = `${font} ${text}`;
    const width = known.get(key);
    if (width !== undefined) return width;
    context.font = FONTS[font];
    const measured = context.measureText(text).width;
    if (known.size >= MOST) known.clear();
    known.set(key, measured);
    return measured;
  };
}

/** About how wide a text is, for where nothing can measure: by the font's size and an average letter. */
export const estimateWidth: Measure = (text: string, font: Font) => {
  const size = Number(/(\d+)px/.exec(FONTS[font])?.[1] ?? 12);
  const monospaced = font === 'mono' || font === 'chip';
  return [...text].reduce((width, letter) => width + size * (letter > '\u2e80' ? 1 : monospaced ? 0.602 : 0.52), 0);
};
