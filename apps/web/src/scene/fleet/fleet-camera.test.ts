import { describe, expect, test } from 'vitest';
import { fitFleet, fleetScales, holdCamera, seeBox, seenBox } from './fleet-camera.ts';

const view = { width: 1480, height: 610 };
const around = { width: 1492, height: 622 };

describe('P41: the camera', () => {
  test('shows between the whole fleet and 400 pixels a cell', () => {
    expect(fleetScales({ width: 740, height: 305 }, around)).toEqual({ least: 2, most: 400 });
    expect(fleetScales({ width: 7400, height: 305 }, around).least).toBeCloseTo(0.2);
  });

  test('fits as large as can be, glyphs in steps of half a device pixel, and few pods no larger than glyphs', () => {
    expect(fitFleet({ width: 500, height: 100 }, around, 1).scale).toBeCloseTo(2.96);
    expect(fitFleet({ width: 100, height: 20 }, around, 1).scale).toBe(14.5);
    expect(fitFleet({ width: 100, height: 20 }, around, 2).scale).toBe(14.75);
    expect(fitFleet({ width: 1000, height: 100 }, around, 1).scale).toBeCloseTo(1.48);
    expect(fitFleet({ width: 10, height: 10 }, around, 1)).toEqual({ x: 6, y: 6, scale: 24 });
  });

  test('looks at a box in the middle, no nearer than asked', () => {
    const camera = seeBox({ x: 100, y: 50, width: 6, height: 5 }, view, 48);
    expect(camera.scale).toBe(48);
    expect(103 * 48 + camera.x).toBeCloseTo(740);
    expect(52.5 * 48 + camera.y).toBeCloseTo(305);
    expect(seeBox({ x: 0, y: 0, width: 740, height: 10 }, view, 48).scale).toBeCloseTo(1.6);
  });

  test('never loses the picture, and lets its edge come into the view', () => {
    const extent = { width: 740, height: 305 };
    expect(holdCamera({ x: 9_999, y: -9_999, scale: 4 }, extent, view)).toEqual({
      x: 370,
      y: 610 - 1220 - 152.5,
      scale: 4,
    });
    expect(holdCamera({ x: 0, y: 0, scale: 2 }, extent, view)).toEqual({ x: 0, y: 0, scale: 2 });
    expect(holdCamera({ x: -9_999, y: 9_999, scale: 1 }, extent, view)).toEqual({
      x: -370,
      y: 610 - 305 + 152.5,
      scale: 1,
    });
  });

  test('sees what its view holds', () => {
    expect(seenBox({ x: -100, y: 50, scale: 10 }, view)).toEqual({ x: 10, y: -5, width: 148, height: 61 });
  });
});
