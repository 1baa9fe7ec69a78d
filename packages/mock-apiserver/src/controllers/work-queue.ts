import { ApiError } from '../api-error.ts';
import type { Cancel } from '../clock.ts';
import type { ControllerContext } from './context.ts';

/** How long a controller takes to notice, in simulated milliseconds, unless it says otherwise. */
const LATENCY_MS = 8;
const RETRY = { firstMs: 5, mostMs: 60_000 };
/** How many are reconciled in one go before others have their turn. */
const IN_ONE_GO = 25;

/**
 * Keys to reconcile, each at most once at a time, in order; a lost race or a missing object is tried again with growing
 * delay, as client-go's rate-limited queues do. However many keys wait, they need one timer.
 */
export class WorkQueue {
  readonly #context: ControllerContext;
  readonly #sync: (key: string) => void;
  readonly #latencyMs: number;
  /** Waiting keys with the simulated time from which on they may run, earliest first. */
  readonly #waiting = new Map<string, number>();
  readonly #later = new Map<string, { due: number; cancel: Cancel }>();
  readonly #failures = new Map<string, number>();
  #isTimed = false;

  constructor(context: ControllerContext, sync: (key: string) => void, latencyMs = LATENCY_MS) {
    this.#context = context;
    this.#sync = sync;
    this.#latencyMs = latencyMs;
  }

  add(key: string): void {
    if (this.#waiting.has(key)) return;
    this.#waiting.set(key, this.#context.clock.elapsed() + this.#latencyMs);
    if (!this.#isTimed) this.#time(this.#latencyMs);
  }

  /** Adds a key in a while; of several such promises the earliest is kept. */
  addAfter(key: string, ms: number): void {
    if (ms <= 0) {
      this.add(key);
      return;
    }
    const { clock } = this.#context;
    const due = clock.elapsed() + ms;
    const promised = this.#later.get(key);
    if (promised && promised.due <= due) return;
    promised?.cancel();
    const cancel = clock.after(ms, () => {
      this.#later.delete(key);
      this.add(key);
    });
    this.#later.set(key, { due, cancel });
  }

  #time(ms: number): void {
    this.#isTimed = true;
    this.#context.clock.after(ms, () => this.#drain());
  }

  #drain(): void {
    let left = IN_ONE_GO;
    for (const [key, due] of this.#waiting) {
      const wait = due - this.#context.clock.elapsed();
      if (wait > 0 || left === 0) {
        this.#time(wait);
        return;
      }
      left -= 1;
      this.#waiting.delete(key);
      this.#run(key);
    }
    this.#isTimed = false;
  }

  #run(key: string): void {
    try {
      this.#sync(key);
      this.#failures.delete(key);
    } catch (error) {
      if (!(error instanceof ApiError)) this.#context.report(error);
      const failures = (this.#failures.get(key) ?? 0) + 1;
      this.#failures.set(key, failures);
      this.addAfter(key, Math.min(RETRY.firstMs * 2 ** failures, RETRY.mostMs));
    }
  }
}
