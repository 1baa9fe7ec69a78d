import { seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { scaledClock } from './scaled-clock.ts';

describe('the fast clock', () => {
  it('[F15] runs timers in the order of their times, cancelled ones never, and none after it is stopped', async () => {
    const clock = scaledClock(1000, seededRandom(1));
    const ran: string[] = [];
    clock.after(9000, () => ran.push('late'));
    clock.after(5000, () => ran.push('early'));
    const cancel = clock.after(6000, () => ran.push('cancelled'));
    clock.after(5500, cancel);
    await clock.pause(10_000);
    expect(ran).toEqual(['early', 'late']);
    clock.after(1, () => ran.push('stopped'));
    clock.stop();
    expect(clock.monotonic()).toBeGreaterThanOrEqual(10_000);
    clock.after(1, () => ran.push('after the stop'));
    const other = scaledClock(1000, seededRandom(1));
    await other.pause(10_000);
    other.stop();
    expect(ran).toEqual(['early', 'late']);
  });

  it('[F15] goes on by turns of the event loop: a turn that takes long is one tick', async () => {
    const clock = scaledClock(10, seededRandom(1));
    await clock.pause(1);
    const before = clock.monotonic();
    const until = performance.now() + 60;
    while (performance.now() < until);
    await clock.pause(1);
    expect(clock.monotonic() - before).toBeLessThanOrEqual(100);
    clock.stop();
  });

  it('[F15] stands still while it is held, and goes on when the last hold is let go', async () => {
    const clock = scaledClock(1000, seededRandom(1));
    const first = clock.hold();
    const second = clock.hold();
    const before = clock.monotonic();
    first();
    const other = scaledClock(1, seededRandom(1));
    await other.pause(40);
    other.stop();
    expect(clock.monotonic()).toBe(before);
    second();
    await clock.pause(1);
    expect(clock.monotonic()).toBeGreaterThan(before);
    clock.stop();
  });

  it('[F15] refuses a factor that is none', () => {
    expect(() => scaledClock(0, seededRandom(1))).toThrow('the factor must be a positive number, not 0');
  });
});
