import type { Clock } from '../clock.ts';
import { ApiError } from './api-error.ts';

const GRACE_MS = 30_000;

/**
 * Ends a watch that the server forgot to end, or that went silent: a hard deadline half a minute after the time that was
 * asked for, and a limit on the time without a byte, once one is set.
 */
export class Watchdog {
  #clock: Clock;
  #controller = new AbortController();
  #cancelDeadline: () => void;
  #cancelIdle: () => void = () => undefined;
  #idleMs: number | null = null;
  #fedAt: number;
  #bitten: ApiError | null = null;
  readonly signal: AbortSignal;

  constructor(clock: Clock, outer: AbortSignal, timeoutMs: number) {
    this.#clock = clock;
    this.#fedAt = clock.monotonic();
    this.signal = AbortSignal.any([outer, this.#controller.signal]);
    this.#cancelDeadline = clock.after(timeoutMs + GRACE_MS, () => this.#bite('outlived its deadline'));
  }

  /** Why the watch was ended from here, or null. */
  get bitten(): ApiError | null {
    return this.#bitten;
  }

  /** Bytes came. */
  fed(): void {
    this.#fedAt = this.#clock.monotonic();
  }

  /** From here on it may be silent for `ms`, and no longer. */
  allow(ms: number): void {
    if (ms === this.#idleMs) return;
    this.#idleMs = ms;
    this.#fedAt = this.#clock.monotonic();
    this.#arm();
  }

  /** Ends the watch, for no fault of its own. */
  end(): void {
    this.#controller.abort();
  }

  stop(): void {
    this.#cancelDeadline();
    this.#cancelIdle();
  }

  /** One timer a watch, however fast it is fed: it looks again when it rings. */
  #arm(): void {
    this.#cancelIdle();
    const limit = this.#idleMs;
    if (limit === null || this.#bitten !== null) return;
    const left = this.#fedAt + limit - this.#clock.monotonic();
    if (left <= 0) this.#bite(`was silent for ${limit / 1000} s`);
    else this.#cancelIdle = this.#clock.after(left, () => this.#arm());
  }

  #bite(what: string): void {
    this.#bitten ??= new ApiError('timeout', `the watch ${what}`);
    this.#controller.abort();
  }
}
