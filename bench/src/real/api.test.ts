import { describe, expect, it } from 'vitest';
import { eachOf } from './api.ts';

describe('eachOf', () => {
  it('does the work of every item, so many at once', async () => {
    const done: number[] = [];
    let [now, most] = [0, 0];
    await eachOf(
      [1, 2, 3, 4, 5, 6, 7],
      async (item) => {
        most = Math.max(most, ++now);
        await Promise.resolve();
        now -= 1;
        done.push(item);
      },
      3,
    );
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('begins none after one has failed, and says why', async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      await Promise.resolve();
      if (item === 2) throw new Error('the second');
    };
    await expect(eachOf([1, 2, 3, 4, 5, 6], work, 2)).rejects.toThrow('the second');
    expect(begun.length).toBeLessThan(6);
  });
});
