import type { Cancel, StoppableClock } from './clock.ts';

/** A clock that moves only when told. */
export interface FakeClock extends StoppableClock {
  /** Lets `ms` simulated milliseconds pass, running what falls due on the way, including what that schedules. */
  advance(ms: number): void;
}

interface Entry {
  at: number;
  order: number;
  run: (() => void) | undefined;
}

const before = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap: what falls due first is at its top. */
class Heap {
  readonly #entries: Entry[] = [];

  get top(): Entry | undefined {
    return this.#entries[0];
  }

  push(entry: Entry): void {
    let at = this.#entries.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#swapIfBefore(at, above)) return;
      at = above;
    }
  }

  pop(): void {
    const last = this.#entries.pop();
    if (!last || this.#entries.length === 0) return;
    this.#entries[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const [a, b] = [this.#entries[left], this.#entries[right]];
      if (!a) return;
      const least = b && before(b, a) ? right : left;
      if (!this.#swapIfBefore(least, at)) return;
      at = least;
    }
  }

  clear(): void {
    this.#entries.length = 0;
  }

  #swapIfBefore(lower: number, upper: number): boolean {
    const [a, b] = [this.#entries[lower], this.#entries[upper]];
    if (!a || !b || !before(a, b)) return false;
    this.#entries[upper] = a;
    this.#entries[lower] = b;
    return true;
  }
}

/** A fake clock that starts at `start` (epoch ms); the wall's time passes `speed` times slower than the simulated. */
export function fakeClock(start = Date.UTC(2026, 0, 1), speed = 1): FakeClock {
  let now = 0;
  let calls = 0;
  let stopped = false;
  const pending = new Heap();

  return {
    now: () => Math.floor(start + now / speed),
    elapsed: () => now,
    after(ms, run): Cancel {
      if (stopped) return () => undefined;
      calls += 1;
      const entry: Entry = { at: now + Math.max(0, Math.round(ms)), order: calls, run };
      pending.push(entry);
      return () => {
        entry.run = undefined;
      };
    },
    advance(ms) {
      const limit = now + Math.round(ms);
      for (let due = pending.top; due && due.at <= limit; due = pending.top) {
        pending.pop();
        if (!due.run) continue;
        now = due.at;
        due.run();
      }
      now = limit;
    },
    stop() {
      stopped = true;
      pending.clear();
    },
  };
}
