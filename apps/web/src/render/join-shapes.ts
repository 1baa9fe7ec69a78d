import type { BaseType, Selection } from 'd3-selection';
import { appear, glide, type MotionMode, vanish } from './motion.ts';
import { sameShape } from './same-shape.ts';

/** A layer of the picture. */
export type Layer = Selection<SVGGElement, unknown, null, undefined>;

/** A shape that is drawn as a group at its place. */
export interface Joinable {
  key: string;
  x: number;
  y: number;
}

/** How the shapes of one layer are drawn. */
export interface ShapeDrawing<S extends Joinable> {
  name: string;
  middle: (shape: S) => { x: number; y: number };
  /** Draws or redraws the inside of new and changed shapes. `body` is relative to the shape's own corner. */
  draw: (body: Selection<SVGGElement, S, BaseType, unknown>, mode: MotionMode) => void;
  /** Sets attributes of the group itself, for new and changed shapes. */
  dress: (group: Selection<SVGGElement, S, BaseType, unknown>) => void;
}

/**
 * Brings a layer to a list of shapes, joined by key: new ones appear, missing ones vanish, those elsewhere move, and only
 * those that would look different are redrawn. Groups stay the same elements as long as their shape lives.
 */
export function joinShapes<S extends Joinable>(
  layer: Layer,
  shapes: readonly S[],
  mode: MotionMode,
  { name, middle, draw, dress }: ShapeDrawing<S>,
): void {
  const before = new Map<string, S>();
  const held = layer.selectAll<SVGGElement, S>(`:scope > g.${name}:not([data-leaving])`);
  held.each((shape) => before.set(shape.key, shape));
  const joined = held.data([...shapes], (shape) => shape.key);
  vanish(joined.exit<S>() as Selection<SVGGElement, S, BaseType, unknown>, mode);
  const groups = joined.enter().append('g').attr('class', name).attr('transform', place);
  const bodies = groups.append('g').attr('class', 'body');
  dress(groups);
  draw(bodies, 'none');
  appear(bodies, mode, middle);
  const changed = joined.filter((shape) => !sameShape(before.get(shape.key), shape));
  dress(changed);
  draw(changed.select<SVGGElement>('g.body'), mode);
  const moved = changed.filter(({ key, x, y }) => {
    const old = before.get(key);
    return old !== undefined && (old.x !== x || old.y !== y);
  });
  glide(moved, mode, { transform: place });
}

function place({ x, y }: Joinable): string {
  return `translate(${x},${y})`;
}
