/** One piece of a chunked body (RFC 9112, 7.1): its bytes on the wire and what is in it. A server's write is one. */
export interface Chunk {
  raw: Buffer;
  body: Buffer;
}

/** Cuts what comes from a socket into the head of an answer and the chunks of its body. */
export class Chunks {
  head: string | null = null;
  #rest: Buffer = Buffer.alloc(0);

  /** The chunks that are whole by this piece. */
  push(piece: Buffer): Chunk[] {
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    if (this.head === null) {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end < 0) return [];
      this.head = this.#rest.toString('latin1', 0, end).toLowerCase();
      this.#rest = this.#rest.subarray(end + 4);
    }
    const chunks: Chunk[] = [];
    for (;;) {
      const line = this.#rest.indexOf('\r\n');
      if (line < 0) return chunks;
      const size = Number.parseInt(this.#rest.toString('latin1', 0, line), 16);
      const end = line + 2 + size + 2;
      if (this.#rest.length < end) return chunks;
      chunks.push({ raw: this.#rest.subarray(0, end), body: this.#rest.subarray(line + 2, end - 2) });
      this.#rest = this.#rest.subarray(end);
    }
  }
}
