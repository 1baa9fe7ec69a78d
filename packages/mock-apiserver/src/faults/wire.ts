import type { ServerResponse } from 'node:http';
import type { Cancel, Clock } from '../clock.ts';

/** What may wait to be written; beyond it the connection is broken off, as the apiserver does with a slow reader. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;
/** From here on the writer is asked to wait. */
const HIGH_WATER_BYTES = 64 * 1024;
const TICK_MS = 100;

type Chunk = string | Uint8Array;

/**
 * A response as faults may act on it while it is written: its lines rewritten, its bytes held back or slowed down. It takes
 * the place of the response's own `write` and `end` from the first fault on; without one it costs nothing.
 */
export class Wire {
  readonly #response: ServerResponse;
  readonly #wall: Clock;
  readonly #rewriters = new Set<(line: string) => string>();
  readonly #rates = new Map<object, number>();
  readonly #freezers = new Set<object>();
  #write: ((chunk: Chunk) => boolean) | undefined;
  #end: (() => void) | undefined;
  #queue: Buffer[] = [];
  #waiting = 0;
  #ending = false;
  #tick: Cancel | undefined;

  constructor(response: ServerResponse, wall: Clock) {
    this.#response = response;
    this.#wall = wall;
  }

  /** Rewrites each line until the answered function is called. */
  rewrite(line: (text: string) => string): () => void {
    this.#install();
    this.#rewriters.add(line);
    return () => this.#rewriters.delete(line);
  }

  /** Holds back whatever is written until the answered function is called; then it goes out. */
  freeze(): () => void {
    this.#install();
    const freezer = {};
    this.#freezers.add(freezer);
    return () => {
      this.#freezers.delete(freezer);
      this.#pump();
    };
  }

  /** Lets at most so many bytes a real second out until the answered function is called. */
  slow(bytesPerSecond: number): () => void {
    this.#install();
    const pace = {};
    this.#rates.set(pace, bytesPerSecond);
    return () => {
      this.#rates.delete(pace);
      this.#pump();
    };
  }

  /** Writes a last text, past every rewriting, and ends the response. */
  finish(text: string): void {
    this.#install();
    this.#put(Buffer.from(text));
    this.#response.end();
  }

  get #rate(): number | undefined {
    return this.#rates.size > 0 ? Math.min(...this.#rates.values()) : undefined;
  }

  #install(): void {
    if (this.#write) return;
    const response = this.#response;
    const write = response.write.bind(response);
    const end = response.end.bind(response);
    this.#write = (chunk) => write(chunk);
    this.#end = () => end();
    response.on('close', () => this.#tick?.());
    response.write = ((chunk: Chunk) => this.#put(this.#rewritten(chunk))) as typeof response.write;
    response.end = ((chunk?: Chunk | (() => void)) => {
      if (chunk !== undefined && typeof chunk !== 'function') this.#put(this.#rewritten(chunk));
      this.#ending = true;
      this.#pump();
      return response;
    }) as typeof response.end;
  }

  #rewritten(chunk: Chunk): Buffer {
    if (this.#rewriters.size === 0) return Buffer.from(chunk);
    const lines = Buffer.from(chunk).toString('utf8').split('\n');
    const last = lines.pop() ?? '';
    let text = '';
    for (const line of lines) text += [...this.#rewriters].reduce((kept, rewrite) => rewrite(kept), `${line}\n`);
    return Buffer.from(text + last);
  }

  #put(chunk: Buffer): boolean {
    this.#queue.push(chunk);
    this.#waiting += chunk.length;
    this.#pump();
    if (this.#waiting > MOST_WAITING_BYTES) this.#response.destroy();
    return this.#waiting < HIGH_WATER_BYTES;
  }

  /** Writes what may be written at this moment. */
  #pump(): void {
    if (this.#freezers.size > 0 || this.#tick) return;
    const before = this.#waiting;
    const rate = this.#rate;
    let allowance = rate === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor((rate * TICK_MS) / 1000));
    while (this.#queue[0] && allowance > 0) {
      const [first] = this.#queue;
      const piece = first.subarray(0, Math.min(first.length, allowance));
      if (piece.length < first.length) this.#queue[0] = first.subarray(piece.length);
      else this.#queue.shift();
      allowance -= piece.length;
      this.#waiting -= piece.length;
      this.#write?.(piece);
    }
    if (before >= HIGH_WATER_BYTES && this.#waiting < HIGH_WATER_BYTES) this.#response.emit('drain');
    if (this.#queue.length === 0 && this.#ending) {
      if (!this.#response.writableEnded) this.#end?.();
    } else if (rate !== undefined && before > 0) {
      // Also when all went out: what is written next waits for its own share.
      this.#tick = this.#wall.after(TICK_MS, () => {
        this.#tick = undefined;
        this.#pump();
      });
    }
  }
}
