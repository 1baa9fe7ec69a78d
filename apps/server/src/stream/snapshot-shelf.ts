import type { Clock } from '../clock.ts';
import type { Channel } from './channel.ts';
import type { Snapshot } from './snapshot.ts';

/** A snapshot is handed out for so long; what happened since is read from the log. */
const FRESH_MS = 1000;
const BUDGET_BYTES = 64 * 1024 * 1024;

/**
 * The snapshots that are shared, one a scope, so that viewers who come together are sent the same bytes. One that is too old
 * to be handed out is let go with the next `tidy`, and the oldest before that while all hold more bytes than the budget;
 * whoever is being sent one keeps it to the end.
 */
export class SnapshotShelf {
  #clock: Clock;
  #budget: number;
  /** In the order of their making. */
  #kept = new Map<Channel, { made: Snapshot; at: number }>();

  constructor(clock: Clock, budget = BUDGET_BYTES) {
    this.#clock = clock;
    this.#budget = budget;
  }

  /** The scope's snapshot, at most a second old. */
  of(channel: Channel): Snapshot {
    const at = this.#clock.monotonic();
    const kept = this.#kept.get(channel);
    if (kept !== undefined && at - kept.at < FRESH_MS) return kept.made;
    this.#kept.delete(channel);
    const made = channel.snapshot();
    this.#kept.set(channel, { made, at });
    return made;
  }

  /** Nothing of a scope is to be handed out any more. */
  drop(channel: Channel): void {
    this.#kept.delete(channel);
  }

  /** Lets go of what is too old or too much. */
  tidy(): void {
    const at = this.#clock.monotonic();
    let bytes = this.bytes;
    for (const [channel, kept] of this.#kept) {
      if (at - kept.at < FRESH_MS && bytes <= this.#budget) return;
      bytes -= kept.made.bytes;
      this.#kept.delete(channel);
    }
  }

  /** What the snapshots hold in encoded parts. */
  get bytes(): number {
    return [...this.#kept.values()].reduce((sum, { made }) => sum + made.bytes, 0);
  }
}
