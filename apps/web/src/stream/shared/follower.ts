import type { Cursor } from '../cursor.ts';
import type { Clock } from '../ports.ts';
import type { Failure } from '../transport.ts';
import type { Port, ToTab, ToWorker } from './messages.ts';

/** The most that a tab may owe, in characters: a whole snapshot of a large cluster, which comes at once, is less. */
const LIMIT = 32 * 1024 * 1024;
/** A tab that took nothing of what it was sent for this long is frozen, or gone. */
const PATIENCE = 30_000;
/** What a message costs beside its data, in characters. */
const EACH = 128;
/** Signs of life that make no message are passed on this often, in milliseconds. */
const ALIVE = 1_000;

/**
 * A tab as the worker knows it: where it wants to go on, and what it was sent and has not taken. One that owes too much or
 * for too long is let go with `behind`: what waits in its port is all that is ever kept for it.
 */
export class Follower {
  readonly from: Cursor | null;
  readonly #port: Port<ToTab, ToWorker>;
  readonly #clock: Clock;
  readonly #left: () => void;
  #owed = 0;
  #owedSince = 0;
  #told = 0;
  /** The tab has what comes up to this number. */
  #after = -1;
  #gone = false;

  /** `left` is called once, when the follower is let go or lets go itself. */
  constructor(port: Port<ToTab, ToWorker>, from: Cursor | null, clock: Clock, left: () => void) {
    this.#port = port;
    this.#clock = clock;
    this.#left = left;
    this.from = from;
  }

  /** Leaves out from here on what the tab has already. */
  skipTo(seq: number): void {
    this.#after = seq;
  }

  /** Forgets what the tab had: another picture begins. */
  startOver(): void {
    this.#after = -1;
  }

  message(event: string, data: string, id: string): void {
    this.#send({ say: 'message', event, data, id }, data.length);
  }

  /** A message that stands for the log at `seq`: one that the tab is past already is left out. */
  change(seq: number, event: string, data: string, id: string): void {
    if (seq > this.#after) this.message(event, data, id);
  }

  alive(): void {
    if (this.#clock.now() - this.#told >= ALIVE) this.#send({ say: 'alive' }, 0);
  }

  /** The tab took a message of this length. */
  took(length: number): void {
    this.#owed = Math.max(0, this.#owed - length - EACH);
    this.#owedSince = this.#clock.now();
  }

  /** The tab must open a stream of its own. */
  alone(): void {
    this.#end({ say: 'alone' });
  }

  failed(failure: Failure): void {
    this.#end({ say: 'failed', failure });
  }

  /** The tab wants no more. */
  leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#left();
  }

  #end(message: ToTab): void {
    if (this.#gone) return;
    this.#port.post(message);
    this.leave();
  }

  #send(message: ToTab, length: number): void {
    if (this.#gone) return;
    const now = this.#clock.now();
    if (this.#owed > LIMIT || (this.#owed > 0 && now - this.#owedSince > PATIENCE)) {
      this.failed({ reason: 'behind', status: null, retryMs: null, problem: null });
      return;
    }
    if (this.#owed === 0) this.#owedSince = now;
    this.#owed += length + EACH;
    this.#told = now;
    this.#port.post(message);
  }
}
