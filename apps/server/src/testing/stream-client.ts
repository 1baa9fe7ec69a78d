import { StreamReader } from './stream-reader.ts';

/** A viewer over real HTTP: it holds what the stream told it, and can be waited on. */
export class StreamClient extends StreamReader {
  headers: ReadonlyMap<string, string> = new Map();
  #abort = new AbortController();
  #waiting = new Set<() => void>();
  #ended: Promise<void> = Promise.resolve();

  /** Opens the stream; rejects when it is refused. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<StreamClient> {
    const client = new StreamClient();
    const response = await fetch(url, { headers, signal: client.#abort.signal });
    if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
    client.headers = new Map(response.headers);
    client.#ended = client.#read(response.body.pipeThrough(new TextDecoderStream()));
    return client;
  }

  /** Resolves once the condition holds. */
  async until(condition: (client: StreamClient) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  /** Resolves when the server ended the stream. */
  ended(): Promise<void> {
    return this.#ended;
  }

  close(): void {
    this.#abort.abort();
  }

  names(kind: string): string[] {
    return [...this.held.values()].flatMap((entity) => (entity.kind === kind ? [entity.name] : [])).sort();
  }

  async #read(text: ReadableStream<string>): Promise<void> {
    let rest = '';
    try {
      for await (const chunk of text) {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
        for (const wake of this.#waiting) wake();
        this.#waiting.clear();
      }
    } catch (error) {
      if (!this.#abort.signal.aborted) throw error;
    }
  }
}
