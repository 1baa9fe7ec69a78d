import { describe, expect, it } from 'vitest';
import { lineKeys } from './line-keys.ts';

const NONE = new Map<string, number>();

describe('the lines of a table', () => {
  it('[K45] show what they showed, and what comes into view takes the lines of what left it', () => {
    const first = lineKeys(NONE, ['a', 'b', 'c', 'd']);
    expect([...first]).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 3],
    ]);
    const scrolled = lineKeys(first, ['c', 'd', 'e', 'f']);
    expect([...scrolled.values()]).toEqual([2, 3, 0, 1]);
    expect([...lineKeys(scrolled, ['x', 'd', 'e', 'y', 'f', 'z'])].map(([, line]) => line)).toEqual([2, 3, 0, 4, 1, 5]);
  });

  it('[K45] are all written anew when nothing of before is in view', () => {
    expect([...lineKeys(lineKeys(NONE, ['a', 'b']), ['c', 'd']).values()]).toEqual([0, 1]);
  });
});
