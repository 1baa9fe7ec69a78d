import { block, CAPS, type Drawing, disc, frame, ink, line, ROUND, ring, type Stroke, solid } from './drawing.ts';
import type { Glyph } from './glyph.ts';
import { KIND_ICONS } from './kind-icons.ts';

const on16 = (...strokes: readonly Stroke[]): Drawing => ({ size: 16, strokes });

const FRAME = frame([2.75, 2.75, 10.5, 10.5, 1.5], 1.5);
const DIAMOND = solid('M8 .6 15.4 8 8 15.4.6 8z');

/** Every silhouette of a state and every icon of a kind, as the design system draws them on 16 units. */
export const SILHOUETTES: Record<Glyph, Drawing> = {
  ready: on16(block([2, 2, 12, 12, 2])),
  notready: on16(FRAME, solid('M3 8h10v4a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z')),
  creating: on16(FRAME, block([5.75, 5.75, 4.5, 4.5, 0])),
  pending: on16(frame([2.75, 2.75, 10.5, 10.5, 1.5], 1.5, { strokeDasharray: '2.6 2.1' })),
  terminating: on16(FRAME, line('M3.4 12.6 12.6 3.4', 1.5)),
  fail: on16(DIAMOND, ink('M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2')),
  pull: on16(DIAMOND, ink('M8 4.4v5.4M5.7 7.8 8 10.1l2.3-2.3')),
  completed: on16(disc(8, 3.5)),
  unknown: on16(
    ring(8, 5.75, 1.5, { strokeDasharray: '2.5 2' }),
    line('M6.4 6.6a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.7.5-.7 1.1M8 11v.3', 1.3, CAPS),
  ),
  ok: on16(line('M3 8.6 6.4 12 13 4.6', 1.9, ROUND)),
  warn: on16(solid('M8 1.2 15.4 14.2H.6z'), ink('M8 6v3.9M8 11.9v.2')),
  cordon: on16(frame([1.75, 3.75, 12.5, 8.5, 1.5], 1.5), line('M4.5 8h7', 2)),
  paused: on16(line('M5.5 3.5v9M10.5 3.5v9', 2, CAPS)),
  ...KIND_ICONS,
};
