import type { Random } from '@portolan/shared';
import type { Clock } from '../../../apps/server/src/clock.ts';

interface Timer {
  at: number;
  run: () => void;
}

/**
 * A clock on which weeks go by in minutes: from timer to timer, with no wait between but that what a timer set off has come
 * to rest, as `rest` says.
 */
export class Calendar implements Clock {
  readonly random: Random;
  readonly #rest: () => Promise<void>;
  readonly #began = Date.UTC(2026, 0, 5);
  readonly #timers = new Set<Timer>();
  #passed = 0;

  constructor(random: Random, rest: () => Promise<void>) {
    this.random = random;
    this.#rest = rest;
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#began + this.#passed;
  }

  monotonic(): number {
    return this.#passed;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#passed + Math.max(0, ms), run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Lets time pass; timers run in their order. */
  async advance(ms: number): Promise<void> {
    const until = this.#passed + ms;
    await this.#rest();
    for (let next = this.#first(until); next !== null; next = this.#first(until)) {
      this.#timers.delete(next);
      this.#passed = next.at;
      next.run();
      await this.#rest();
    }
    this.#passed = until;
  }

  #first(until: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers) if (timer.at <= until && (first === null || timer.at < first.at)) first = timer;
    return first;
  }
}
