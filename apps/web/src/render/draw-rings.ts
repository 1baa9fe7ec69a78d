import type { Scene } from '../scene/shape.ts';
import { only } from './draw-parts.ts';
import { joinShapes, type Layer } from './join-shapes.ts';
import { type MotionMode, TIMES } from './motion.ts';

/** A frame around a card or a mark. */
export interface Ring {
  key: string;
  x: number;
  y: number;
  width: number;
  height: number;
  radius: number;
  /** How far outside the shape it stands. */
  offset: number;
}

interface Framed {
  key: string;
  x: number;
  y: number;
  width: number;
  height: number;
  radius: number;
}

/** Everything of a scene that can be framed, by key. */
export function framedShapes(scene: Scene): Map<string, Framed & { uid: string | null; selected: boolean }> {
  const framed = new Map<string, Framed & { uid: string | null; selected: boolean }>();
  for (const card of [...scene.cards, ...scene.nodes]) framed.set(card.key, { ...card, radius: 8 });
  for (const lane of scene.lanes) if (lane.uid !== null) framed.set(lane.key, { ...lane, radius: 6 });
  for (const mark of [...scene.pods, ...scene.slots]) {
    framed.set(mark.key, { ...mark, width: mark.size, height: mark.size, radius: mark.size > 20 ? 6 : 2 });
  }
  return framed;
}

/** Draws frames around what is selected (2 px off) and what has the keyboard's focus (4 px off). */
export function drawRings(layer: Layer, rings: readonly Ring[], mode: MotionMode): void {
  joinShapes(layer, rings, mode, {
    name: 'ring',
    middle: ({ width, height }) => ({ x: width / 2, y: height / 2 }),
    dress: (groups) => {
      groups.attr('aria-hidden', 'true');
    },
    draw: (bodies) => {
      bodies.each(function draw({ width, height, radius, offset }) {
        only(this, 'rect')
          .attr('x', -offset)
          .attr('y', -offset)
          .attr('width', width + 2 * offset)
          .attr('height', height + 2 * offset)
          .attr('rx', radius + offset);
      });
    },
  });
}

/** The frame around a shape, its line's middle that far outside. */
export function ringAround(shape: Framed, name: string, offset: number): Ring {
  const { x, y, width, height, radius } = shape;
  return { key: `${name} ${shape.key}`, x, y, width, height, radius, offset };
}

/** Frames what has changed for two seconds, in place of any movement. */
export function flashRings(layer: Layer, rings: readonly Ring[]): void {
  for (const { x, y, width, height, radius, offset } of rings) {
    layer
      .append('rect')
      .attr('class', 'flash')
      .attr('aria-hidden', 'true')
      .attr('x', x - offset)
      .attr('y', y - offset)
      .attr('width', width + 2 * offset)
      .attr('height', height + 2 * offset)
      .attr('rx', radius + offset)
      .transition()
      .delay(TIMES.flash)
      .duration(0)
      .remove();
  }
}
