import type { Layout } from '../layout/box.ts';
import type { GraphReader } from '../layout/graph-reader.ts';
import { layout } from '../layout/layout.ts';

/** The width of a text where every letter is as wide as the next. */
export const measure = (text: string) => text.length * 6.6;

/** The room for a chart on a screen of 1600 × 900. */
export const VIEW = { width: 1528, height: 692, measure };

/** The layout of the namespace default. */
export function layoutOf(graph: GraphReader, previous: Layout | null = null, view = VIEW): Layout {
  return layout(graph, 'default', previous, view);
}
