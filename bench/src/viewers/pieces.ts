/** Where a message ends on the wire: an empty line, or what a synchronising flush of deflate ends with (zlib, `Z_SYNC_FLUSH`). */
const ENDS = { plain: Buffer.from('\n\n'), gzip: Buffer.from([0, 0, 0xff, 0xff]) } as const;

/** How a stream's body is written. */
export type Encoding = keyof typeof ENDS;

/**
 * Cuts what comes from a socket into the head of an answer and pieces of whole messages. What came at once is one piece, so
 * that there are never more pieces than the server made writes.
 */
export class Pieces {
  head: string | null = null;
  #rest: Buffer = Buffer.alloc(0);

  get encoding(): Encoding {
    return this.head?.includes('content-encoding: gzip') ? 'gzip' : 'plain';
  }

  /** The messages that are whole by this chunk; null when there is none. */
  push(chunk: Buffer): Buffer | null {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (this.head === null) {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end < 0) return null;
      this.head = this.#rest.toString('latin1', 0, end).toLowerCase();
      this.#rest = this.#rest.subarray(end + 4);
    }
    const mark = ENDS[this.encoding];
    const last = this.#rest.lastIndexOf(mark);
    if (last < 0) return null;
    const piece = this.#rest.subarray(0, last + mark.length);
    this.#rest = this.#rest.subarray(last + mark.length);
    return piece;
  }
}
