import type { Font, Measure } from '../layout/metrics.ts';

/**
 * A text in lines no wider than `room` pixels, broken after `at`; a part that is wider by itself is broken anywhere. Spaces
 * at the ends of lines are left out.
 */
export function wrapText(text: string, font: Font, room: number, measure: Measure, at: ' ' | '-'): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(at).map((word, index, all) => (index < all.length - 1 ? word + at : word))) {
    if (measure((line + part).trimEnd(), font) <= room) {
      line += part;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    line = part;
    while (line.length > 1 && measure(line.trimEnd(), font) > room) {
      let fits = line.length - 1;
      while (fits > 1 && measure(line.slice(0, fits), font) > room) fits -= 1;
      lines.push(line.slice(0, fits));
      line = line.slice(fits);
    }
  }
  if (line !== '') lines.push(line.trimEnd());
  return lines;
}
