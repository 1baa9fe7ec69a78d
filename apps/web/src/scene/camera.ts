import type { Box, Point } from '../layout/box.ts';

/** A view of the picture: picture point p stands at `scale * p + (x, y)` on the screen. */
export interface Camera {
  x: number;
  y: number;
  scale: number;
}

/** A size in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The picture as it is drawn. */
export const HOME: Camera = { x: 0, y: 0, scale: 1 };

/** How far one may zoom out and in. */
export const SCALES = { least: 0.15, most: 4 } as const;

/** The smallest scale at which the picture's smallest text, 11 px, can still be read. */
const LEGIBLE = 0.8;

/** The camera that shows all of `bounds`, never larger than as drawn; what fits stays where it is drawn. */
export function fitCamera(bounds: Box, view: Size): Camera {
  return atCorner(bounds, clampScale(fittingScale(bounds, view)));
}

/** The camera with which a picture is first shown: all of it, or its whole width, as long as that can be read. */
export function openingCamera(bounds: Box, view: Size): Camera {
  const whole = fittingScale(bounds, view);
  const wide = Math.min(1, view.width / bounds.width);
  return atCorner(bounds, whole >= LEGIBLE ? whole : Math.max(LEGIBLE, wide));
}

function fittingScale(bounds: Box, view: Size): number {
  return Math.min(1, view.width / bounds.width, view.height / bounds.height);
}

function atCorner(bounds: Box, scale: number): Camera {
  return { x: 0 - bounds.x * scale, y: 0 - bounds.y * scale, scale };
}

/** The camera `factor` times nearer, with the screen point `at` standing still. */
export function zoomCamera(camera: Camera, factor: number, at: Point): Camera {
  const scale = clampScale(camera.scale * factor);
  const ratio = scale / camera.scale;
  return { x: at.x - (at.x - camera.x) * ratio, y: at.y - (at.y - camera.y) * ratio, scale };
}

/** The camera moved as little as needed for `box` to be within the view, `margin` pixels from its sides. */
export function revealCamera(camera: Camera, box: Box, view: Size, margin: number): Camera {
  const { scale } = camera;
  return {
    scale,
    x: camera.x + shift(box.x * scale + camera.x, box.width * scale, view.width, margin),
    y: camera.y + shift(box.y * scale + camera.y, box.height * scale, view.height, margin),
  };
}

function shift(start: number, length: number, room: number, margin: number): number {
  if (start < margin) return margin - start;
  const over = start + length + margin - room;
  return over > 0 ? -Math.min(over, start - margin) : 0;
}

function clampScale(scale: number): number {
  return Math.min(SCALES.most, Math.max(SCALES.least, scale));
}
