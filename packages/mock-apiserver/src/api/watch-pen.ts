import type { ServerResponse } from 'node:http';

/**
 * What may wait for a reader that does not keep up. Beyond it the watch is broken off, and the reader resumes from its last
 * version, as the apiserver's cacher ends a watcher whose buffer is full.
 */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** How much of what stands is written at once, and how long that may take before others have their turn. */
const CHUNK_LENGTH = 64 * 1024;
const SLICE_MS = 8;

/**
 * Writes the lines of one watch: what stands at its beginning as fast as the reader takes it, then what happens, all of one
 * turn in one go. A reader that lets too much wait is let go.
 */
export class WatchPen {
  readonly #response: ServerResponse;
  readonly #broken: () => void;
  #initial: Iterator<string> | undefined;
  #waiting: string[] = [];
  #waitingLength = 0;
  #most = Number.POSITIVE_INFINITY;
  #flushing = false;
  #ended = false;

  /** `broken` is called when the reader is let go. */
  constructor(response: ServerResponse, broken: () => void) {
    this.#response = response;
    this.#broken = broken;
  }

  /** Writes these lines first. */
  begin(lines: Iterator<string>): void {
    this.#initial = lines;
    this.#schedule();
  }

  write(line: string): void {
    if (this.#ended) return;
    this.#waiting.push(line);
    this.#waitingLength += line.length;
    if (this.#waitingLength + this.#response.writableLength > this.#most) this.#break();
    else this.#schedule();
  }

  /** From here on no more may wait than a reader that keeps up would leave; what waits already is not counted. */
  limit(): void {
    this.#most = this.#response.writableLength + this.#waitingLength + MOST_WAITING_BYTES;
  }

  /** Ends the answer once all is written. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#initial) this.#flush();
  }

  #break(): void {
    this.#ended = true;
    this.#waiting = [];
    this.#initial = undefined;
    this.#broken();
    this.#response.destroy();
  }

  #schedule(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    process.nextTick(() => this.#next());
  }

  readonly #next = (): void => {
    this.#flushing = false;
    if (this.#response.destroyed) return;
    if (this.#initial) this.#writeInitial(this.#initial);
    else this.#flush();
  };

  #flush(): void {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#waitingLength = 0;
    if (text !== '') this.#response.write(text);
    if (this.#ended) this.#response.end();
  }

  #writeInitial(lines: Iterator<string>): void {
    const until = performance.now() + SLICE_MS;
    let chunk = '';
    while (chunk.length < CHUNK_LENGTH && performance.now() < until) {
      const { done, value } = lines.next();
      if (done) {
        this.#initial = undefined;
        break;
      }
      chunk += value;
    }
    const keepsUp = chunk === '' || this.#response.write(chunk);
    if (!this.#initial) {
      this.#flush();
      return;
    }
    this.#flushing = true;
    if (keepsUp) setImmediate(this.#next);
    // A reader that is as fast as the writer drains at once: others have their turn all the same.
    else this.#response.once('drain', () => setImmediate(this.#next));
  }
}
