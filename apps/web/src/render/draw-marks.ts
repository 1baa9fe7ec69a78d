import type { BaseType, Selection } from 'd3-selection';
import type { HollowShape, MarkShape } from '../scene/shape.ts';
import { drawParts, only } from './draw-parts.ts';
import { dressButton } from './dress-button.ts';
import { glyphHref } from './glyph-symbols.ts';
import type { ShapeDrawing } from './join-shapes.ts';
import { crossFade, type MotionMode } from './motion.ts';

/** How the marks of pods are drawn: in their lanes (`lane`) or on their nodes (`shelf`). */
export function markDrawing(place: 'lane' | 'shelf'): ShapeDrawing<MarkShape> {
  return {
    name: 'mark',
    middle: ({ size }) => ({ x: size / 2, y: size / 2 }),
    dress: (groups) => {
      groups
        .attr('class', (mark) => `mark ${mark.density}${mark.starting ? ' starting' : ''}`)
        .attr('data-place', place)
        .attr('data-testid', place === 'lane' ? 'pod' : 'slot')
        .attr('data-key', (mark) => mark.key)
        .attr('data-uid', (mark) => mark.uid)
        .attr('data-kind', 'Pod')
        .attr('data-name', (mark) => mark.name)
        .attr('data-mark', (mark) => mark.glyph);
    },
    draw: (bodies, mode) => {
      bodies.each(function draw(mark) {
        const tiled = mark.density === 'tile' || mark.density === 'label';
        only(this, 'title').text(`${mark.name}\n${mark.label}`);
        const ground = only(this, 'rect').attr('class', tiled ? 'tile-ground' : 'hit');
        ground
          .attr('width', mark.size)
          .attr('height', mark.size)
          .attr('rx', tiled ? 6 : null);
        dressButton(ground, mark);
        drawGlyph(only(this, 'g').attr('class', 'glyphs'), mark, mode);
        drawParts(this, mark.parts);
      });
    },
  };
}

/** The silhouette; a change of state cross-fades from the old one. */
function drawGlyph(holder: Selection<SVGGElement, unknown, null, undefined>, mark: MarkShape, mode: MotionMode): void {
  const inset = (mark.size - mark.glyphSize) / 2;
  const look = `${mark.glyph} ${mark.tone} ${mark.quiet} ${mark.glyphSize} ${inset}`;
  const uses = holder.selectAll<SVGUseElement, string>(':scope > use:not(.leaving)').data([look], (known) => known);
  const arriving = uses
    .enter()
    .append('use')
    .attr('class', `ink-${mark.quiet ? 'ready-q' : mark.tone}`)
    .attr('href', glyphHref(mark.glyph))
    .attr('x', inset)
    .attr('y', inset)
    .attr('width', mark.glyphSize)
    .attr('height', mark.glyphSize);
  crossFade<SVGUseElement, string>(
    mode,
    arriving,
    uses.exit<string>() as Selection<SVGUseElement, string, BaseType, unknown>,
  );
}

/** How the places of pods to come are drawn. */
export const hollowDrawing: ShapeDrawing<HollowShape> = {
  name: 'hollow',
  middle: ({ size }) => ({ x: size / 2, y: size / 2 }),
  dress: (groups) => {
    groups.attr('data-testid', 'hollow').attr('aria-hidden', 'true');
  },
  draw: (bodies) => {
    bodies.each(function draw({ size, text }) {
      const inset = size > 20 ? 0.5 : size / 8;
      only(this, 'rect')
        .attr('class', 'hollow-ground')
        .attr('x', inset)
        .attr('y', inset)
        .attr('width', size - 2 * inset)
        .attr('height', size - 2 * inset)
        .attr('rx', size > 20 ? 6 : size / 8);
      if (text === null) return;
      const line = only(this, 'text').attr('class', 'f-small ink-t3').attr('text-anchor', 'middle');
      line
        .attr('x', size / 2)
        .attr('y', size + 31)
        .text(text);
    });
  },
};
