import { ApiError } from './api-error.ts';

/** A line of a watch may be this long; an object of etcd is at most 1.5 MB. */
export const LONGEST_LINE = 8 * 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * Cuts bytes into lines. It splits before it decodes, so a character cut in two by the network survives: the newline
 * byte occurs in no other UTF-8 sequence.
 */
export class LineSplitter {
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  /** The lines that this chunk completes, without their newlines; empty lines are left out. */
  push(chunk: Uint8Array): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const line = this.#take(chunk.subarray(start, end));
      if (line.trim() !== '') lines.push(line);
      start = end + 1;
    }
    this.#hold(chunk.subarray(start));
    return lines;
  }

  /** True when the stream ended within a line. */
  get truncated(): boolean {
    return this.#heldBytes > 0;
  }

  #take(tail: Uint8Array): string {
    this.#hold(tail);
    const line = Buffer.concat(this.#held, this.#heldBytes).toString('utf8');
    this.#held = [];
    this.#heldBytes = 0;
    return line;
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > LONGEST_LINE) {
      throw new ApiError('malformed', `a line of the watch is longer than ${LONGEST_LINE} bytes`);
    }
  }
}
