import { easeCubicIn, easeCubicOut } from 'd3-ease';
import type { BaseType, Selection } from 'd3-selection';
import 'd3-transition';
import { easeMove } from './ease.ts';

/** How a frame is shown: with every move, or at once (the picture may then fade as a whole). */
export type MotionMode = 'full' | 'none';

/** The times of the design system in milliseconds. */
export const TIMES = { enter: 240, exit: 320, move: 400, state: 160, flash: 2000 } as const;

type AnySelection<E extends BaseType, D> = Selection<E, D, BaseType, unknown>;

/** Sets an attribute, gliding there in full motion. */
export function glide<E extends BaseType, D>(
  selection: AnySelection<E, D>,
  mode: MotionMode,
  attributes: Record<string, (datum: D) => string | number>,
): void {
  if (mode === 'none') {
    selection.interrupt('move');
    for (const [name, value] of Object.entries(attributes)) selection.attr(name, value);
    return;
  }
  const transition = selection.transition('move').duration(TIMES.move).ease(easeMove);
  for (const [name, value] of Object.entries(attributes)) transition.attr(name, value);
}

/** Lets new elements appear, growing from .6 about a point of their own. */
export function appear<E extends SVGElement, D>(
  selection: AnySelection<E, D>,
  mode: MotionMode,
  middle: (datum: D) => { x: number; y: number },
): void {
  if (mode === 'none') return;
  selection
    .attr('opacity', 0)
    .attr('transform', (datum) => scaleAbout(middle(datum), 0.6))
    .transition('enter')
    .duration(TIMES.enter)
    .ease(easeCubicOut)
    .attr('opacity', 1)
    .attr('transform', (datum) => scaleAbout(middle(datum), 1))
    .on('end', function clean() {
      this.removeAttribute('opacity');
      this.removeAttribute('transform');
    });
}

/** Lets elements fade and sink, then takes them away. */
export function vanish<E extends SVGElement, D>(selection: AnySelection<E, D>, mode: MotionMode): void {
  selection.attr('data-leaving', '').attr('aria-hidden', 'true').style('pointer-events', 'none');
  if (mode === 'none') {
    selection.remove();
    return;
  }
  // d3 takes an element away only when no other transition of it is left, and two would fight over its place.
  selection.interrupt('move');
  const leaving = selection.transition('exit').duration(TIMES.exit).ease(easeCubicIn).attr('opacity', 0).remove();
  leaving.attr('transform', function sink() {
    return `${this.getAttribute('transform') ?? ''} translate(0,8)`;
  });
}

/** Cross-fades: shows new elements and takes old ones away in the time of a change of state. */
export function crossFade<E extends SVGElement, D>(
  mode: MotionMode,
  arriving: AnySelection<E, D>,
  leaving: AnySelection<E, D>,
): void {
  if (mode === 'none') {
    leaving.remove();
    return;
  }
  arriving.attr('opacity', 0).transition('state').duration(TIMES.state).attr('opacity', 1);
  leaving.classed('leaving', true).transition('state').duration(TIMES.state).attr('opacity', 0).remove();
}

function scaleAbout({ x, y }: { x: number; y: number }, scale: number): string {
  return `translate(${x * (1 - scale)},${y * (1 - scale)}) scale(${scale})`;
}
