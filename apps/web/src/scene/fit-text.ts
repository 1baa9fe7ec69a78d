import type { Font, Measure } from '../layout/metrics.ts';
import type { Ink, TextPart } from './shape.ts';

/** The longest beginning of a text that, with an ellipsis, is no wider than `room` pixels; the text itself if it fits. */
export function fitText(text: string, font: Font, room: number, measure: Measure): string {
  if (measure(text, font) <= room) return text;
  let [fits, over] = [0, text.length];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (measure(`${text.slice(0, middle)}…`, font) <= room) fits = middle;
    else over = middle;
  }
  return `${text.slice(0, fits)}…`;
}

/** Where and how a line of text stands; see `TextPart`. */
export interface TextSpec {
  x: number;
  y: number;
  font?: Font;
  ink?: Ink;
  anchor?: TextPart['anchor'];
  /** The width that it may take; without one it is never shortened. */
  room?: number;
}

/** Makes lines of text that know their measure. */
export function textMaker(measure: Measure): (key: string, text: string, spec: TextSpec) => TextPart {
  return (key, text, { x, y, font = 'meta', ink = 't1', anchor = 'start', room }) => {
    const shown = room === undefined ? text : fitText(text, font, room, measure);
    return { type: 'text', key, x, y, text: shown, full: shown === text ? null : text, font, ink, anchor };
  };
}
