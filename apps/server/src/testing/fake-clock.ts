import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';

interface Timer {
  at: number;
  run: () => void;
}

/** A clock that stands still until it is told to go on; chance is a number that the test sets, or its dice. */
export class FakeClock implements Clock {
  chance = 0;
  #roll: (() => number) | null;
  #now = 0;
  #jumped = 0;
  #timers: Timer[] = [];

  constructor(roll: (() => number) | null = null) {
    this.#roll = roll;
  }

  now(): number {
    return 1_700_000_000_000 + this.#now + this.#jumped;
  }

  monotonic(): number {
    return this.#now;
  }

  random(): number {
    return this.#roll?.() ?? this.chance;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.length;
  }

  /** The wall clock is set. */
  jump(ms: number): void {
    this.#jumped += ms;
  }

  /** Time passes without a turn of the event loop, as when work takes long. */
  work(ms: number): void {
    this.#now += ms;
  }

  /** Time passes; timers run in their order, and what they set off comes to rest before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await this.settle();
    for (;;) {
      const next = this.#timers.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await this.settle();
    }
    this.#now = until;
  }

  /** Everything that can happen now has happened. */
  async settle(): Promise<void> {
    for (let i = 0; i < 5; i++) await turn();
  }
}
