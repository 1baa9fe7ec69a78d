const NEWLINE = 0x0a;

/** Gathers bytes into whole lines, newline included, without decoding them. */
export class Lines {
  #rest: Buffer = Buffer.alloc(0);

  /** The lines that this chunk completes. */
  push(chunk: Buffer): Buffer[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      lines.push(bytes.subarray(start, end + 1));
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
    return lines;
  }

  /** What came after the last newline. */
  get rest(): Buffer {
    return this.#rest;
  }
}
