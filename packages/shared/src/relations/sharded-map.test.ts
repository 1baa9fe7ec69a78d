import { describe, expect, it } from 'vitest';
import { pick, seededRandom } from '../random.ts';
import { ShardedMap } from './sharded-map.ts';

describe('a sharded map', () => {
  it('[R1] holds what a map holds, whatever is set and deleted', () => {
    const chance = seededRandom(7);
    const keys = ['', 'a', 'ab', ...Array.from({ length: 300 }, (_, n) => `uid-${n}`)];
    const [sharded, map] = [new ShardedMap<number>(), new Map<string, number>()];
    for (let step = 0; step < 5_000; step++) {
      const key = pick(chance, keys);
      if (chance() < 0.6) {
        sharded.set(key, step);
        map.set(key, step);
      } else expect(sharded.delete(key)).toBe(map.delete(key));
      expect(sharded.size).toBe(map.size);
      expect(sharded.get(key)).toBe(map.get(key));
    }
    for (const key of keys) expect(sharded.get(key)).toBe(map.get(key));
  });
});
