import type { Entity, Kind } from '@portolan/shared';

/** One step of one entity, as a store tells it: null before means new, null after means gone. */
export interface Step {
  before: Entity | null;
  after: Entity | null;
}

/** The latest step of an entity; `entity` is null when it is gone. `namespace` is `""` for cluster-scoped kinds. */
export interface LogEntry {
  seq: number;
  kind: Kind;
  namespace: string;
  uid: string;
  entity: Entity | null;
}

/** What happened after a cursor, in order: latest states only. `to` is the cursor to go on from. */
export interface LogPage {
  entries: LogEntry[];
  to: number;
}

interface Slot {
  seq: number;
  /** Null once a later entry of the same entity took its place. */
  entry: LogEntry | null;
}

const HORIZON = 100_000;
/** Places of what was superseded that are left alone before the log is packed. */
const SLACK = 1024;

/** What a log holds, for `/metrics`: places in memory, entries that a reader can still get, and removals among them. */
export interface LogGauges {
  places: number;
  entries: number;
  tombstones: number;
  /** The oldest cursor that is served. */
  floor: number;
}

/**
 * The ordered change log of one cluster. Every step takes the next `seq`; a reader is a cursor and asks for everything
 * after it. Only an entity's latest step is kept, removals as tombstones, and nothing older than the horizon (in
 * steps): a cursor from before it, from the future or of another epoch cannot be served and gets `reset`.
 *
 * What is kept is a row in the order of `seq`, in which a cursor's place is found by halves. What was superseded leaves its
 * place empty until the row is packed, when there are more empty places than others: a step costs O(1), and a cluster that
 * changes for ever holds no more than one that has as many objects and has just begun.
 */
export class ChangeLog {
  #epoch: string;
  #horizon: number;
  #slots: Slot[] = [];
  #latest = new Map<string, Slot>();
  #seq = 0;
  #tombstones = 0;
  /** The number at which this epoch began, or that of the last leap. */
  #began = 0;

  constructor(epoch: string, horizon = HORIZON) {
    this.#epoch = epoch;
    this.#horizon = horizon;
  }

  /** What the numbers belong to: cursors of one epoch mean nothing in another. */
  get epoch(): string {
    return this.#epoch;
  }

  /** The number of the last step; 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  gauges(): LogGauges {
    return {
      places: this.#slots.length,
      entries: this.#latest.size,
      tombstones: this.#tombstones,
      floor: this.#floor(),
    };
  }

  /**
   * Another epoch begins, for the cluster is not the one that it was (restored from a backup, or another behind the same
   * address). What was logged is forgotten; numbers go on, so that no number is ever used twice.
   */
  renew(epoch: string): void {
    this.#epoch = epoch;
    this.#began = this.#seq;
    this.#slots = [];
    this.#latest.clear();
    this.#tombstones = 0;
  }

  /**
   * So many steps at once that are not to be had one by one: no cursor from before them is served. What was logged is
   * forgotten, as it would be when all of them had been appended.
   */
  leap(steps: number): void {
    this.#seq += steps;
    this.renew(this.#epoch);
  }

  append(steps: readonly Step[]): void {
    for (const { before, after } of steps) {
      const subject = after ?? before;
      if (subject === null) continue;
      const { kind, namespace, uid } = subject;
      const slot: Slot = { seq: ++this.#seq, entry: { seq: this.#seq, kind, namespace, uid, entity: after } };
      this.#empty(this.#latest.get(uid));
      this.#latest.set(uid, slot);
      this.#slots.push(slot);
      if (after === null) this.#tombstones++;
    }
    if (this.#slots.length > Math.min(2 * this.#latest.size + SLACK, 2 * this.#horizon)) this.#pack();
  }

  /** At most `limit` entries after the cursor `seq`, or `reset` when the log no longer reaches back to it. */
  after(seq: number, limit: number): LogPage | 'reset' {
    if (!Number.isInteger(seq) || seq > this.#seq || seq < this.#floor()) return 'reset';
    const entries: LogEntry[] = [];
    let to = seq;
    for (let at = this.#placeAfter(seq); at < this.#slots.length && entries.length < limit; at++) {
      const slot = this.#slots[at];
      if (slot === undefined) break;
      to = slot.seq;
      if (slot.entry !== null) entries.push(slot.entry);
    }
    return { entries, to };
  }

  #floor(): number {
    return Math.max(this.#began, this.#seq - this.#horizon);
  }

  /** The first place whose number is greater. */
  #placeAfter(seq: number): number {
    let [low, high] = [0, this.#slots.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#slots[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #empty(slot: Slot | undefined): void {
    if (slot === undefined || slot.entry === null) return;
    if (slot.entry.entity === null) this.#tombstones--;
    slot.entry = null;
  }

  #pack(): void {
    const floor = this.#floor();
    this.#slots = this.#slots.filter((slot) => {
      if (slot.entry === null || slot.seq > floor) return slot.entry !== null;
      this.#latest.delete(slot.entry.uid);
      this.#empty(slot);
      return false;
    });
  }
}
