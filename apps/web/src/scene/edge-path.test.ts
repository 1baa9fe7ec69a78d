import { expect, it } from 'vitest';
import { roundedPath } from './edge-path.ts';

it('[V24] lines turn in corners of 8 px, less where there is no room', () => {
  const points = (y: number) => [
    { x: 0, y: 0 },
    { x: 24, y: 0 },
    { x: 24, y },
    { x: 48, y },
  ];
  expect(roundedPath(points(100))).toBe('M0,0L16,0Q24,0,24,8L24,92Q24,100,32,100L48,100');
  expect(roundedPath(points(8))).toBe('M0,0L20,0Q24,0,24,4L24,4Q24,8,28,8L48,8');
});

it('[V24] a straight line has the same commands as one with turns, so that one becomes the other', () => {
  const straight = roundedPath([
    { x: 0, y: 0 },
    { x: 24, y: 0 },
    { x: 24, y: 0 },
    { x: 48, y: 0 },
  ]);
  expect(straight.replace(/[\d.,-]+/g, '')).toBe('MLQLQL');
});
