import { type PodEntity, type PodMark, podTone } from '@portolan/shared';
import type { Measure } from '../../layout/metrics.ts';
import { textMaker } from '../fit-text.ts';
import { podSuffix } from '../pod-facts.ts';
import type { Part } from '../shape.ts';
import type { FleetTexts } from './fleet-texts.ts';

/** From this side on, in CSS pixels, a pod says its status; from the larger one on, all that is told of it. */
const STATUS_SIDE = 72;
const FACTS_SIDE = 128;
const PAD = 6;

/** What is drawn on the tile of a pod whose side is `side` CSS pixels, relative to its corner. */
export function nearPodParts(pod: PodEntity, mark: PodMark, side: number, texts: FleetTexts, measure: Measure): Part[] {
  const text = textMaker(measure);
  const tone = podTone(mark);
  const ink = `${tone}-t` as const;
  const suffix = podSuffix(pod);
  if (side < FACTS_SIDE) {
    const room = side - 4;
    const glyph = Math.min(24, Math.max(16, Math.round(side * 0.4)));
    const lines = side < STATUS_SIDE ? 1 : 2;
    const top = Math.round((side - glyph - lines * 14 - 2) / 2);
    const middle = { x: side / 2, anchor: 'middle', room } as const;
    const parts: Part[] = [
      { type: 'glyph', key: 'mark', x: Math.round((side - glyph) / 2), y: top, size: glyph, glyph: mark, ink: tone },
      text('name', suffix, { ...middle, y: top + glyph + 13, font: 'chip' }),
    ];
    if (lines === 2) parts.push(text('status', pod.status, { ...middle, y: top + glyph + 27, font: 'small', ink }));
    return parts;
  }
  const room = side - 2 * PAD;
  const lines: [string, string, 'small' | 'chip'][] = [
    ['ready', texts.readyOf(...pod.ready), 'small'],
    ['restarts', texts.restarts(pod.restarts), 'small'],
    ['node', pod.node ?? texts.noNode, 'small'],
    ['namespace', pod.namespace, 'small'],
    ...pod.images.map((image, at): [string, string, 'chip'] => [`image ${at}`, shortImage(image), 'chip']),
  ];
  const shown = lines.slice(0, Math.max(0, Math.floor((side - 46 - PAD) / 15)));
  return [
    { type: 'glyph', key: 'mark', x: PAD, y: PAD, size: 16, glyph: mark, ink: tone },
    text('name', suffix, { x: PAD + 20, y: PAD + 12, font: 'strong', room: room - 20 }),
    text('status', pod.status, { x: PAD, y: PAD + 32, font: 'meta', ink, room }),
    ...shown.map(([key, words, font], at) => text(key, words, { x: PAD, y: 53 + at * 15, font, ink: 't2', room })),
  ];
}

/** An image without its registry and path: what comes after the last slash. */
function shortImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}
