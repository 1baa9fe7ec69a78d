import { describe, expect, test } from 'vitest';
import { mix, pixel, pixelOf } from './colours.ts';
import { Raster } from './raster.ts';

const [ground, ink] = [pixel(0, 0, 0), pixel(255, 128, 0)];

function drawn(draw: (raster: Raster) => void): string[] {
  const raster = new Raster(8, 6);
  draw(raster);
  return Array.from({ length: 6 }, (_, row) =>
    [...raster.pixels.subarray(row * 8, row * 8 + 8)]
      .map((each) => (each === ink ? '#' : each === 0 ? '.' : '+'))
      .join(''),
  );
}

describe('P44: pixels', () => {
  test('are packed as ImageData holds them', () => {
    const bytes = new Uint8ClampedArray(4);
    new Uint32Array(bytes.buffer)[0] = pixelOf('#ff8010');
    expect([...bytes]).toEqual([255, 128, 16, 255]);
    expect(pixelOf(' #f81 ')).toBe(pixel(255, 136, 17));
    expect(() => pixelOf('red')).toThrow(RangeError);
    expect(mix(ground, ink, 0.5)).toBe(pixel(128, 64, 0));
  });

  test('are filled within the clip alone', () => {
    expect(
      drawn((raster) => {
        raster.clip({ left: 2, top: 1, right: 6, bottom: 3 });
        raster.fill(-4, -4, 40, 40, ink);
      }),
    ).toEqual(['........', '..####..', '..####..', '........', '........', '........']);
  });

  test('frame a box without its corners', () => {
    expect(drawn((raster) => raster.frame(1, 1, 5, 4, 1, ink, false))).toEqual([
      '........',
      '..###...',
      '.#...#..',
      '.#...#..',
      '..###...',
      '........',
    ]);
  });

  test('of a sprite lie over what is there by their alpha', () => {
    const half = ((ink & 0xffffff) | (128 << 24)) >>> 0;
    const sprite = { width: 3, height: 1, pixels: Uint32Array.of(ink, 0, half) };
    expect(drawn((raster) => raster.blit(sprite, 6, 2))[2]).toBe('......#.');
    expect(drawn((raster) => raster.blit(sprite, -2, 0))[0]).toBe('+.......');
    expect(drawn((raster) => raster.blit(sprite, 0, 9))).toEqual(Array(6).fill('........'));
  });
});
