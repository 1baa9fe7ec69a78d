import { seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { DueQueue } from './due-queue.ts';

describe('keys that fall due', () => {
  it('[M146] fall due in the order of their times, then of their coming, as a sorted list would have them', () => {
    const clock = fakeClock();
    const random = seededRandom(5);
    const told: string[] = [];
    const wanted: { key: string; at: number }[] = [];
    const queue = new DueQueue(clock, (key) => told.push(`${key}@${clock.elapsed()}`));
    for (let round = 0; round < 20; round++) {
      for (let serial = 0; serial < 25; serial++) {
        const key = `${round}-${serial}`;
        const ms = Math.floor(random() * 300);
        wanted.push({ key, at: clock.elapsed() + ms });
        queue.add(key, ms);
      }
      clock.advance(40);
    }
    clock.advance(1000);
    const sorted = wanted.sort((a, b) => a.at - b.at).map(({ key, at }) => `${key}@${at}`);
    expect(told).toEqual(sorted);
  });

  it('[M146] that are added while one falls due have their turn', () => {
    const clock = fakeClock();
    let turns = 0;
    const queue: DueQueue = new DueQueue(clock, (key) => {
      turns += 1;
      if (turns < 5) queue.add(key, 10.4);
    });
    queue.add('a', 0);
    clock.advance(100);
    expect(turns).toBe(5);
  });
});
