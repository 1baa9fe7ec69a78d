import type { StoreEvent } from './history.ts';

/** Tells an event to all whom it concerns; what one of them throws is handed to `failed`. */
export type Telling = (event: StoreEvent, failed: (error: unknown) => void) => void;

/**
 * Tells events one after the other: one that is announced while another is told waits for its turn, so that nobody hears of
 * it too early. Whoever throws keeps nobody else from hearing; the announcement that began the telling throws it once all
 * are told, or an AggregateError of several.
 */
export class Announcer {
  readonly #tell: Telling;
  readonly #untold: StoreEvent[] = [];
  #telling = false;

  constructor(tell: Telling) {
    this.#tell = tell;
  }

  announce(events: readonly StoreEvent[]): void {
    for (const event of events) this.#untold.push(event);
    if (this.#telling) return;
    this.#telling = true;
    const errors: unknown[] = [];
    for (let next = this.#untold.shift(); next; next = this.#untold.shift()) {
      this.#tell(next, (error) => errors.push(error));
    }
    this.#telling = false;
    if (errors.length > 1) throw new AggregateError(errors, `${errors.length} watchers failed`);
    if (errors.length === 1) throw errors[0];
  }
}
