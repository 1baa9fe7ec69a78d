import { describe, expect, test } from 'vitest';
import { sampleFleet } from '../../testing/sample-plan.ts';
import { FleetState } from './fleet-state.ts';
import { hitTest } from './hit.ts';

const { plan, pods } = sampleFleet(16, { 62: 'fail', 63: 'fail', 70: 'creating' }, { 3: 'named' });
const state = new FleetState(plan, pods, null);
const scene = { plan, tiles: state.tiles, groups: state.groups, marks: state.codes };
/** Node 2 stands at (48, 11); its third pod, slot 62, at (50, 11). */
const at = (x: number, y: number, scale: number) => hitTest(scene, { x, y }, scale);

describe('P43: what is under the pointer', () => {
  test('is a node while its pods are too small to be meant', () => {
    expect(at(48.2, 13.5, 2)).toEqual({ kind: 'tile', tile: 2 });
    expect(at(48.2, 13.5, 6)).toEqual({ kind: 'pod', slot: 72, tile: 2 });
  });

  test('is a promoted pod wherever its mark is drawn, the nearest of several', () => {
    expect(at(50.2, 13, 2)).toEqual({ kind: 'pod', slot: 62, tile: 2 });
    expect(at(51.9, 9.6, 2)).toEqual({ kind: 'pod', slot: 63, tile: 2 });
    expect(at(50.2, 15, 2)).toEqual({ kind: 'tile', tile: 2 });
  });

  test('is a pod of a larger tile by its larger place', () => {
    expect(at(72 + 4.5, 11 + 7.5, 2)).toEqual({ kind: 'pod', slot: 90 + 13, tile: 3 });
  });

  test('is the heading of a group, or nothing', () => {
    expect(at(3, 5, 2)).toEqual({ kind: 'group', group: 0 });
    expect(at(10, 20, 2)).toBeNull();
    expect(at(-5, -5, 2)).toBeNull();
  });
});
