import { expect, test } from 'vitest';
import { codeOf, sampleFleet } from '../../testing/sample-plan.ts';
import { pixel } from './colours.ts';
import { FleetState } from './fleet-state.ts';
import { paintFlight } from './flight.ts';
import { MarkLooks } from './mark-looks.ts';
import { Raster } from './raster.ts';

const tones = { ready: 9, start: 9, warn: 9, fail: pixel(200, 0, 0), gone: 9 };
const colours = { canvas: 9, ground: 9, line: 9, quiet: pixel(0, 200, 0), tones };
const looks = new MarkLooks(1, {
  colours,
  ratio: 1,
  drawSprite: () => ({ width: 0, height: 0, pixels: new Uint32Array(0) }),
});
const camera = { scale: 2, x: 0, y: 0 };

function flown(share: number): { x: number; y: number; fail: boolean }[] {
  const { plan, pods } = sampleFleet(1);
  plan.size.fill(0);
  plan.size[0] = 1;
  const before = new FleetState(plan, pods, null).places.copy();
  plan.x[0] = 40;
  plan.y[0] = 21;
  plan.size[1] = 1;
  pods.marks[1] = codeOf('fail');
  const after = new FleetState(plan, pods, null).places;
  const raster = new Raster(120, 60);
  paintFlight(
    raster,
    { places: before, camera },
    { places: after, camera: { scale: 2, x: 10, y: 0 } },
    share,
    looks,
    1,
  );
  return [...raster.pixels.entries()].flatMap(([at, each]) =>
    each === 0 ? [] : [{ x: at % 120, y: Math.floor(at / 120), fail: each === tones.fail }],
  );
}

test('P48: a pod flies from where it stood to where it will stand, and the camera with it', () => {
  const place = (share: number) => flown(share).find(({ fail }) => !fail);
  expect(place(0)).toEqual({ x: 0, y: 22, fail: false });
  expect(place(0.5)).toEqual({ x: 45, y: 32, fail: false });
  expect(place(1)).toEqual({ x: 90, y: 42, fail: false });
});

test('P48: who comes meanwhile is where it will stand, and who is not well is larger', () => {
  const failing = flown(0.3).filter(({ fail }) => fail);
  expect(failing).toHaveLength(16);
  expect(failing[0]).toEqual({ x: 12, y: 22, fail: true });
});
