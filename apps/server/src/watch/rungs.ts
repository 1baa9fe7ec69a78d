import type { SourceState } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type { ApiErrorReason } from './api-error.ts';

/** What a failure asks for: which state to show meanwhile, whether the last version still holds, how to wait. */
export interface Rung {
  state: Extract<SourceState, 'backoff' | 'authFailed' | 'forbidden' | 'absent'>;
  /** `resume` goes on at the last version; `sync` reads everything, as new as what was read or newer; `renew` the newest. */
  next: 'resume' | 'sync' | 'renew';
  wait: 'backoff' | 'retryAfter' | 'expired' | 'tooLarge' | 'credentials' | 'forbidden' | 'absent';
}

/** The ladder: the class of the error picks the rung (the design's page "List-watch"). */
export const RUNGS: Readonly<Record<ApiErrorReason, Rung>> = {
  unreachable: { state: 'backoff', next: 'resume', wait: 'backoff' },
  dns: { state: 'backoff', next: 'resume', wait: 'backoff' },
  tls: { state: 'backoff', next: 'resume', wait: 'backoff' },
  proxy: { state: 'backoff', next: 'resume', wait: 'backoff' },
  redirected: { state: 'backoff', next: 'resume', wait: 'backoff' },
  timeout: { state: 'backoff', next: 'resume', wait: 'backoff' },
  credentials: { state: 'authFailed', next: 'resume', wait: 'backoff' },
  unauthorized: { state: 'authFailed', next: 'resume', wait: 'credentials' },
  forbidden: { state: 'forbidden', next: 'resume', wait: 'forbidden' },
  absent: { state: 'absent', next: 'sync', wait: 'absent' },
  expired: { state: 'backoff', next: 'sync', wait: 'expired' },
  tooLarge: { state: 'backoff', next: 'resume', wait: 'tooLarge' },
  throttled: { state: 'backoff', next: 'resume', wait: 'retryAfter' },
  server: { state: 'backoff', next: 'resume', wait: 'backoff' },
  refused: { state: 'backoff', next: 'sync', wait: 'backoff' },
  malformed: { state: 'backoff', next: 'sync', wait: 'backoff' },
  errorEvent: { state: 'backoff', next: 'sync', wait: 'backoff' },
  regressed: { state: 'backoff', next: 'renew', wait: 'expired' },
};

/** Five 5xx in a row are more than a restart: list anew. */
export const SERVER_ERRORS_BEFORE_SYNC = 5;

/** A version that the apiserver has not reached is asked for this often, a second apart, then the newest. */
export const TOO_LARGE = { times: 3, waitMs: 1000 };

/** This many 403 within the time mean it: the kind's data is dropped. */
export const FORBIDDEN = { times: 3, withinMs: 60_000 };

const LONGEST_RETRY_AFTER_MS = 60_000;

/** 0.8 s·2ⁿ up to 30 s, times (1 + random): client-go's numbers for a reflector. */
export function backoffMs(attempt: number, clock: Clock): number {
  return Math.min(30_000, 800 * 2 ** attempt) * (1 + clock.random());
}

/** The server's wish, at most a minute; without one, the backoff. */
export function retryAfterMs(wish: number | null, attempt: number, clock: Clock): number {
  return wish === null ? backoffMs(attempt, clock) : Math.min(wish, LONGEST_RETRY_AFTER_MS);
}

/** 30 to 60 s between tries with credentials that were refused twice. */
export function credentialsMs(clock: Clock): number {
  return 30_000 * (1 + clock.random());
}

/** Five minutes, give or take a fifth. */
export function forbiddenMs(clock: Clock): number {
  return 300_000 * (0.8 + 0.4 * clock.random());
}

/** One minute, doubling to ten: custom resources come and go. */
export function absentMs(times: number): number {
  return Math.min(600_000, 60_000 * 2 ** times);
}
