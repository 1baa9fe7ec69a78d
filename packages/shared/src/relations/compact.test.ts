import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { Chains } from './chains.ts';
import { Few } from './few.ts';
import { MultiMap } from './multi-map.ts';
import { Slots } from './slots.ts';

const SEEDS = Array.from({ length: 5 }, (_, seed) => seed);
const STEPS = 600;
const whole = (chance: () => number, below: number) => Math.floor(chance() * below);

describe('what the graph keeps in arrays', () => {
  it.each(SEEDS)('[R2] lists whose members know each other are lists (seed %d)', (seed) => {
    const chance = seededRandom(seed);
    const chains = new Chains();
    const lists = Array.from({ length: 8 }, (): number[] => []);
    for (let step = 0; step < STEPS; step++) {
      const member = 1 + whole(chance, 40);
      const of = lists.findIndex((list) => list.includes(member));
      const to = whole(chance, lists.length);
      if (of < 0) {
        chains.add(to, member);
        lists[to]?.push(member);
      } else {
        chains.remove(of, member);
        lists[of] = lists[of]?.filter((each) => each !== member) ?? [];
      }
      expect(lists.map((_, list) => chains.of(list))).toEqual(lists);
      expect(lists.map((_, list) => chains.size(list))).toEqual(lists.map(({ length }) => length));
    }
  });

  it.each(SEEDS)('[R2] a few numbers at a place are a bag of them (seed %d)', (seed) => {
    const chance = seededRandom(seed);
    const few = new Few();
    const bags = Array.from({ length: 20 }, (): number[] => []);
    for (let step = 0; step < STEPS; step++) {
      const place = whole(chance, bags.length);
      const bag = bags[place] ?? [];
      const number = 1 + whole(chance, 3);
      if (chance() < 0.5) {
        few.add(place, number);
        bag.push(number);
      } else {
        few.remove(place, number);
        const at = bag.indexOf(number);
        if (at >= 0) bag.splice(at, 1);
      }
      expect(few.of(place).toSorted()).toEqual(bag.toSorted());
    }
  });

  it.each(SEEDS)('[R2] sets are sets, be they large or small (seed %d)', (seed) => {
    const chance = seededRandom(seed);
    const compact = new MultiMap<string>();
    const sets = new Map(['a', 'b', 'c'].map((key) => [key, new Set<number>()]));
    for (let step = 0; step < STEPS; step++) {
      // More come than go at first, and then the other way round.
      const comes = chance() < (step < STEPS / 2 ? 0.7 : 0.3);
      for (const [key, set] of sets) {
        const member = whole(chance, 40);
        if (comes) {
          compact.add(key, member);
          set.add(member);
        } else {
          compact.remove(key, member);
          set.delete(member);
        }
        expect([...compact.get(key)]).toEqual([...set]);
      }
    }
  });

  it.each(SEEDS)('[R2] a text has one slot for as long as it is held, and no other text has it (seed %d)', (seed) => {
    const chance = seededRandom(seed);
    const slots = new Slots();
    const held = new Map<string, { slot: number; times: number }>();
    for (let step = 0; step < STEPS; step++) {
      const text = `text-${whole(chance, 60)}`;
      const known = held.get(text);
      if (chance() < 0.5) {
        const slot = slots.hold(text);
        if (known !== undefined) expect(slot).toBe(known.slot);
        held.set(text, { slot, times: (known?.times ?? 0) + 1 });
      } else if (known !== undefined) {
        slots.release(known.slot);
        known.times -= 1;
        if (known.times === 0) held.delete(text);
      }
      if (chance() < 0.3) {
        slots.sweep();
        const texts = Array.from({ length: 60 }, (_, n) => `text-${n}`);
        expect(texts.map((each) => slots.of(each))).toEqual(texts.map((each) => held.get(each)?.slot ?? 0));
      }
      expect(Array.from(held.values(), ({ slot }) => slots.text(slot))).toEqual([...held.keys()]);
      expect(new Set(Array.from(held.values(), ({ slot }) => slot)).size).toBe(held.size);
    }
    // What is let go of is used again, not added to.
    expect(Math.max(...Array.from(held.values(), ({ slot }) => slot))).toBeLessThan(200);
  });
});
