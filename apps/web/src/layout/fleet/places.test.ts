import { seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { Places } from './places.ts';

describe('places', () => {
  it('[P8] gives the lowest free place, and who has one keeps it', () => {
    const random = seededRandom(7);
    const places = new Places();
    const held = new Map<number, number>();
    for (let step = 0; step < 3_000; step += 1) {
      const leaver = [...held.keys()][Math.floor(random() * held.size * 2)];
      if (leaver === undefined) {
        const taken = new Set(held.values());
        let lowest = 0;
        while (taken.has(lowest)) lowest += 1;
        expect(places.take(step)).toBe(lowest);
        held.set(step, lowest);
      } else {
        places.leave(held.get(leaver) ?? -1);
        held.delete(leaver);
      }
      expect(places.taken).toBe(held.size);
      expect(places.items).toHaveLength(1 + Math.max(-1, ...held.values()));
      for (const [item, place] of held) expect(places.items[place]).toBe(item);
    }
  });
});
