import type { Cancel, Clock } from '../clock.ts';

interface Entry {
  key: string;
  at: number;
  order: number;
}

const before = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);

/**
 * Keys that fall due at times of their own, for which the clock is asked for one timer only, whatever their number. Those due
 * together run in the order they were added. A key may stand in it more than once.
 */
export class DueQueue {
  readonly #clock: Clock;
  readonly #run: (key: string) => void;
  /** A binary heap, the first due on top. */
  readonly #heap: Entry[] = [];
  #order = 0;
  #timer: { at: number; cancel: Cancel } | undefined;

  constructor(clock: Clock, run: (key: string) => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** Lets `key` fall due in `ms` simulated milliseconds. */
  add(key: string, ms: number): void {
    this.#order += 1;
    this.#heap.push({ key, at: Math.ceil(this.#clock.elapsed() + ms), order: this.#order });
    this.#rise(this.#heap.length - 1);
    this.#arm();
  }

  #arm(): void {
    const first = this.#heap[0];
    if (!first || (this.#timer && this.#timer.at <= first.at)) return;
    this.#timer?.cancel();
    const cancel = this.#clock.after(first.at - this.#clock.elapsed(), () => {
      this.#timer = undefined;
      this.#turn();
    });
    this.#timer = { at: first.at, cancel };
  }

  #turn(): void {
    const now = this.#clock.elapsed();
    for (let first = this.#heap[0]; first && first.at <= now; first = this.#heap[0]) {
      this.#takeFirst();
      this.#run(first.key);
    }
    this.#arm();
  }

  #takeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const [a, b] = [this.#heap[left], this.#heap[right]];
      const child = a && b && before(b, a) ? right : left;
      if (!a || !this.#swapIfBefore(child, at)) return;
      at = child;
    }
  }

  /** Swaps two places where the lower comes first; says whether it did. */
  #swapIfBefore(lower: number, upper: number): boolean {
    const [a, b] = [this.#heap[lower], this.#heap[upper]];
    if (!a || !b || !before(a, b)) return false;
    this.#heap[upper] = a;
    this.#heap[lower] = b;
    return true;
  }
}
