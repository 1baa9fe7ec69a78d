import type { PodMark } from '@portolan/shared';
import type { Pixel } from './colours.ts';
import { Raster, type Sprite } from './raster.ts';

/**
 * A square mark of few pixels, pixel by pixel, on an opaque ground so that it can be read above others. Where a drawing
 * scaled down would blur, a line here is a whole number of pixels.
 */
export function smallSprite(mark: PodMark, side: number, colour: Pixel, ground: Pixel): Sprite {
  const raster = new Raster(side, side);
  const line = Math.max(1, Math.floor(side / 8));
  const third = Math.max(line + 1, Math.floor(side / 3));
  const outline = (dashed: boolean) => {
    raster.fill(0, 0, side, side, ground);
    frame(raster, side, line, colour, dashed);
  };
  switch (mark) {
    case 'notready':
      outline(false);
      raster.fill(0, side >> 1, side, side - (side >> 1), colour);
      break;
    case 'creating':
      outline(false);
      raster.fill(third, third, side - 2 * third, side - 2 * third, colour);
      break;
    case 'pending':
    case 'unknown':
      outline(true);
      break;
    case 'terminating':
      outline(false);
      if (side >= 7) for (let at = 0; at < side; at += 1) raster.fill(at, side - line - at, line, line, colour);
      break;
    case 'completed':
      raster.fill(third >> 1, third >> 1, side - 2 * (third >> 1), side - 2 * (third >> 1), colour);
      break;
    default:
      raster.fill(0, 0, side, side, colour);
  }
  return { width: side, height: side, pixels: raster.pixels };
}

function frame(raster: Raster, side: number, line: number, colour: Pixel, dashed: boolean): void {
  const step = dashed ? 2 * line : line;
  for (let at = 0; at < side; at += step) {
    raster.fill(at, 0, line, line, colour);
    raster.fill(at, side - line, line, line, colour);
    raster.fill(0, at, line, line, colour);
    raster.fill(side - line, at, line, line, colour);
  }
}
