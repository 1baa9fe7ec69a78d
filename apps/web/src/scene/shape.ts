import type { Tone } from '@portolan/shared';
import type { Box } from '../layout/box.ts';
import type { Density } from '../layout/density.ts';
import type { Font } from '../layout/metrics.ts';
import type { Glyph } from './glyph.ts';

/** The colour of a text or of an icon: a shade of the text colour, or the text colour of a tone of state. */
export type Ink = 't1' | 't2' | 't3' | `${Tone}-t`;

/** A line of text; (x, y) is its baseline. `full` is the whole text where `text` had to be shortened. */
export interface TextPart {
  type: 'text';
  key: string;
  x: number;
  y: number;
  text: string;
  full: string | null;
  font: Font;
  ink: Ink;
  anchor: 'start' | 'middle' | 'end';
}

/** A silhouette in a square; (x, y) is its top left corner. Icons of kinds take an ink, marks of state a tone. */
export interface GlyphPart {
  type: 'glyph';
  key: string;
  x: number;
  y: number;
  size: number;
  glyph: Glyph;
  ink: Ink | Tone;
}

/** A label as a chip. */
export interface ChipPart extends Box {
  type: 'chip';
  key: string;
  /** The text before the value, in a weaker colour: `app=`. */
  name: string;
  value: string;
  full: string;
}

/** A hairline across a card. */
export interface RulePart {
  type: 'rule';
  key: string;
  x: number;
  y: number;
  width: number;
}

/** A bar that shows a share of a whole. */
export interface BarPart {
  type: 'bar';
  key: string;
  x: number;
  y: number;
  width: number;
  /** Between 0 and 1. */
  share: number;
  tone: Tone;
}

/** What stands on a card or beside a mark, relative to the top left corner of that. Keys are unique on one shape. */
export type Part = TextPart | GlyphPart | ChipPart | RulePart | BarPart;

/** A card: of a Service, a workload or a node. `uid` is null for what is not an object of the graph. */
export interface CardShape extends Box {
  key: string;
  uid: string | null;
  kind: string;
  name: string;
  label: string;
  parts: Part[];
  selected: boolean;
}

/** The ground under the pods of one revision. */
export interface LaneShape extends Box {
  key: string;
  /** The uid of the ReplicaSet, or null for an unnamed lane. */
  uid: string | null;
  name: string;
  workload: string;
  label: string;
  parts: Part[];
  selected: boolean;
}

/** The mark of a pod, in its workload or on its node. */
export interface MarkShape {
  key: string;
  uid: string;
  /** The pod's whole name. */
  name: string;
  x: number;
  y: number;
  /** The side of the tile, or of the mark where it has no tile. */
  size: number;
  density: Density | 'label';
  /** The side of the silhouette; larger than `size` for a problem among cells. */
  glyphSize: number;
  glyph: Glyph;
  tone: Tone;
  /** True for a healthy pod of an older revision: drawn weaker. */
  quiet: boolean;
  /** True while it may breathe. */
  starting: boolean;
  label: string;
  parts: Part[];
  selected: boolean;
}

/** The empty place of a pod that is yet to come. */
export interface HollowShape {
  key: string;
  x: number;
  y: number;
  size: number;
  text: string | null;
}

/** A line with its two ends. */
export interface EdgeShape {
  key: string;
  /** SVG path data. Every path has the same commands, so that one can turn into another. */
  path: string;
  from: { x: number; y: number };
  to: { x: number; y: number };
  ready: boolean;
  selected: boolean;
}

/** Everything to be drawn. Coordinates are absolute pixels at scale 1, but for parts. */
export interface Scene {
  namespace: string;
  bounds: Box;
  cards: CardShape[];
  lanes: LaneShape[];
  edges: EdgeShape[];
  hollows: HollowShape[];
  pods: MarkShape[];
  nodes: CardShape[];
  slots: MarkShape[];
  heading: Part[];
  /** The dotted line from the selected pod to its place on its node. */
  runsOn: string | null;
  selected: string | null;
  /** What the picture as a whole is called. */
  label: string;
}
