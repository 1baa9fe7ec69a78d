import type { Box } from '../../layout/box.ts';
import { fitScale, MARGIN } from '../../layout/fleet/fit-scale.ts';
import type { Camera, Size } from '../camera.ts';

/** How large the whole picture is, in cells. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** The most CSS pixels a cell: one pod and all that is told of it. */
export const NEAREST = 400;
/** Below this many device pixels a cell, marks share what a scale leaves over; from it on, a fitted scale leaves nothing. */
const SHARED = 10;
/** So much of the view may be empty beside the picture, so that what stands at its edge can be looked at in the middle. */
const BESIDE = 0.25;

/** The least and the most CSS pixels a cell: from the whole fleet in the view to one pod. */
export function fleetScales(extent: Extent, view: Size): { least: number; most: number } {
  return { least: fitScale(extent.width, extent.height, view), most: NEAREST };
}

/**
 * The camera that shows the whole fleet from its corner. `ratio` is device pixels a CSS pixel: from ten device pixels a cell
 * on, the scale is a whole number of half device pixels, so that marks stand evenly.
 */
export function fitFleet(extent: Extent, view: Size, ratio: number): Camera {
  const pixels = fleetScales(extent, view).least * ratio;
  const even = pixels >= SHARED ? Math.floor(pixels * 2) / 2 : pixels;
  return { x: MARGIN, y: MARGIN, scale: even / ratio };
}

/** The camera that shows `box` (in cells) in the middle, as large as fits in all of the view but its outer tenth, up to `most`. */
export function seeBox(box: Box, view: Size, most: number): Camera {
  const room = 0.8;
  const scale = Math.min(most, (view.width * room) / box.width, (view.height * room) / box.height);
  return {
    scale,
    x: view.width / 2 - (box.x + box.width / 2) * scale,
    y: view.height / 2 - (box.y + box.height / 2) * scale,
  };
}

/** The camera moved as little as needed for the picture not to leave the view. */
export function holdCamera(camera: Camera, extent: Extent, view: Size): Camera {
  const { scale } = camera;
  return {
    scale,
    x: hold(camera.x, extent.width * scale, view.width),
    y: hold(camera.y, extent.height * scale, view.height),
  };
}

function hold(at: number, length: number, room: number): number {
  const beside = room * BESIDE;
  const [least, most] = length > room ? [room - length - beside, beside] : [-beside, room - length + beside];
  return Math.min(most, Math.max(least, at));
}

/** The part of the picture that is in the view, in cells. */
export function seenBox({ x, y, scale }: Camera, view: Size): Box {
  return { x: -x / scale, y: -y / scale, width: view.width / scale, height: view.height / scale };
}
