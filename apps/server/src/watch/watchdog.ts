import type { Clock } from '../clock.ts';
import { ApiError } from './api-error.ts';

const GRACE_MS = 30_000;
const IDLE_MS = 150_000;

/**
 * Ends a watch that the server forgot to end, or that went silent: a hard deadline after the time that was asked for,
 * and, once the stream has shown that it sends bookmarks (about one a minute), a limit on silence.
 */
export class Watchdog {
  #clock: Clock;
  #controller = new AbortController();
  #cancelDeadline: () => void;
  #cancelIdle: (() => void) | null = null;
  #bitten: ApiError | null = null;
  #bookmarks = false;
  readonly signal: AbortSignal;

  constructor(clock: Clock, outer: AbortSignal, timeoutMs: number) {
    this.#clock = clock;
    this.signal = AbortSignal.any([outer, this.#controller.signal]);
    this.#cancelDeadline = clock.after(timeoutMs + GRACE_MS, () => this.#bite('outlived its deadline'));
  }

  /** Why the watch was ended from here, or null. */
  get bitten(): ApiError | null {
    return this.#bitten;
  }

  /** Something came. */
  fed(what: 'bookmark' | 'event'): void {
    if (what === 'bookmark') this.#bookmarks = true;
    if (!this.#bookmarks) return;
    this.#cancelIdle?.();
    this.#cancelIdle = this.#clock.after(IDLE_MS, () => this.#bite(`was silent for ${IDLE_MS / 1000} s`));
  }

  stop(): void {
    this.#cancelDeadline();
    this.#cancelIdle?.();
  }

  #bite(what: string): void {
    this.#bitten = new ApiError('timeout', `the watch ${what}`);
    this.#controller.abort();
  }
}
