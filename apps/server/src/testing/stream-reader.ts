import { Digest, decodeColumns, type Entity, type Message, type MessageName, messages } from '@portolan/shared';

/** A message as it was read, with the id that it may be resumed from. */
export type ReadMessage<N extends MessageName = MessageName> = Extract<Message, { event: N }> & { id: string | null };

/** The reading end of a stream: every message, held to the protocol, and the picture that they add up to. */
export class StreamReader {
  readonly received: ReadMessage[] = [];
  readonly held = new Map<string, Entity>();

  /** The last message of that name, if one came. */
  last<N extends MessageName>(event: N): ReadMessage<N> | undefined {
    return this.received.filter((one): one is ReadMessage<N> => one.event === event).at(-1);
  }

  /** The digest of the picture. */
  digest(): string {
    const digest = new Digest();
    for (const { uid, version } of this.held.values()) digest.add(uid, version);
    return digest.toString();
  }

  /** Reads one block of the event stream; throws for a message that is not the protocol's. */
  protected take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
    const event = field('event') as MessageName | null;
    if (event === null) return;
    const data = messages[event].parse(JSON.parse(field('data') ?? ''));
    const message = { event, data, id: field('id') } as ReadMessage;
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
