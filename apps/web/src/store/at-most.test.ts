import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { atMost } from './at-most.ts';

function setUp() {
  const clock = new FakeClock();
  const done: number[] = [];
  const began = clock.now();
  const often = atMost(250, clock, () => done.push(clock.now() - began));
  return { clock, done, often };
}

describe('atMost', () => {
  it('[V86] does at once what is asked for in quiet, and then no more often than so', () => {
    const { clock, done, often } = setUp();
    for (let ms = 0; ms < 1000; ms += 10) {
      often.ask();
      clock.advance(10);
    }
    expect(done).toEqual([0, 250, 500, 750, 1000]);
    clock.advance(5000);
    often.ask();
    expect(done.at(-1)).toBe(6000);
  });

  it('[V86] does what was asked for last, and nothing after it was stopped', () => {
    const { clock, done, often } = setUp();
    often.ask();
    often.ask();
    clock.advance(250);
    expect(done).toEqual([0, 250]);
    often.ask();
    often.stop();
    clock.advance(1000);
    often.ask();
    expect(done).toEqual([0, 250]);
  });
});
