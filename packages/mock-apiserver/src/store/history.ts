import type { KubeObject } from '@portolan/shared';

/** One write: what became of an object, at which version. `previous` is what it was before, undefined when it is new. */
export interface StoreEvent<T extends KubeObject = KubeObject> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  key: string;
  version: number;
  object: T;
  previous: T | undefined;
}

/** The last `capacity` writes, oldest first. */
export class History {
  readonly #capacity: number;
  readonly #ring: StoreEvent[] = [];
  #start = 0;
  #floor: number;

  /** `floor` is the version before the first write to come. */
  constructor(capacity: number, floor: number) {
    this.#capacity = capacity;
    this.#floor = floor;
  }

  /** The oldest version from which every later write is still known. */
  get floor(): number {
    return this.#floor;
  }

  push(event: StoreEvent): void {
    if (this.#ring.length < this.#capacity) {
      this.#ring.push(event);
      return;
    }
    this.#floor = this.#ring[this.#start]?.version ?? this.#floor;
    this.#ring[this.#start] = event;
    this.#start = (this.#start + 1) % this.#capacity;
  }

  /** The writes after `version`, oldest first; the caller has checked `version >= floor`. */
  after(version: number): StoreEvent[] {
    const events: StoreEvent[] = [];
    for (let back = this.#ring.length - 1; back >= 0; back--) {
      const event = this.#ring[(this.#start + back) % this.#ring.length];
      if (!event || event.version <= version) break;
      events.push(event);
    }
    return events.reverse();
  }
}
