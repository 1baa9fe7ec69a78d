import { describe, expect, it } from 'vitest';
import { ROW, reveal, rowByKey, windowAt } from './row-window.ts';

describe('the rows in view', () => {
  it('[K43] are drawn with some above and below, and no others', () => {
    expect(windowAt(0, 10 * ROW, 150_000)).toEqual({ from: 0, to: 26 });
    expect(windowAt(70_000 * ROW, 10 * ROW, 150_000)).toEqual({ from: 69_988, to: 70_026 });
    expect(windowAt(0, 10 * ROW, 3)).toEqual({ from: 0, to: 3 });
    expect(windowAt(0, 10 * ROW, 0)).toEqual({ from: 0, to: 0 });
  });

  it('[K43] are all reached: whatever is scrolled away, what is in view is drawn', () => {
    const count = 1_003;
    const height = 10 * ROW + 5;
    for (let top = 0; top <= count * ROW - height; top += 13) {
      const { from, to } = windowAt(top, height, count);
      expect(from).toBeLessThanOrEqual(Math.floor(top / ROW));
      expect(to).toBeGreaterThanOrEqual(Math.min(count, Math.ceil((top + height) / ROW)));
      expect(to - from).toBeLessThanOrEqual(40);
    }
  });

  it('[K43] are the last ones where fewer rows are left than are scrolled away', () => {
    expect(windowAt(900 * ROW, 10 * ROW, 20)).toEqual({ from: 0, to: 20 });
  });

  it('[K46] come to hold a row with the least movement', () => {
    const height = 10 * ROW;
    expect(reveal(5, 0, height)).toBe(0);
    expect(reveal(10, 0, height)).toBe(ROW);
    expect(reveal(3, 5 * ROW, height)).toBe(3 * ROW);
    expect(reveal(14, 5 * ROW, height)).toBe(5 * ROW);
  });
});

describe('the keys of a table', () => {
  const room = { count: 100, page: 10, first: 40 };

  it('[K46] lead from row to row, by pages, and to both ends', () => {
    const from50 = (key: string) => rowByKey(key, 50, room);
    expect(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map(from50)).toEqual([51, 49, 59, 41, 0, 99]);
    expect([rowByKey('ArrowDown', 99, room), rowByKey('PageUp', 3, room)]).toEqual([99, 0]);
  });

  it('[K46] begin at the first row in view, and lead nowhere by other keys or without rows', () => {
    expect(['ArrowDown', 'ArrowUp'].map((key) => rowByKey(key, null, room))).toEqual([40, 40]);
    expect([rowByKey('a', 50, room), rowByKey('End', null, { ...room, count: 0 })]).toEqual([null, null]);
  });
});
