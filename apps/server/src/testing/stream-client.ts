import { Digest, decodeColumns, type Entity, type Message, type MessageName, messages } from '@portolan/shared';

/** A viewer over real HTTP: it holds what the stream told it, and can be waited on. */
export class StreamClient {
  readonly received: (Message & { id: string | null })[] = [];
  readonly held = new Map<string, Entity>();
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

  last<N extends MessageName>(event: N): (Extract<Message, { event: N }> & { id: string | null }) | undefined {
    return this.received.filter((one) => one.event === event).at(-1) as
      | (Extract<Message, { event: N }> & { id: string | null })
      | undefined;
  }

  names(kind: string): string[] {
    return [...this.held.values()].flatMap((entity) => (entity.kind === kind ? [entity.name] : [])).sort();
  }

  digest(): string {
    const digest = new Digest();
    for (const { uid, version } of this.held.values()) digest.add(uid, version);
    return digest.toString();
  }

  async #read(text: ReadableStream<string>): Promise<void> {
    let rest = '';
    try {
      for await (const chunk of text) {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
        for (const wake of this.#waiting) wake();
        this.#waiting.clear();
      }
    } catch (error) {
      if (!this.#abort.signal.aborted) throw error;
    }
  }

  #take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
    const event = field('event') as MessageName | null;
    if (event === null) return;
    const data = messages[event].parse(JSON.parse(field('data') ?? ''));
    const message = { event, data, id: field('id') } as Message & { id: string | null };
    this.received.push(message);
    if (message.event === 'reset') this.held.clear();
    if (message.event === 'snapshot') {
      const { kind, count, columns } = message.data;
      for (const entity of decodeColumns(kind, count, columns)) this.held.set(entity.uid, entity);
    }
    if (message.event === 'change') {
      for (const { uid } of message.data.removes) this.held.delete(uid);
      for (const entity of message.data.upserts) this.held.set(entity.uid, entity);
    }
  }
}
