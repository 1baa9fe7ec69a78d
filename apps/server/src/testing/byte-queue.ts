/** Bytes that a test hands to whoever reads them: pieces in order, until null ends them or an error breaks them off. */
export class ByteQueue implements AsyncIterable<Uint8Array> {
  #queue: (Uint8Array | Error | null)[] = [];
  #wake: () => void = () => undefined;

  put(item: Uint8Array | Error | null): void {
    this.#queue.push(item);
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    for (;;) {
      const next = this.#queue.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      if (next === null) return;
      if (next instanceof Error) throw next;
      yield next;
    }
  }
}
