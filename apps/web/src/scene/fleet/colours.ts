import type { Tone } from '@portolan/shared';

/** A colour as a pixel of `ImageData` reads in a `Uint32Array` on a little-endian machine: alpha, blue, green, red. */
export type Pixel = number;

/** The pixel of a CSS colour of the tokens, `#rgb` or `#rrggbb`; throws a `RangeError` for any other. */
export function pixelOf(colour: string): Pixel {
  const digits = /^#(?:([\da-f]{3})|([\da-f]{6}))$/i.exec(colour.trim());
  if (!digits) throw new RangeError(`no colour of the tokens: ${colour}`);
  const hex = digits[2] ?? [...(digits[1] ?? '')].map((digit) => digit + digit).join('');
  const number = Number.parseInt(hex, 16);
  return pixel(number >> 16, (number >> 8) & 255, number & 255);
}

/** An opaque pixel of red, green and blue, each 0 to 255. */
export function pixel(red: number, green: number, blue: number): Pixel {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** `share` (0 to 1) of `over` on the opaque `under`. */
export function mix(under: Pixel, over: Pixel, share: number): Pixel {
  const part = (shift: number) => {
    const below = (under >>> shift) & 255;
    return Math.round(below + (((over >>> shift) & 255) - below) * share);
  };
  return pixel(part(0), part(8), part(16));
}

/** The colours of the fleet's picture: those of the tokens that it uses. */
export interface FleetColours {
  canvas: Pixel;
  ground: Pixel;
  line: Pixel;
  /** Well pods: the quiet mass. */
  quiet: Pixel;
  tones: Record<Tone, Pixel>;
}
