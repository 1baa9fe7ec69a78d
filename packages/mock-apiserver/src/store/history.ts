import type { KubeObject } from '@portolan/shared';
import { weigh } from './structure.ts';

/** One write: what became of an object, at which version. `previous` is what it was before, undefined when it is new. */
export interface StoreEvent<T extends KubeObject = KubeObject> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  key: string;
  version: number;
  object: T;
  previous: T | undefined;
}

/** How much a history keeps: so many events, of their contents about so many bytes, and those at most so old. */
export interface HistoryLimits {
  events: number;
  bytes: number;
  ageMs: number;
}

/** Events let go before the room they took is taken back. */
const SLACK = 1024;

/**
 * The last writes of one resource, oldest first. With a further write the oldest go when there are more of them than the
 * limit, when what they hold beyond what they share with each other weighs more, or when they are too old; the newest
 * always stays.
 */
export class History {
  readonly #limits: HistoryLimits;
  readonly #elapsed: () => number;
  #events: StoreEvent[] = [];
  #weights: number[] = [];
  #times: number[] = [];
  #start = 0;
  #bytes = 0;
  #floor: number;

  /** `floor` is the version before the first write to come, `elapsed` the time that events age by, in ms. */
  constructor(limits: HistoryLimits, floor: number, elapsed: () => number) {
    this.#limits = limits;
    this.#elapsed = elapsed;
    this.#floor = floor;
  }

  /** The oldest version from which every later write of the resource is still known. */
  get floor(): number {
    return this.#floor;
  }

  get size(): number {
    return this.#events.length - this.#start;
  }

  push(event: StoreEvent): void {
    // A new object is held by the store as well; what a write replaced is held here alone.
    const weight = event.previous ? weigh(event.previous, event.type === 'DELETED' ? undefined : event.object) : 0;
    this.#events.push(event);
    this.#weights.push(weight);
    this.#times.push(this.#elapsed());
    this.#bytes += weight;
    while (this.size > 1 && this.#isTooMuch()) this.#dropOldest();
    if (this.#start > SLACK && this.#start > this.#events.length / 2) {
      this.#events = this.#events.slice(this.#start);
      this.#weights = this.#weights.slice(this.#start);
      this.#times = this.#times.slice(this.#start);
      this.#start = 0;
    }
  }

  /** The writes after `version`, oldest first; the caller has checked `version >= floor`. */
  after(version: number): StoreEvent[] {
    let low = this.#start;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.version ?? 0) <= version) low = middle + 1;
      else high = middle;
    }
    return this.#events.slice(low);
  }

  /** Forgets everything up to `version`, as a compaction does. */
  forget(version: number): void {
    this.#events = this.after(version);
    const gone = this.#weights.length - this.#events.length;
    this.#weights = this.#weights.slice(gone);
    this.#times = this.#times.slice(gone);
    this.#bytes = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.#start = 0;
    this.#floor = Math.max(this.#floor, version);
  }

  #isTooMuch(): boolean {
    const { events, bytes, ageMs } = this.#limits;
    const age = this.#elapsed() - (this.#times[this.#start] ?? 0);
    return this.size > events || this.#bytes > bytes || age > ageMs;
  }

  #dropOldest(): void {
    const oldest = this.#events[this.#start];
    this.#bytes -= this.#weights[this.#start] ?? 0;
    if (oldest) this.#floor = oldest.version;
    // What the array still holds until it is cut must not hold the objects.
    delete this.#events[this.#start];
    this.#start += 1;
  }
}
