import type { Clock } from '../clock.ts';

/**
 * How long something has been so, in simulated milliseconds: what is written in objects is the wall's time, which a
 * clock with a speed does not run by. A moment counts from when it is first asked for, and what it then lay back.
 */
export class Since {
  readonly #clock: Clock;
  readonly #known = new Map<string, { time: string; from: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Simulated milliseconds since `time`, the RFC 3339 text that stands on `key`; another text begins anew. */
  of(key: string, time: string): number {
    const known = this.#known.get(key);
    if (known?.time === time) return this.#clock.elapsed() - known.from;
    const back = Math.max(0, this.#clock.now() - Date.parse(time));
    const from = this.#clock.elapsed() - back;
    this.#known.set(key, { time, from });
    return back;
  }

  /** Counts from this moment on, though `time` may be no other text than before: it is in whole seconds of the wall. */
  restart(key: string, time: string): void {
    this.#known.set(key, { time, from: this.#clock.elapsed() });
  }

  forget(key: string): void {
    this.#known.delete(key);
  }
}
