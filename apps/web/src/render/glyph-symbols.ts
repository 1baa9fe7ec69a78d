import type { Selection } from 'd3-selection';
import type { Glyph } from '../scene/glyph.ts';

/** One element of a silhouette: its tag and attributes. `paint` says what it is drawn with. */
interface Stroke {
  tag: 'rect' | 'path' | 'circle';
  /** `fill` and `line` take the mark's colour; `ink` draws in the ground's colour on top of a filled silhouette. */
  paint: 'fill' | 'line' | 'ink';
  attributes: Record<string, string | number>;
}

const path = (paint: Stroke['paint'], d: string, width = 1.5): Stroke => ({
  tag: 'path',
  paint,
  attributes: paint === 'fill' ? { d } : { d, 'stroke-width': width },
});
const rect = (paint: Stroke['paint'], x: number, y: number, width: number, height: number, rx: number, dash?: string) =>
  ({
    tag: 'rect',
    paint,
    attributes: { x, y, width, height, rx, 'stroke-width': 1.5, ...(dash ? { 'stroke-dasharray': dash } : {}) },
  }) satisfies Stroke;
const circle = (paint: Stroke['paint'], r: number, width: number, dash?: string) =>
  ({
    tag: 'circle',
    paint,
    attributes: { cx: 8, cy: 8, r, 'stroke-width': width, ...(dash ? { 'stroke-dasharray': dash } : {}) },
  }) satisfies Stroke;

const FRAME = rect('line', 2.75, 2.75, 10.5, 10.5, 1.5);
const DIAMOND = path('fill', 'M8 .6 15.4 8 8 15.4.6 8z');

/** Every silhouette in a square of 16 units, as in the design system. */
const SYMBOLS: Record<Glyph, readonly Stroke[]> = {
  ready: [rect('fill', 2, 2, 12, 12, 2)],
  notready: [FRAME, path('fill', 'M3 8h10v4a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z')],
  creating: [FRAME, rect('fill', 5.75, 5.75, 4.5, 4.5, 0)],
  pending: [rect('line', 2.75, 2.75, 10.5, 10.5, 1.5, '2.6 2.1')],
  terminating: [FRAME, path('line', 'M3.4 12.6 12.6 3.4')],
  fail: [DIAMOND, path('ink', 'M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2', 1.6)],
  pull: [DIAMOND, path('ink', 'M8 4.4v5.4M5.7 7.8 8 10.1l2.3-2.3', 1.6)],
  completed: [circle('fill', 3.5, 0)],
  unknown: [
    circle('line', 5.75, 1.5, '2.5 2'),
    path('line', 'M6.4 6.6a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.7.5-.7 1.1M8 11v.3', 1.3),
  ],
  ok: [path('line', 'M3 8.6 6.4 12 13 4.6', 1.9)],
  warn: [path('fill', 'M8 1.2 15.4 14.2H.6z'), path('ink', 'M8 6v3.9M8 11.9v.2', 1.6)],
  cordon: [rect('line', 1.75, 3.75, 12.5, 8.5, 1.5), path('line', 'M4.5 8h7', 2)],
  paused: [path('line', 'M5.5 3.5v9M10.5 3.5v9', 2.2)],
  'kind-service': [circle('line', 2.2, 1.4), path('line', 'M8 5.8V1.8M8 14.2v-4M5.8 8h-4M14.2 8h-4', 1.4)],
  'kind-deployment': [
    path('line', 'M8 1.8 14 5 8 8.2 2 5z', 1.4),
    path('line', 'M2 8l6 3.2L14 8M2 11l6 3.2L14 11', 1.4),
  ],
  'kind-replicaset': [
    {
      ...rect('line', 1.8, 4.8, 9.4, 9.4, 1.5),
      attributes: { x: 1.8, y: 4.8, width: 9.4, height: 9.4, rx: 1.5, 'stroke-width': 1.4 },
    },
    path('line', 'M4.8 1.8h7.9a1.5 1.5 0 0 1 1.5 1.5v7.9', 1.4),
  ],
  'kind-statefulset': [
    path('line', 'M2.2 4a5.8 2.2 0 1 0 11.6 0a5.8 2.2 0 1 0-11.6 0', 1.4),
    path('line', 'M2.2 4v8c0 1.2 2.6 2.2 5.8 2.2s5.8-1 5.8-2.2V4M2.2 8c0 1.2 2.6 2.2 5.8 2.2s5.8-1 5.8-2.2', 1.4),
  ],
  'kind-daemonset': [
    path(
      'line',
      'M1.8 1.8h4.6v4.6H1.8zM9.6 1.8h4.600v4.600H9.600zM1.8 9.6h4.600v4.600H1.800zM9.6 9.6h4.600v4.600H9.600z',
      1.4,
    ),
  ],
  'kind-job': [circle('line', 6.2, 1.4), path('line', 'M6.6 5.400v5.200l4-2.600z', 1.4)],
  'kind-cronjob': [circle('line', 6.2, 1.4), path('line', 'M8 4.400V8l2.500 1.700', 1.4)],
  'kind-pod': [
    {
      tag: 'rect',
      paint: 'line',
      attributes: { x: 2.7, y: 2.7, width: 10.6, height: 10.6, rx: 2, 'stroke-width': 1.4 },
    },
  ],
  'kind-node': [
    path(
      'line',
      'M2.700 2.700h10.600a1 1 0 0 1 1 1v2.400a1 1 0 0 1-1 1H2.700a1 1 0 0 1-1-1V3.700a1 1 0 0 1 1-1zM2.700 8.900h10.600a1 1 0 0 1 1 1v2.400a1 1 0 0 1-1 1H2.700a1 1 0 0 1-1-1V9.900a1 1 0 0 1 1-1z',
      1.4,
    ),
    path('line', 'M4.200 4.900h.400M4.200 11.100h.400', 1.6),
  ],
};

/** What refers to a silhouette within the page. */
export function glyphHref(glyph: Glyph): string {
  return `#chart-${glyph}`;
}

/** Puts every silhouette into a `defs`, to be used by `glyphHref`. */
export function defineGlyphs(defs: Selection<SVGDefsElement, unknown, null, undefined>): void {
  for (const [glyph, strokes] of Object.entries(SYMBOLS)) {
    const symbol = defs.append('symbol').attr('id', `chart-${glyph}`).attr('viewBox', '0 0 16 16');
    for (const { tag, paint, attributes } of strokes) {
      const element = symbol.append(tag).attr('class', `chart-${paint}`);
      for (const [name, value] of Object.entries(attributes)) element.attr(name, value);
    }
  }
}
