import { seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { scheduleOf } from '../run-seeds.ts';
import { drawSchedule, scheduleInWords } from './schedule.ts';
import { FAULT_TABLE, faultRow } from './table.ts';

const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1);

describe('a schedule', () => {
  it('[F10] is the same for the same seed, and another for another', () => {
    expect(scheduleOf(7)).toEqual(scheduleOf(7));
    expect(scheduleOf(7)).not.toEqual(scheduleOf(8));
  });

  it('[F10] is printed with the numbers by which its steps are chosen', () => {
    const whole = scheduleOf(7);
    expect(scheduleInWords(whole).split('\n')).toHaveLength(whole.length);
    expect(scheduleOf(7, [1, 3])).toEqual([whole[1], whole[3]]);
  });

  it('[F11] no row of the table is dead: two hundred seeds draw each of them', () => {
    const drawn = new Set(SEEDS.flatMap((seed) => drawSchedule(seededRandom(seed)).map(({ fault }) => fault)));
    expect(FAULT_TABLE.filter(({ id }) => !drawn.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('[F11] a fault has one row, and one that is not in the table is refused', () => {
    expect(new Set(FAULT_TABLE.map(({ id }) => id)).size).toBe(FAULT_TABLE.length);
    expect(() => faultRow('rain')).toThrow('there is no fault "rain"');
  });
});
