import { expect, test } from 'vitest';
import { BoxIndex } from './box-index.ts';

test('P42: what is in an area is found as by looking at every box', () => {
  const random = lcg(7);
  const boxes = Array.from({ length: 400 }, () => {
    const [width, height] = random() < 0.05 ? [150, 90] : [6, 5];
    return { box: { x: Math.floor(random() * 600), y: Math.floor(random() * 300), width, height } };
  });
  const index = new BoxIndex(boxes, 640, 320);
  for (let round = 0; round < 200; round += 1) {
    const area = { x: random() * 900 - 150, y: random() * 500 - 100, width: random() * 200, height: random() * 90 };
    const plain = boxes.flatMap(({ box }, number) =>
      box.x < area.x + area.width &&
      box.x + box.width > area.x &&
      box.y < area.y + area.height &&
      box.y + box.height > area.y
        ? [number]
        : [],
    );
    expect(index.within(area).sort((a, b) => a - b)).toEqual(plain);
  }
});

test('P42: a point belongs to the box that begins there, not to the one that ends there', () => {
  const index = new BoxIndex(
    [{ box: { x: 0, y: 0, width: 32, height: 5 } }, { box: { x: 32, y: 0, width: 6, height: 5 } }],
    40,
    5,
  );
  expect([index.at(31.9, 1), index.at(32, 1), index.at(38, 1), index.at(1, 5)]).toEqual([0, 1, null, null]);
  expect(new BoxIndex([], 0, 0).at(0, 0)).toBeNull();
});

/** Park and Miller's generator: numbers from 0 to 1. */
function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
