import { expect, it } from 'vitest';
import { fitCamera, HOME, openingCamera, revealCamera, SCALES, zoomCamera } from './camera.ts';

const view = { width: 1000, height: 500 };

it('[V22] fitting never enlarges, and leaves what fits where it is drawn', () => {
  expect(fitCamera({ x: 0, y: 0, width: 500, height: 200 }, view)).toEqual(HOME);
  expect(fitCamera({ x: 0, y: 0, width: 2000, height: 200 }, view)).toEqual({ x: 0, y: 0, scale: 0.5 });
});

it('[V22] a picture that is too large to be read whole opens at its corner, legible', () => {
  expect(openingCamera({ x: 0, y: 0, width: 1100, height: 500 }, view).scale).toBeCloseTo(1000 / 1100);
  expect(openingCamera({ x: 0, y: 0, width: 500, height: 1500 }, view)).toEqual(HOME);
  expect(openingCamera({ x: 0, y: 0, width: 2000, height: 1500 }, view)).toEqual({ x: 0, y: 0, scale: 0.8 });
});

it('[V22] zooming holds the point under the hand still, within its limits', () => {
  const near = zoomCamera(HOME, 2, { x: 100, y: 50 });
  expect(near).toEqual({ x: -100, y: -50, scale: 2 });
  expect(zoomCamera(near, 100, { x: 0, y: 0 }).scale).toBe(SCALES.most);
});

it('[V22] revealing moves as little as needed, and not at all for what is in view', () => {
  expect(revealCamera(HOME, { x: 100, y: 100, width: 50, height: 50 }, view, 10)).toEqual(HOME);
  expect(revealCamera(HOME, { x: 990, y: 100, width: 50, height: 50 }, view, 10)).toEqual({ x: -50, y: 0, scale: 1 });
  expect(revealCamera(HOME, { x: 100, y: -80, width: 50, height: 50 }, view, 10)).toEqual({ x: 0, y: 90, scale: 1 });
});
