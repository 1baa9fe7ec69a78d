import type { Clock } from '../clock.ts';
import type { ApiError } from './api-error.ts';
import {
  absentMs,
  backoffMs,
  credentialsMs,
  FORBIDDEN,
  forbiddenMs,
  RUNGS,
  type Rung,
  retryAfterMs,
  SERVER_ERRORS_BEFORE_SYNC,
  TOO_LARGE,
} from './rungs.ts';

/** What a reflector does after a failure, and how long it waits before it tries again. */
export interface Fall {
  state: Rung['state'];
  /** `resume` at the last version, `sync` at it or newer, `renew` at the newest. */
  next: Rung['next'];
  /** What was read may no longer be shown. */
  drop: boolean;
  /** Ask again what the cluster serves, and where. */
  rediscover: boolean;
  waitMs: number;
}

const HEALTHY_MS = 120_000;
const BRIEF_MS = 1000;

/** The failures of one reflector: the class of an error picks the rung, and what came before decides the wait. */
export class Ladder {
  #clock: Clock;
  #liveSince: number | null = null;
  #attempt = 0;
  #serverErrors = 0;
  #reauthenticated = false;
  #absences = 0;
  #refusals: number[] = [];
  #forbidden = false;
  #expired = 0;
  #tooLarge = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A watch was opened. */
  live(): void {
    this.#liveSince = this.#clock.monotonic();
    this.#serverErrors = 0;
    this.#reauthenticated = false;
    this.#absences = 0;
    this.#refusals = [];
    this.#forbidden = false;
  }

  fall(failure: ApiError): Fall {
    const { reason } = failure;
    const lived = this.#liveSince === null ? 0 : this.#clock.monotonic() - this.#liveSince;
    this.#liveSince = null;
    if (lived >= HEALTHY_MS) this.#attempt = 0;
    this.#serverErrors = reason === 'server' ? this.#serverErrors + 1 : 0;
    const first = !this.#reauthenticated;
    if (reason !== 'expired' && reason !== 'regressed') this.#expired = 0;
    else this.#expired = lived >= BRIEF_MS ? 1 : this.#expired + 1;
    this.#tooLarge = reason === 'tooLarge' ? this.#tooLarge + 1 : 0;
    if (reason === 'forbidden') this.#refused();
    const { state, next, wait } = RUNGS[reason];
    const waits: Record<Rung['wait'], () => number> = {
      backoff: () => backoffMs(this.#attempt++, this.#clock),
      retryAfter: () => retryAfterMs(failure.retryAfterMs, this.#attempt++, this.#clock),
      // A server whose every version is too old would otherwise be listed as fast as it answers.
      expired: () => (this.#expired === 1 ? 0 : backoffMs(this.#attempt++, this.#clock)),
      tooLarge: () => TOO_LARGE.waitMs,
      credentials: () => (first ? 0 : credentialsMs(this.#clock)),
      forbidden: () => (this.#forbidden ? forbiddenMs(this.#clock) : backoffMs(this.#refusals.length - 1, this.#clock)),
      absent: () => absentMs(this.#absences++),
    };
    if (wait === 'credentials') this.#reauthenticated = true;
    const drop = state === 'absent' || (state === 'forbidden' && this.#forbidden);
    return {
      state: state === 'forbidden' && !drop ? 'backoff' : state,
      next: this.#next(next, drop),
      drop,
      rediscover: wait === 'absent',
      waitMs: waits[wait](),
    };
  }

  #next(next: Rung['next'], drop: boolean): Rung['next'] {
    if (drop || this.#expired > 1 || this.#tooLarge >= TOO_LARGE.times) return 'renew';
    return this.#serverErrors >= SERVER_ERRORS_BEFORE_SYNC ? 'sync' : next;
  }

  /** Three in a minute mean it; then every further one does, until a watch opens. */
  #refused(): void {
    const now = this.#clock.monotonic();
    this.#refusals = [...this.#refusals.filter((at) => now - at < FORBIDDEN.withinMs), now];
    if (this.#refusals.length >= FORBIDDEN.times) this.#forbidden = true;
  }
}
