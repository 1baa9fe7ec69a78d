import type { PodMark } from '@portolan/shared';
import { describe, expect, test } from 'vitest';
import type { FleetPlan } from '../../layout/fleet/plan.ts';
import { codeOf, type SampleFleet, sampleFleet } from '../../testing/sample-plan.ts';
import { type FleetColours, mix, pixel } from './colours.ts';
import { FleetState } from './fleet-state.ts';
import { createLooks, dotSide } from './mark-looks.ts';
import { OVERHANG, type PaintScene, paintFleet, tilePixels } from './paint-fleet.ts';
import { DIMMED, isPromoted, SOUGHT } from './promotion.ts';
import { Raster } from './raster.ts';

const colours: FleetColours = {
  canvas: pixel(1, 1, 1),
  ground: pixel(2, 2, 2),
  line: pixel(3, 3, 3),
  quiet: pixel(4, 4, 4),
  tones: {
    ready: pixel(5, 5, 5),
    start: pixel(6, 6, 6),
    warn: pixel(7, 7, 7),
    fail: pixel(8, 8, 8),
    gone: pixel(9, 9, 9),
  },
};
const drawSprite = (_: PodMark, side: number, colour: number) => ({
  width: side,
  height: side,
  pixels: new Uint32Array(side * side).fill(colour),
});

function sceneOf(state: FleetState, scale: number, x = 0): PaintScene {
  const looks = createLooks({ colours, ratio: 1, drawSprite });
  const camera = { scale, x, y: 0 };
  const { plan, places, tiles: index } = state;
  return { tiles: plan.tiles, index, places, camera, colours, ratio: 1, covered: new Set(), looks };
}

function painted(state: FleetState, scale: number, x = 0): Raster {
  const raster = new Raster(400, 120);
  paintFleet(raster, sceneOf(state, scale, x), null);
  return raster;
}

const count = (raster: Raster, colour: number) => raster.pixels.reduce((sum, each) => sum + Number(each === colour), 0);
const stateOf = ({ plan, pods }: SampleFleet, lit: ((slot: number) => boolean) | null = null) =>
  new FleetState(plan, pods, lit);

describe('P44: tiles', () => {
  test.each([0.4, 0.93, 1.237, 1.5, 1.93, 2.61, 7.3])('have the same gap between them at %f pixels a cell', (scale) => {
    const tiles = Array.from({ length: 40 }, (_, at) => ({ x: at * 10, y: at * 8, width: 9, height: 7 }));
    const boxes = tiles.map((box) => tilePixels(box, { scale, x: 6, y: 6 }));
    const gaps = boxes
      .slice(1)
      .flatMap(({ left, top }, at) => [left - (boxes[at]?.right ?? 0), top - (boxes[at]?.bottom ?? 0)]);
    expect(new Set(gaps)).toEqual(new Set([Math.max(1, Math.floor(scale))]));
  });

  test('are as wide as each other but for a pixel', () => {
    const boxes = Array.from({ length: 40 }, (_, at) =>
      tilePixels({ x: at * 10, y: 0, width: 9, height: 7 }, { scale: 1.237, x: 0, y: 0 }),
    );
    expect(new Set(boxes.map(({ left, right }) => right - left))).toEqual(new Set([11, 12]));
  });
});

describe('P45: afar', () => {
  test('every pod has a mark, with a gap from two pixels a cell on', () => {
    expect(dotSide(0.3)).toBe(1);
    expect([1, 1.5, 2, 2.9, 3, 6].map(dotSide)).toEqual([1, 2, 1, 1, 2, 5]);
    expect(count(painted(stateOf(sampleFleet(8)), 2), colours.quiet)).toBe(240);
    expect(count(painted(stateOf(sampleFleet(8)), 1), colours.quiet)).toBe(240);
  });

  test('who starts is as small as who is well, all others are 8 pixels', () => {
    expect(count(painted(stateOf(sampleFleet(8, { 40: 'creating', 41: 'pending' })), 2), colours.tones.start)).toBe(2);
    expect(count(painted(stateOf(sampleFleet(8, { 40: 'fail' })), 2), colours.tones.fail)).toBe(81);
    expect(count(painted(stateOf(sampleFleet(8, { 40: 'notready' })), 2), colours.tones.warn)).toBeGreaterThan(40);
    expect(['ready', 'creating', 'pending', 'completed'].map((mark) => isPromoted(mark as PodMark))).toEqual(
      Array(4).fill(false),
    );
    expect(['notready', 'fail', 'pull', 'terminating', 'unknown'].map((mark) => isPromoted(mark as PodMark))).toEqual(
      Array(5).fill(true),
    );
  });

  test('a larger tile has a border in the tone of its node, else of the worst of its pods', () => {
    const failing = painted(stateOf(sampleFleet(8, { 31: 'fail', 32: 'notready' }, { 1: 'promoted' })), 2);
    expect(failing.pixels[400 * 30 + 83]).toBe(colours.tones.fail);
    const well = painted(stateOf(sampleFleet(8, {}, { 1: 'promoted' })), 2);
    expect(well.pixels[400 * 30 + 83]).toBe(colours.line);
  });
});

