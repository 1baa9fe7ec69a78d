import { type Selection, select } from 'd3-selection';
import { type D3ZoomEvent, zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import 'd3-transition';
import type { Box } from '../layout/box.ts';
import { type Camera, fitCamera, openingCamera, revealCamera, SCALES, type Size, zoomCamera } from '../scene/camera.ts';
import { easeMove } from './ease.ts';
import { TIMES } from './motion.ts';

/** Pans and zooms a picture; nothing but a person's hand, or these calls, moves it. */
export interface View {
  /** The view of a picture that is first shown. */
  open(bounds: Box): void;
  fit(bounds: Box, glide: boolean): void;
  zoomBy(factor: number, glide: boolean): void;
  /** Brings a box into view, moving as little as needed. */
  reveal(box: Box): void;
  destroy(): void;
}

/** What stays between a revealed shape and the side of the view: the ring of the focus. */
const MARGIN = 7;

/** Lets the hand pan and zoom `picture` within `svg`. */
export function createView(svg: SVGSVGElement, picture: Selection<SVGGElement, unknown, null, undefined>): View {
  const root = select<SVGSVGElement, unknown>(svg);
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([SCALES.least, SCALES.most])
    .clickDistance(4)
    .on('zoom', ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      picture.attr('transform', transform.toString());
    });
  root.call(behaviour).on('dblclick.zoom', null);
  const camera = (): Camera => {
    const { x, y, k } = zoomTransform(svg);
    return { x, y, scale: k };
  };
  const size = (): Size => ({ width: svg.clientWidth, height: svg.clientHeight });
  const look = ({ x, y, scale }: Camera, glide: boolean) => {
    const transform = zoomIdentity.translate(x, y).scale(scale);
    if (glide) root.transition('view').duration(TIMES.enter).ease(easeMove).call(behaviour.transform, transform);
    else root.interrupt('view').call(behaviour.transform, transform);
  };
  return {
    open: (bounds) => look(openingCamera(bounds, size()), false),
    fit: (bounds, glide) => look(fitCamera(bounds, size()), glide),
    zoomBy: (factor, glide) => {
      const { width, height } = size();
      look(zoomCamera(camera(), factor, { x: width / 2, y: height / 2 }), glide);
    },
    reveal: (box) => {
      const now = camera();
      const next = revealCamera(now, box, size(), MARGIN);
      if (next.x !== now.x || next.y !== now.y) look(next, false);
    },
    destroy: () => {
      root.interrupt('view').on('.zoom', null);
    },
  };
}
