import { select } from 'd3-selection';
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import 'd3-transition';
import type { Box } from '../../layout/box.ts';
import { type Camera, revealCamera, type Size } from '../../scene/camera.ts';
import { type Extent, fleetScales, holdCamera } from '../../scene/fleet/fleet-camera.ts';
import { easeMove } from '../ease.ts';
import { TIMES } from '../motion.ts';

/** Pans and zooms the fleet; nothing but a person's hand, or these calls, moves it. */
export interface FleetView {
  camera(): Camera;
  /** Says how large the picture and the view are, from which the limits follow. */
  limit(extent: Extent, view: Size): void;
  /** Looks through another camera, gliding there in so many milliseconds, 0 for at once. */
  look(camera: Camera, milliseconds: number): void;
  zoomBy(factor: number, glide: boolean): void;
  panBy(x: number, y: number, glide: boolean): void;
  /** Brings a box (in cells) into view, moving as little as needed. */
  reveal(box: Box): void;
  destroy(): void;
}

/** What stays between what is revealed and the side of the view. */
const MARGIN = 8;

/** Lets the hand pan and zoom within `host`; every move is told, and whether it was the hand's. */
export function createFleetView(host: HTMLElement, onMove: (byHand: boolean) => void): FleetView {
  const root = select<HTMLElement, unknown>(host);
  let extent: Extent = { width: 1, height: 1 };
  let view: Size = { width: 1, height: 1 };
  const behaviour = zoom<HTMLElement, unknown>()
    .extent(() => [
      [0, 0],
      [view.width, view.height],
    ])
    .constrain((transform) => transformOf(holdCamera(cameraOf(transform), extent, view)))
    .clickDistance(4)
    .on('zoom', ({ sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => onMove(Boolean(sourceEvent)));
  root.call(behaviour).on('dblclick.zoom', null);

  const camera = () => cameraOf(zoomTransform(host));
  const look = (next: Camera, milliseconds: number) => {
    const transform = transformOf(holdCamera(next, extent, view));
    if (milliseconds > 0)
      root.transition('view').duration(milliseconds).ease(easeMove).call(behaviour.transform, transform);
    else root.interrupt('view').call(behaviour.transform, transform);
  };
  return {
    camera,
    look,
    limit: (nextExtent, nextView) => {
      extent = nextExtent;
      view = nextView;
      const { least, most } = fleetScales(extent, view);
      behaviour.scaleExtent([least * 0.98, most]);
    },
    zoomBy: (factor, glide) => {
      const { least, most } = fleetScales(extent, view);
      const { x, y, scale } = camera();
      const next = Math.min(most, Math.max(least, scale * factor));
      const ratio = next / scale;
      const [cx, cy] = [view.width / 2, view.height / 2];
      look({ scale: next, x: cx - (cx - x) * ratio, y: cy - (cy - y) * ratio }, glide ? TIMES.enter : 0);
    },
    panBy: (dx, dy, glide) => {
      const { x, y, scale } = camera();
      look({ x: x + dx, y: y + dy, scale }, glide ? TIMES.enter : 0);
    },
    reveal: (box) => {
      const now = camera();
      const next = revealCamera(now, box, view, MARGIN);
      if (next.x !== now.x || next.y !== now.y) look(next, 0);
    },
    destroy: () => {
      root.interrupt('view').on('.zoom', null);
    },
  };
}

function cameraOf({ x, y, k }: ZoomTransform): Camera {
  return { x, y, scale: k };
}

function transformOf({ x, y, scale }: Camera): ZoomTransform {
  return zoomIdentity.translate(x, y).scale(scale);
}
