import { between, pick, seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { SortedList } from './sorted-list.ts';

interface Item {
  at: number;
  text: string;
}

const compare = (a: Item, b: Item) => a.at - b.at;
const item = (at: number, text = ''): Item => ({ at, text });

function listOf(numbers: Iterable<number>): SortedList<Item> {
  const list = new SortedList<Item>(compare);
  for (const at of numbers) list.put(item(at));
  return list;
}

const numbers = (list: SortedList<Item>) => list.slice(0, list.size).map(({ at }) => at);

describe('a sorted list', () => {
  it('[K44] holds one of those that are alike, the last', () => {
    const list = listOf([3, 1, 2]);
    list.put(item(2, 'new'));
    expect(list.slice(0, 9)).toEqual([item(1), item(2, 'new'), item(3)]);
    expect([list.has(item(2)), list.has(item(4))]).toEqual([true, false]);
  });

  it('[K44] gives what there is of a stretch, across blocks', () => {
    const list = listOf(Array.from({ length: 5_000 }, (_, n) => n * 2));
    expect(list.slice(2_000, 2_003).map(({ at }) => at)).toEqual([4_000, 4_002, 4_004]);
    expect(list.slice(100, 4_900)).toHaveLength(4_800);
    expect(list.slice(4_999, 6_000).map(({ at }) => at)).toEqual([9_998]);
    expect(list.slice(-3, 1).map(({ at }) => at)).toEqual([0]);
    expect([list.slice(5_000, 6_000), list.slice(7, 7), listOf([]).slice(0, 9)]).toEqual([[], [], []]);
  });

  it('[K44] knows how many stand before what is there, and before what has gone', () => {
    const list = listOf(Array.from({ length: 3_000 }, (_, n) => n * 2));
    expect([list.rank(item(2_000)), list.rank(item(1_999)), list.rank(item(-1)), list.rank(item(9_999))]).toEqual([
      1_000, 1_000, 0, 3_000,
    ]);
    expect(listOf([]).rank(item(1))).toBe(0);
  });

  it('[K44] can lose all it has and be filled again', () => {
    const list = listOf(Array.from({ length: 2_000 }, (_, n) => n));
    for (let n = 0; n < 2_000; n++) expect(list.delete(item((n * 7) % 2_000))).toBe(true);
    expect([list.size, list.delete(item(5))]).toEqual([0, false]);
    list.put(item(1));
    expect(numbers(list)).toEqual([1]);
  });

  it.each([1, 2, 3, 4, 5])('[K44] is as if it were sorted at once, whatever comes and goes (seed %d)', (seed) => {
    const chance = seededRandom(seed);
    const list = new SortedList<Item>(compare);
    const held = new Set<number>();
    for (let round = 0; round < 12; round++) {
      // Growing and shrinking in turn, so that blocks are parted and joined.
      const grows = round % 3 !== 2;
      for (let n = 0; n < 700; n++) {
        const at = between(chance, 0, 4_000);
        if (grows ? chance() < 0.9 : chance() < 0.1) {
          list.put(item(at));
          held.add(at);
        } else {
          const gone = grows || held.size === 0 ? at : pick(chance, [...held]);
          expect(list.delete(item(gone))).toBe(held.delete(gone));
        }
      }
      const expected = [...held].sort((a, b) => a - b);
      expect(numbers(list)).toEqual(expected);
      const from = between(chance, 0, expected.length);
      expect(list.slice(from, from + 30).map(({ at }) => at)).toEqual(expected.slice(from, from + 30));
      const at = between(chance, 0, 4_000);
      expect(list.rank(item(at))).toBe(expected.filter((one) => one < at).length);
    }
  });
});
