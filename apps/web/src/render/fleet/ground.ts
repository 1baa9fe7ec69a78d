import type { Size } from '../../scene/camera.ts';
import { type PaintScene, paintFleet } from '../../scene/fleet/paint-fleet.ts';
import { type PixelBox, Raster } from '../../scene/fleet/raster.ts';

/** The canvas on which tiles and pods are painted pixel by pixel. */
export interface Ground {
  /** Sets the size in device pixels; what was painted is lost, and all is of a CSS colour until it is painted. */
  resize(size: Size, colour: string): void;
  /** Paints a part of the picture, or all of it (null), in place. */
  paint(scene: PaintScene, region: PixelBox | null): void;
  /** Lets `draw` paint all pixels by itself; shows them unless it answers false. */
  drawn(draw: (raster: Raster) => boolean): void;
}

/** Paints on a canvas through pixels of its own. */
export function createGround(canvas: HTMLCanvasElement): Ground {
  const surface = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  let image: ImageData | null = null;
  let raster = new Raster(0, 0);
  // A canvas without transparency is black until something is painted.
  canvas.style.visibility = 'hidden';
  const show = ({ left, top, right, bottom }: PixelBox) => {
    if (!image || !surface || right <= left || bottom <= top) return;
    canvas.style.visibility = '';
    surface.putImageData(image, 0, 0, left, top, right - left, bottom - top);
  };
  return {
    resize: ({ width, height }, colour) => {
      canvas.width = Math.max(1, width);
      canvas.height = Math.max(1, height);
      if (surface) surface.fillStyle = colour;
      surface?.fillRect(0, 0, canvas.width, canvas.height);
      image = new ImageData(canvas.width, canvas.height);
      raster = new Raster(canvas.width, canvas.height, new Uint32Array(image.data.buffer));
    },
    paint: (scene, region) => show(paintFleet(raster, scene, region)),
    drawn: (draw) => {
      raster.clip(null);
      if (draw(raster)) show({ left: 0, top: 0, right: raster.width, bottom: raster.height });
    },
  };
}
