import { ApiError } from '../api-error.ts';
import type { Cancel } from '../clock.ts';
import type { ControllerContext } from './context.ts';

/** How long a controller takes to notice, in simulated milliseconds, unless it says otherwise. */
const LATENCY_MS = 8;
const RETRY = { firstMs: 5, mostMs: 60_000 };

/**
 * Keys to reconcile, each at most once at a time, in order; a lost race or a missing object is tried again with growing
 * delay, as client-go's rate-limited queues do.
 */
export class WorkQueue {
  readonly #context: ControllerContext;
  readonly #sync: (key: string) => void;
  readonly #latencyMs: number;
  readonly #waiting = new Set<string>();
  readonly #later = new Map<string, { due: number; cancel: Cancel }>();
  readonly #failures = new Map<string, number>();

  constructor(context: ControllerContext, sync: (key: string) => void, latencyMs = LATENCY_MS) {
    this.#context = context;
    this.#sync = sync;
    this.#latencyMs = latencyMs;
  }

  add(key: string): void {
    if (this.#waiting.has(key)) return;
    this.#waiting.add(key);
    this.#context.clock.after(this.#latencyMs, () => this.#run(key));
  }

  /** Adds a key in a while; of several such promises the earliest is kept. */
  addAfter(key: string, ms: number): void {
    const { clock } = this.#context;
    const due = clock.now() + ms;
    const promised = this.#later.get(key);
    if (promised && promised.due <= due) return;
    promised?.cancel();
    const cancel = clock.after(ms, () => {
      this.#later.delete(key);
      this.add(key);
    });
    this.#later.set(key, { due, cancel });
  }

  #run(key: string): void {
    this.#waiting.delete(key);
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