test('P46: a filter leaves a fifth of the colour of what it does not let through', () => {
  const contrasting = { ...colours, ground: pixel(102, 102, 102) };
  const looks = createLooks({ colours: contrasting, ratio: 1, drawSprite });
  const raster = new Raster(400, 120);
  const state = stateOf(sampleFleet(8), (slot) => slot < 30);
  paintFleet(raster, { ...sceneOf(state, 2), colours: contrasting, looks }, null);
  expect(count(raster, colours.quiet)).toBe(30);
  expect(count(raster, mix(contrasting.ground, colours.quiet, 0.2))).toBe(210);
});

describe('P47: what changed is painted in place', () => {
  test.each([1, 1.6, 2, 2.5, 4, 6, 11, 17])('and looks as if all was painted anew, at %d pixels a cell', (scale) => {
    const fleet = sampleFleet(16, { 31: 'fail', 45: 'notready' }, { 1: 'promoted', 2: 'promoted', 5: 'named' });
    const state = stateOf(fleet);
    const raster = painted(state, scale, 7);
    const marks: PodMark[] = ['fail', 'ready', 'pull', 'terminating', 'creating', 'unknown', 'completed', 'notready'];
    let plan: FleetPlan = fleet.plan;
    for (let round = 0; round < 30; round += 1) {
      const slots = [(round * 37) % 480, (round * 91 + 5) % 480];
      for (const slot of slots) fleet.pods.marks[slot] = codeOf(marks[(slot + round) % marks.length] ?? 'ready');
      plan = { ...plan, version: plan.version + 1, changed: { pods: slots, tiles: [], gone: [], groups: false } };
      const { areas } = state.take(plan, fleet.pods, null);
      for (const box of areas ?? []) {
        paintFleet(raster, sceneOf(state, scale, 7), {
          left: Math.floor(box.x * scale + 7 - OVERHANG),
          top: Math.floor(box.y * scale - OVERHANG),
          right: Math.ceil((box.x + box.width) * scale + 7 + OVERHANG),
          bottom: Math.ceil((box.y + box.height) * scale + OVERHANG),
        });
      }
      expect(raster.pixels).toEqual(painted(state, scale, 7).pixels);
    }
  });

  test('and nothing else is touched', () => {
    const raster = painted(stateOf(sampleFleet(8)), 2);
    raster.pixels.fill(0);
    const region = paintFleet(raster, sceneOf(stateOf(sampleFleet(8)), 2), {
      left: -5,
      top: 20,
      right: 30,
      bottom: 999,
    });
    expect(region).toEqual({ left: 0, top: 20, right: 30, bottom: 120 });
    expect(count(raster, 0)).toBe(400 * 120 - 30 * 100);
  });
});

test('P40: what is a button is not painted', () => {
  const state = stateOf(sampleFleet(8));
  const raster = new Raster(400, 120);
  paintFleet(raster, { ...sceneOf(state, 2), covered: new Set([0, 1, 2]) }, null);
  expect(count(raster, colours.quiet)).toBe(237);
});

test('P46: codes of dimmed marks follow those of marks', () => {
  const state = stateOf(sampleFleet(1, { 4: 'fail' }), (slot) => slot !== 4);
  expect(state.codes[4]).toBe(codeOf('fail') + DIMMED);
  expect(state.codes[5]).toBe(codeOf('ready') + SOUGHT);
});

test('P46: what a filter lights alone is to be found from afar, and a tile in which it lights nothing has no tone', () => {
  const fleet = () => sampleFleet(8, { 40: 'creating', 70: 'fail' }, { 2: 'promoted' });
  const lit = painted(
    stateOf(fleet(), (slot) => slot === 40),
    2,
  );
  expect(count(lit, colours.tones.start)).toBeGreaterThan(20);
  expect(count(lit, colours.tones.fail)).toBe(0);
  expect(count(painted(stateOf(fleet()), 2), colours.tones.start)).toBe(1);
  expect(count(painted(stateOf(fleet()), 2), colours.tones.fail)).toBeGreaterThan(60);
});
