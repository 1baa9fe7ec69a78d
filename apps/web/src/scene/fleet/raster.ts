import { mix, type Pixel } from './colours.ts';

/** A rectangle of whole pixels, from `left` before `right` and from `top` before `bottom`. */
export interface PixelBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A small picture; the alpha of its pixels counts, their colour is not multiplied by it. */
export interface Sprite {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** Pixels to draw into by hand; nothing is drawn outside of the clip. */
export class Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
  #clip: PixelBox;

  /** Draws into `pixels`, which holds `width` × `height` of them row by row. */
  constructor(width: number, height: number, pixels = new Uint32Array(width * height)) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
    this.#clip = { left: 0, top: 0, right: width, bottom: height };
  }

  /** Lets only what lies within `box` be drawn from now on; null for all. Answers what is left of the box within the raster. */
  clip(box: PixelBox | null): PixelBox {
    this.#clip = {
      left: Math.max(0, box?.left ?? 0),
      top: Math.max(0, box?.top ?? 0),
      right: Math.min(this.width, box?.right ?? this.width),
      bottom: Math.min(this.height, box?.bottom ?? this.height),
    };
    return this.#clip;
  }

  /** Fills a rectangle. */
  fill(x: number, y: number, width: number, height: number, colour: Pixel): void {
    const { left, top, right, bottom } = this.#clip;
    const from = Math.max(x, left);
    const to = Math.min(x + width, right);
    if (from >= to) return;
    const end = Math.min(y + height, bottom);
    const wide = to - from > 24;
    for (let row = Math.max(y, top); row < end; row += 1) {
      const start = row * this.width;
      if (wide) this.pixels.fill(colour, start + from, start + to);
      else for (let at = start + from; at < start + to; at += 1) this.pixels[at] = colour;
    }
  }

  /** Draws the border of a rectangle, within it, with its corners left out; dashed, three of every five pixels. */
  frame(x: number, y: number, width: number, height: number, line: number, colour: Pixel, dashed: boolean): void {
    const [dash, step] = dashed ? [3 * line, 5 * line] : [width + height, width + height];
    for (let along = line; along < width - line; along += step) {
      const length = Math.min(dash, width - line - along);
      this.fill(x + along, y, length, line, colour);
      this.fill(x + along, y + height - line, length, line, colour);
    }
    for (let along = line; along < height - line; along += step) {
      const length = Math.min(dash, height - line - along);
      this.fill(x, y + along, line, length, colour);
      this.fill(x + width - line, y + along, line, length, colour);
    }
  }

  /** Draws a sprite with its top left corner at (x, y) over what is there. */
  blit(sprite: Sprite, x: number, y: number): void {
    const { left, top, right, bottom } = this.#clip;
    const from = Math.max(0, left - x);
    const to = Math.min(sprite.width, right - x);
    const end = Math.min(sprite.height, bottom - y);
    for (let row = Math.max(0, top - y); row < end; row += 1) {
      const source = row * sprite.width;
      const target = (y + row) * this.width + x;
      for (let column = from; column < to; column += 1) {
        const over = sprite.pixels[source + column] ?? 0;
        const alpha = over >>> 24;
        if (alpha === 255) this.pixels[target + column] = over;
        else if (alpha > 0) this.pixels[target + column] = mix(this.pixels[target + column] ?? 0, over, alpha / 255);
      }
    }
  }
}
