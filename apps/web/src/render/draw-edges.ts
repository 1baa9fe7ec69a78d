import type { BaseType, Selection } from 'd3-selection';
import type { EdgeShape } from '../scene/shape.ts';
import type { Layer } from './join-shapes.ts';
import { crossFade, glide, type MotionMode } from './motion.ts';

/** Draws the lines from services to lanes: a dot at the service, an open socket at the lane. */
export function drawEdges(layer: Layer, edges: readonly EdgeShape[], mode: MotionMode): void {
  const joined = layer
    .selectAll<SVGGElement, EdgeShape>(':scope > g.edge:not(.leaving)')
    .data([...edges], (edge) => edge.key);
  const arriving = joined.enter().append('g').attr('class', 'edge').attr('data-testid', 'edge');
  arriving.append('path').attr('d', (edge) => edge.path);
  arriving
    .append('circle')
    .attr('class', 'dot')
    .attr('r', 3.5)
    .attr('cx', (edge) => edge.from.x)
    .attr('cy', (edge) => edge.from.y);
  arriving
    .append('circle')
    .attr('class', 'socket')
    .attr('r', 4)
    .attr('cx', (edge) => edge.to.x)
    .attr('cy', (edge) => edge.to.y);
  crossFade(
    mode,
    arriving as Selection<SVGGElement, EdgeShape, BaseType, unknown>,
    joined.exit<EdgeShape>() as Selection<SVGGElement, EdgeShape, BaseType, unknown>,
  );
  const drawn = arriving.merge(joined).classed('selected', (edge) => edge.selected);
  drawn.classed('unready', (edge) => !edge.ready).order();
  glide(joined.select<SVGPathElement>('path'), mode, { d: (edge) => edge.path });
  glide(joined.select<SVGCircleElement>('.dot'), mode, { cx: (edge) => edge.from.x, cy: (edge) => edge.from.y });
  glide(joined.select<SVGCircleElement>('.socket'), mode, { cx: (edge) => edge.to.x, cy: (edge) => edge.to.y });
}
