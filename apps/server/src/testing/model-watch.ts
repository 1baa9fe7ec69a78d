import type { Clock } from '../clock.ts';
import { ApiError } from '../watch/api-error.ts';
import { ByteQueue } from './byte-queue.ts';
import type { Dice } from './dice.ts';

const encoder = new TextEncoder();
const LONGEST_DELAY_MS = 60;

/** One open watch of a ModelApiserver: its bytes come late and in pieces, and it may be cut, truncated or frozen anywhere. */
export class ModelWatch extends ByteQueue {
  /** It sends what is newer than this alone. */
  readonly since: number;
  #clock: Clock;
  #dice: Dice;
  #pending = new Uint8Array();
  #cancels = new Map<string, () => void>();
  #ending = false;
  #frozen = false;
  #paused = false;
  #closed: () => void;

  constructor(since: number, clock: Clock, dice: Dice, signal: AbortSignal, closed: () => void) {
    super();
    this.since = since;
    this.#clock = clock;
    this.#dice = dice;
    this.#closed = closed;
    signal.addEventListener('abort', () => this.cut(new DOMException('aborted', 'AbortError')), { once: true });
  }

  /** Runs after `ms` unless the watch is over by then; one timer a name. */
  after(name: string, ms: number, run: () => void): void {
    this.#cancels.get(name)?.();
    this.#cancels.set(name, this.#clock.after(ms, run));
  }

  event(type: string, object: object): void {
    this.text(`${JSON.stringify({ type, object })}\n`);
  }

  text(text: string): void {
    if (this.#ending) return;
    this.#pending = Buffer.concat([this.#pending, encoder.encode(text)]);
    this.#deliver();
  }

  /** Ends once everything was sent. */
  end(): void {
    this.#ending = true;
    this.#deliver();
  }

  /** Ends within a line. */
  truncate(): void {
    this.#pending = this.#pending.subarray(0, this.#dice.between(0, this.#pending.length));
    this.text('{"type":"MODIF');
    this.end();
  }

  /** What was not delivered is lost. */
  cut(error: Error = new ApiError('unreachable', 'the watch was cut')): void {
    this.#pending = new Uint8Array();
    this.#frozen = true;
    this.#over(error);
  }

  /** Half-open: nothing comes any more, and nothing says so. */
  freeze(): void {
    this.#frozen = true;
    this.#closed();
  }

  /** Nothing comes until it goes on; nothing is lost. */
  pause(): void {
    this.#paused = true;
    this.#cancels.get('delivery')?.();
  }

  goOn(): void {
    this.#paused = false;
    if (this.#pending.length > 0 || this.#ending) this.#deliver();
  }

  #deliver(): void {
    if (this.#frozen || this.#paused) return;
    this.after('delivery', this.#dice.between(0, LONGEST_DELAY_MS), () => {
      const length = this.#dice.once(2) ? this.#pending.length : this.#dice.between(0, this.#pending.length);
      if (length > 0) this.put(this.#pending.subarray(0, length));
      this.#pending = this.#pending.subarray(length);
      if (this.#pending.length > 0) this.#deliver();
      else if (this.#ending) this.#over(null);
    });
  }

  #over(end: Error | null): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#closed();
    this.put(end);
  }
}
