import { expect, it } from 'vitest';
import { stack } from './stack.ts';

it('[V6] a newcomer keeps clear of the room that the one above reserves', () => {
  expect(
    stack(
      [
        { previousY: null, height: 100, reserve: 200 },
        { previousY: null, height: 50, reserve: 50 },
      ],
      8,
      16,
    ),
  ).toEqual([8, 224]);
});

it('[V6] whoever stood somewhere stays there until the one above grows into it', () => {
  const above = (height: number) => ({ previousY: 8, height, reserve: height + 100 });
  const below = { previousY: 224, height: 50, reserve: 50 };
  expect(stack([above(200), below], 8, 16)).toEqual([8, 224]);
  expect(stack([above(201), below], 8, 16)).toEqual([8, 325]);
});
