import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wallClock } from './clock.ts';

describe('the wall clock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('[M82] divides delays by its speed', () => {
    const run = vi.fn();
    wallClock(10).after(5000, run);
    vi.advanceTimersByTime(499);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
  });

  it('[M82] leaves no timer once it is stopped, whatever is asked of it after', () => {
    const clock = wallClock();
    const run = vi.fn();
    clock.after(10, run);
    clock.stop();
    clock.after(10, run)();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('[M82] a delay beyond what a timer takes is not run at once', () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    wallClock().after(1e12, () => undefined);
    expect(set.mock.calls[0]?.[1]).toBe(2 ** 31 - 1);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('[M82] a speed of %d is refused', (speed) => {
    expect(() => wallClock(speed)).toThrow('speed must be a positive number');
  });
});
