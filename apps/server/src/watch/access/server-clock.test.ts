import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.ts';
import { ServerClock } from './server-clock.ts';

let clock: FakeClock;
let heard: ServerClock;
beforeEach(() => {
  clock = new FakeClock();
  heard = new ServerClock(clock);
});

/** An answer that took `ms`, written by a server whose clock is ahead by `skew` when half the time is over. */
function answer(skew: number, ms: number, age: string | null = null): void {
  const sentAt = clock.monotonic();
  const written = clock.now() + ms / 2 + skew;
  clock.work(ms);
  heard.heard(sentAt, new Date(written).toUTCString(), age);
}

it('[W71] the offset is known to half a second from one quick answer', () => {
  expect(heard.skewMs).toBeNull();
  answer(90_300, 10);
  expect(Math.abs((heard.skewMs ?? 0) - 90_300)).toBeLessThanOrEqual(505);
});

it('[W71] answers at other parts of the second narrow it', () => {
  for (let i = 0; i < 40; i++) {
    clock.work(1037);
    answer(-45_321, 20);
  }
  expect(Math.abs((heard.skewMs ?? 0) + 45_321)).toBeLessThan(60);
});

it('[W71] an answer that took long does not move it', () => {
  for (let i = 0; i < 40; i++) {
    clock.work(1037);
    answer(0, 20);
  }
  const before = heard.skewMs;
  answer(0, 60_000);
  expect(heard.skewMs).toBe(before);
});

it('[W71] a clock that was set is followed', () => {
  answer(0, 20);
  answer(3_600_000, 20);
  expect(Math.abs((heard.skewMs ?? 0) - 3_600_000)).toBeLessThan(520);
});

it('[W71] an answer out of a cache, and one without a date, tell nothing', () => {
  answer(5_000, 20, '30');
  heard.heard(clock.monotonic(), null, null);
  heard.heard(clock.monotonic(), 'yesterday', null);
  expect(heard.skewMs).toBeNull();
});
