import type { Clock } from '../clock.ts';

interface Waiter {
  rank: number;
  go: () => void;
}

/** How hard one cluster may be asked, over all its reflectors. */
export interface GateLimits {
  /** Connects a second, in the long run. */
  rate: number;
  /** Connects at once after a quiet time: enough for the first list and watch of every kind. */
  burst: number;
  /** Syncs at the same time. */
  syncs: number;
}

export const GATE_LIMITS: GateLimits = { rate: 5, burst: 60, syncs: 3 };

/**
 * The gate that every reflector of a cluster passes: a token bucket for connects and a few places for syncs. Who waits
 * goes by rank (nodes, namespaces, pods first), then in order of arrival.
 */
export class Gate {
  #clock: Clock;
  #limits: GateLimits;
  #tokens: number;
  #filled: number;
  #connects: Waiter[] = [];
  #syncs: Waiter[] = [];
  #syncing = 0;
  #wakes = false;

  constructor(clock: Clock, limits: GateLimits = GATE_LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
    this.#tokens = limits.burst;
    this.#filled = clock.monotonic();
  }

  /** Resolves when a connect may start. */
  connect(rank: number): Promise<void> {
    const waiting = enqueue(this.#connects, rank);
    this.#admitConnects();
    return waiting;
  }

  /** Runs a sync in one of the places. */
  async sync<T>(rank: number, run: () => Promise<T>): Promise<T> {
    const waiting = enqueue(this.#syncs, rank);
    this.#admitSyncs();
    await waiting;
    try {
      return await run();
    } finally {
      this.#syncing--;
      this.#admitSyncs();
    }
  }

  #admitSyncs(): void {
    while (this.#syncing < this.#limits.syncs) {
      const next = this.#syncs.shift();
      if (next === undefined) return;
      this.#syncing++;
      next.go();
    }
  }

  #admitConnects(): void {
    const { rate, burst } = this.#limits;
    const now = this.#clock.monotonic();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filled) / 1000) * rate);
    this.#filled = now;
    while (this.#tokens >= 1) {
      const next = this.#connects.shift();
      if (next === undefined) return;
      this.#tokens--;
      next.go();
    }
    if (this.#connects.length === 0 || this.#wakes) return;
    this.#wakes = true;
    this.#clock.after(Math.ceil(((1 - this.#tokens) / rate) * 1000), () => {
      this.#wakes = false;
      this.#admitConnects();
    });
  }
}

function enqueue(queue: Waiter[], rank: number): Promise<void> {
  return new Promise((go) => {
    const behind = queue.findIndex((other) => other.rank > rank);
    queue.splice(behind === -1 ? queue.length : behind, 0, { rank, go });
  });
}
