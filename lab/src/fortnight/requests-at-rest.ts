import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate as turn } from 'node:timers/promises';

/** Turns of the event loop without a sign of a request, after which none will come: each hop of the loopback takes one. */
const QUIET_TURNS = 2;
/** More turns than any request takes that is answered at all; one that is not is left alone. */
const MOST_TURNS = 400;

/** Knows of every request that this process sends by undici, from what undici tells of them (`docs/api/DiagnosticsChannel`). */
export class RequestsAtRest {
  readonly #unanswered = new Set<unknown>();
  #signs = 0;
  readonly #channels: Readonly<Record<string, (message: unknown) => void>>;

  constructor() {
    const begun = (message: unknown) => {
      this.#signs++;
      this.#unanswered.add(requestOf(message));
    };
    const answered = (message: unknown) => {
      this.#signs++;
      this.#unanswered.delete(requestOf(message));
    };
    this.#channels = {
      'undici:request:create': begun,
      'undici:request:headers': answered,
      'undici:request:bodyChunkReceived': answered,
      'undici:request:trailers': answered,
      'undici:request:error': answered,
    };
    for (const [name, take] of Object.entries(this.#channels)) subscribe(name, take);
  }

  /** Requests whose answers have not begun. */
  get unanswered(): number {
    return this.#unanswered.size;
  }

  /** Resolves when every request is answered and what was sent is read; when `mute`, the former is not waited for. */
  async rest(mute: boolean): Promise<void> {
    let quiet = 0;
    for (let turns = 0; quiet < QUIET_TURNS && turns < MOST_TURNS; turns++) {
      const before = this.#signs;
      await turn();
      quiet = this.#signs === before && (mute || this.#unanswered.size === 0) ? quiet + 1 : 0;
    }
  }

  close(): void {
    for (const [name, take] of Object.entries(this.#channels)) unsubscribe(name, take);
  }
}

function requestOf(message: unknown): unknown {
  return (message as { request: unknown }).request;
}
