import type { Clock } from '../clock.ts';
import type { KindReader } from './kind-reader.ts';

const LONGEST_MS = 30_000;

/**
 * The lives of one cluster's versions. When they go backwards, or another cluster answers at the same address, a new
 * epoch begins: every kind is read anew at the newest version and compared by content. `renewed` is called once all of
 * them have been (or have shown that they cannot be), so that what viewers then get is of the new epoch alone; after half
 * a minute it is called for those that have, and again for the rest.
 */
export class Epochs {
  #clock: Clock;
  #renewed: (reason: string) => void;
  #members = new Set<KindReader>();
  #owing = new Set<KindReader>();
  #reason: string | null = null;
  #cancel: () => void = () => undefined;
  #current = 0;

  constructor(clock: Clock, renewed: (reason: string) => void) {
    this.#clock = clock;
    this.#renewed = renewed;
  }

  /** The number of the epoch; a reader that has settled in an earlier one knows nothing of this one's versions. */
  get current(): number {
    return this.#current;
  }

  /** Takes part in every epoch that begins. */
  join(reader: KindReader): void {
    this.#members.add(reader);
  }

  /** Begins an epoch; `by` is reading everything already, the others are told to. Answers its number. */
  begin(reason: string, by: KindReader | null): number {
    this.#current++;
    this.#reason = reason;
    this.#owing = new Set(this.#members);
    this.#cancel();
    this.#cancel = this.#clock.after(LONGEST_MS, () => this.#renewed(reason));
    for (const reader of this.#members) if (reader !== by) reader.renew();
    return this.#current;
  }

  /** What the reader holds is still of an earlier epoch. */
  owes(reader: KindReader): boolean {
    return this.#owing.has(reader);
  }

  /** What the reader holds is of this epoch. Answers its number. */
  settle(reader: KindReader): number {
    if (this.#owing.delete(reader) && this.#owing.size === 0 && this.#reason !== null) {
      this.#cancel();
      this.#renewed(this.#reason);
      this.#reason = null;
    }
    return this.#current;
  }

  /** Calls nobody any more. */
  stop(): void {
    this.#cancel();
    this.#owing.clear();
  }
}
