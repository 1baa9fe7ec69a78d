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

/**
 * The ordered change log of one cluster. Every step takes the next `seq`; a reader is a cursor and asks for everything
 * after it. Only an entity's latest step is kept, removals as tombstones, and nothing older than the horizon (in
 * steps): a cursor from before it, from the future or of another epoch cannot be served and gets `reset`.
 */
export class ChangeLog {
  #epoch: string;
  #horizon: number;
  #slots: Slot[] = [];
  #latest = new Map<string, Slot>();
  #seq = 0;

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

  /**
   * Another epoch begins, for the cluster is not the one that it was (restored from a backup, or another behind the same
   * address). What was logged is forgotten; numbers go on, so that no number is ever used twice.
   */
  renew(epoch: string): void {
    this.#epoch = epoch;
    this.#slots = [];
    this.#latest.clear();
  }

  append(steps: readonly Step[]): void {
    for (const { before, after } of steps) {
      const subject = after ?? before;
      if (subject === null) continue;
      const { kind, namespace, uid } = subject;
      const slot: Slot = { seq: ++this.#seq, entry: { seq: this.#seq, kind, namespace, uid, entity: after } };
      const superseded = this.#latest.get(uid);
      if (superseded !== undefined) superseded.entry = null;
      this.#latest.set(uid, slot);
      this.#slots.push(slot);
    }
    // Trimmed in halves, so that it costs O(1) a step.
    if (this.#slots.length > 2 * this.#horizon) this.#trim();
  }

  /** At most `limit` entries after the cursor `seq`, or `reset` when the log no longer reaches back to it. */
  after(seq: number, limit: number): LogPage | 'reset' {
    const first = this.#slots[0]?.seq ?? this.#seq + 1;
    if (!Number.isInteger(seq) || seq > this.#seq || seq < first - 1) return 'reset';
    const entries: LogEntry[] = [];
    let to = seq;
    for (let at = seq - first + 1; at < this.#slots.length && entries.length < limit; at++) {
      const slot = this.#slots[at];
      if (slot === undefined) break;
      to = slot.seq;
      if (slot.entry !== null) entries.push(slot.entry);
    }
    return { entries, to };
  }

  #trim(): void {
    const dropped = this.#slots.splice(0, this.#slots.length - this.#horizon);
    for (const { entry } of dropped) if (entry !== null) this.#latest.delete(entry.uid);
  }
}
