/** A change as it came: its number in the log, its data and its id. */
export interface KeptChange {
  seq: number;
  data: string;
  id: string;
}

/** What a change costs beside its data, in characters, so that many small ones are bounded too. */
const EACH = 128;

/**
 * The last changes of one epoch, as many as fit into `limit` characters. Whoever has everything up to `seq` has the rest
 * by `after(seq)`, if the ring `reaches` back so far.
 */
export class Ring {
  readonly epoch: string;
  readonly #limit: number;
  #changes: KeptChange[] = [];
  #length = 0;
  /** Everything after this number is here. */
  #base: number;
  #last: number;

  constructor(epoch: string, base: number, limit: number) {
    this.epoch = epoch;
    this.#limit = limit;
    this.#base = base;
    this.#last = base;
  }

  /** The number of the last change. */
  get last(): number {
    return this.#last;
  }

  push(change: KeptChange): void {
    this.#changes.push(change);
    this.#last = change.seq;
    this.#length += change.data.length + EACH;
    let dropped = 0;
    for (const { seq, data } of this.#changes) {
      if (this.#length <= this.#limit) break;
      this.#length -= data.length + EACH;
      this.#base = seq;
      dropped += 1;
    }
    if (dropped > 0) this.#changes = this.#changes.slice(dropped);
  }

  reaches(seq: number): boolean {
    return seq >= this.#base;
  }

  after(seq: number): KeptChange[] {
    return this.#changes.filter((change) => change.seq > seq);
  }
}
