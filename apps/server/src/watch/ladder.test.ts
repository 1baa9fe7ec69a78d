import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { ApiError, type ApiErrorReason } from './api-error.ts';
import { type Fall, Ladder } from './ladder.ts';

let clock: FakeClock;
let ladder: Ladder;
beforeEach(() => {
  clock = new FakeClock();
  ladder = new Ladder(clock);
});

const fall = (reason: ApiErrorReason, retryAfterMs: number | null = null): Fall =>
  ladder.fall(new ApiError(reason, reason, { retryAfterMs }));

/** After an hour of health. */
function healthy(): void {
  ladder.live();
  clock.work(3_600_000);
}

it.each<[ApiErrorReason, Fall['state'], Fall['next'], number]>([
  ['unreachable', 'backoff', 'resume', 800],
  ['dns', 'backoff', 'resume', 800],
  ['tls', 'backoff', 'resume', 800],
  ['proxy', 'backoff', 'resume', 800],
  ['redirected', 'backoff', 'resume', 800],
  ['timeout', 'backoff', 'resume', 800],
  ['credentials', 'authFailed', 'resume', 800],
  ['unauthorized', 'authFailed', 'resume', 0],
  ['forbidden', 'backoff', 'resume', 800],
  ['absent', 'absent', 'renew', 60_000],
  ['expired', 'backoff', 'sync', 0],
  ['tooLarge', 'backoff', 'resume', 1000],
  ['throttled', 'backoff', 'resume', 800],
  ['server', 'backoff', 'resume', 800],
  ['refused', 'backoff', 'sync', 800],
  ['malformed', 'backoff', 'sync', 800],
  ['errorEvent', 'backoff', 'sync', 800],
  ['regressed', 'backoff', 'renew', 0],
])('[W8–W16, W28, W32] %s, the first time: %s, then %s after %i ms', (reason, state, next, waitMs) => {
  healthy();
  expect(fall(reason)).toMatchObject({ state, next, waitMs, drop: state === 'absent' });
});

it('[W8] waits double to 30 s and are up to twice as long by chance; whatever failed counts', () => {
  const reasons = ['unreachable', 'server', 'malformed', 'timeout', 'errorEvent', 'throttled', 'dns'] as const;
  expect(reasons.map((reason) => fall(reason).waitMs)).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000]);
  clock.chance = 0.999;
  expect(fall('unreachable').waitMs).toBeCloseTo(59_970);
  for (let i = 0; i < 2000; i++) fall('unreachable');
  expect(fall('unreachable').waitMs).toBeLessThan(60_000);
});

it('[W8] a watch that lived for less than two minutes does not begin the waits anew', () => {
  fall('unreachable');
  ladder.live();
  clock.work(119_000);
  expect(fall('unreachable').waitMs).toBe(1600);
  ladder.live();
  clock.work(120_000);
  expect(fall('unreachable').waitMs).toBe(800);
});

it('[W13] with credentials that were refused twice it is tried every 30 to 60 s until a watch opens', () => {
  clock.chance = 0.5;
  expect([fall('unauthorized'), fall('unauthorized'), fall('unauthorized')].map(({ waitMs }) => waitMs)).toEqual([
    0, 45_000, 45_000,
  ]);
  ladder.live();
  expect(fall('unauthorized').waitMs).toBe(0);
});

it('[W11] two 403 within a minute and one after it are not three', () => {
  fall('forbidden');
  fall('forbidden');
  clock.work(61_000);
  expect(fall('forbidden')).toMatchObject({ state: 'backoff', drop: false });
  fall('forbidden');
  expect(fall('forbidden')).toMatchObject({ state: 'forbidden', drop: true, next: 'renew', waitMs: 240_000 });
  clock.work(400_000);
  expect(fall('forbidden')).toMatchObject({ state: 'forbidden', drop: true });
});

it('[W12] absent is asked about after 1, 2, 4, 8, 10, 10 minutes, and its groups with it', () => {
  const falls = Array.from({ length: 6 }, () => fall('absent'));
  expect(falls.map(({ waitMs }) => waitMs / 60_000)).toEqual([1, 2, 4, 8, 10, 10]);
  expect(falls.every(({ rediscover }) => rediscover)).toBe(true);
});

it('[W14] it is the fifth 5xx in a row that reads everything anew, and another failure between breaks the row', () => {
  const next = (reasons: ApiErrorReason[]) => reasons.map((reason) => fall(reason).next);
  expect(next(['server', 'server', 'server', 'server', 'unreachable', 'server'])).not.toContain('sync');
  expect(next(['server', 'server', 'server', 'server'])).toEqual(['resume', 'resume', 'resume', 'sync']);
});

it('[W9, W28] expired again, before a watch lived for a second: backed off from, and at the newest', () => {
  healthy();
  expect(fall('expired')).toMatchObject({ next: 'sync', waitMs: 0 });
  ladder.live();
  clock.work(900);
  expect(fall('expired')).toMatchObject({ next: 'renew', waitMs: 800 });
  ladder.live();
  clock.work(1000);
  expect(fall('expired')).toMatchObject({ next: 'sync', waitMs: 0 });
});

it('[W28] too large a version is tried three times a second apart, then the newest', () => {
  expect([fall('tooLarge'), fall('tooLarge'), fall('tooLarge')].map(({ next, waitMs }) => [next, waitMs])).toEqual([
    ['resume', 1000],
    ['resume', 1000],
    ['renew', 1000],
  ]);
});
