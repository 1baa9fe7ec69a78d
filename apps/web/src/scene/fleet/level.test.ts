import { expect, test } from 'vitest';
import { fleetLevel } from './level.ts';

test('P40: from 10, 40 and 160 pixels a cell on, pods are silhouettes, buttons, and buttons with all that is told of them', () => {
  const levels = [1, 9.9, 10, 39, 40, 159, 160, 400].map((scale) => fleetLevel(scale, null));
  expect(levels).toEqual(['far', 'far', 'middle', 'middle', 'near', 'near', 'close', 'close']);
});

test('P40: a scale that trembles at a limit changes nothing', () => {
  expect(fleetLevel(10.5, 'far')).toBe('far');
  expect(fleetLevel(9.5, 'middle')).toBe('middle');
  expect(fleetLevel(11, 'far')).toBe('middle');
  expect(fleetLevel(9, 'middle')).toBe('far');
  expect(fleetLevel(200, 'far')).toBe('close');
  expect(fleetLevel(2, 'close')).toBe('far');
  // Past one limit for good, and just past the next: the nearer level waits, but the one that is shown has been left.
  expect(fleetLevel(41, 'far')).toBe('near');
});
