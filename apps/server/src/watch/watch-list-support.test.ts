import { beforeEach, expect, it } from 'vitest';
import { ApiError } from './api-error.ts';
import { WatchListSupport } from './watch-list-support.ts';

let support: WatchListSupport;
beforeEach(() => {
  support = new WatchListSupport();
});

it.each([
  ['v1.20.2', false],
  ['v1.26.15-eks-1', false],
  ['v1.27.0', true],
  ['v1.34.1+k3s1', true],
  ['v2.0.0', true],
  ['something else', true],
  [null, true],
])('[W25] a WatchList is tried on %s: %s', (version, tried) => {
  expect(support.tried(version)).toBe(tried);
});

it('[W26] what was refused is not tried again, until the apiserver comes in another version', () => {
  expect(support.tried('v1.30.0')).toBe(true);
  support.refused();
  expect([support.tried('v1.30.0'), support.tried('v1.30.0'), support.tried('v1.34.0')]).toEqual([false, false, true]);
});

it('[W26] what was seen to work is never taken for refused, and is waited for longer', () => {
  support.tried('v1.34.0');
  expect(support.limits).toEqual({ idleMs: 10_000, wholeMs: 60_000 });
  const silence = new ApiError('timeout', 'silent');
  expect(support.isRefusal(silence)).toBe(true);
  support.proven();
  support.refused();
  expect(support.tried('v1.34.0')).toBe(true);
  expect(support.limits).toEqual({ idleMs: 60_000, wholeMs: Number.POSITIVE_INFINITY });
  expect(support.isRefusal(silence)).toBe(false);
});

it('[W26] what may pass is no refusal', () => {
  const reasons = ['unreachable', 'server', 'throttled', 'forbidden', 'unauthorized', 'expired', 'malformed'] as const;
  expect(reasons.filter((reason) => support.isRefusal(new ApiError(reason, 'no')))).toEqual([]);
  expect(support.isRefusal(new ApiError('refused', 'sendInitialEvents is forbidden'))).toBe(true);
});
