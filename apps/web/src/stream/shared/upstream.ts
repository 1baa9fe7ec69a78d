import { isFollowed, type MessageData } from '@portolan/shared';
import { type Cursor, parseCursor, streamFrom } from '../cursor.ts';
import type { Clock } from '../ports.ts';
import type { Failure, Transport } from '../transport.ts';
import type { Follower } from './follower.ts';
import { Ring } from './ring.ts';

/** Characters of changes kept for those who come later. */
const KEPT = 8 * 1024 * 1024;
/** A stream that has been silent for so long is not joined: whoever comes may come because it is dead. */
const SILENT = 6_000;

/** What an upstream needs: how to open a stream, a clock, and to be forgotten once nobody may join it any more. */
export interface UpstreamOptions {
  url: string;
  from: Cursor | null;
  transport: Transport;
  clock: Clock;
  ended(): void;
}

/**
 * One stream from the server, passed on to every tab that follows it. Who joins later is greeted with the same `hello`,
 * brought up to date from the ring of changes and told of the sources; who cannot be brought up to date without a gap is
 * sent away to open a stream of its own. What the messages say is none of its business but for `hello`, the numbers in
 * the ids and where a snapshot begins and ends.
 */
export class Upstream {
  readonly #options: UpstreamOptions;
  /** By follower: whether it was admitted; until the server has greeted nobody is. */
  readonly #followers = new Map<Follower, boolean>();
  readonly #close: () => void;
  #hello: MessageData<'hello'> | null = null;
  /** Null while a snapshot is on its way: nobody can join then. */
  #ring: Ring | null = null;
  /** Whether everything that the server had when it greeted has come. */
  #caughtUp = false;
  #sources: { data: MessageData<'sources'>; at: number } | null = null;
  #heard: number;
  #ended = false;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#heard = options.clock.now();
    this.#close = options.transport(streamFrom(options.url, options.from), {
      message: (event, data, id) => this.#receive(event, data, id),
      alive: () => {
        this.#heard = options.clock.now();
        for (const [follower, admitted] of this.#followers) if (admitted) follower.alive();
      },
      failed: (failure) => this.fail(failure),
    });
  }

  /** Whether nothing has come for so long that it may well be dead. */
  get silent(): boolean {
    return this.#options.clock.now() - this.#heard >= SILENT;
  }

  /** Takes a follower in, or sends it away; decided when the server has greeted. */
  join(follower: Follower): void {
    this.#followers.set(follower, false);
    if (this.#hello !== null) this.#admit(follower, this.#hello);
  }

  /** Forgets a follower; the last one ends the stream. */
  remove(follower: Follower): void {
    if (this.#followers.delete(follower) && this.#followers.size === 0) this.#end();
  }

  /** Gives the stream up; every follower is told why. */
  fail(failure: Failure): void {
    this.#end();
    for (const follower of [...this.#followers.keys()]) follower.failed(failure);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#close();
    this.#options.ended();
  }

  #receive(event: string, data: string, id: string): void {
    this.#heard = this.#options.clock.now();
    const cursor = parseCursor(id);
    switch (event) {
      case 'hello':
        this.#greet(data, id);
        return;
      case 'reset':
        this.#startOver();
        break;
      case 'synced':
        this.#caughtUp = true;
        if (cursor !== null) this.#ring ??= new Ring(cursor.epoch, cursor.seq, KEPT);
        this.#pass(event, data, id, cursor?.seq);
        return;
      case 'heartbeat':
        this.#caughtUp = true;
        break;
      case 'change':
        if (cursor !== null) this.#ring?.push({ seq: cursor.seq, data, id });
        this.#pass(event, data, id, cursor?.seq);
        return;
      case 'sources':
        this.#keepSources(data);
        break;
      case 'goodbye':
        // Whoever comes from here on must not join what is about to end.
        this.#options.ended();
        break;
    }
    this.#pass(event, data, id);
  }

  /** To all who were admitted; with a number, to those only who are not past it. */
  #pass(event: string, data: string, id: string, seq = Number.POSITIVE_INFINITY): void {
    for (const [follower, admitted] of [...this.#followers]) if (admitted) follower.change(seq, event, data, id);
  }

  #startOver(): void {
    this.#ring = null;
    for (const follower of this.#followers.keys()) follower.startOver();
  }

  #greet(data: string, id: string): void {
    const hello = parse<MessageData<'hello'>>(data);
    if (hello === null) {
      for (const follower of [...this.#followers.keys()]) follower.alone();
      return;
    }
    const { from } = this.#options;
    const resumed = this.#hello === null && from?.epoch === hello.epoch;
    this.#hello = hello;
    this.#caughtUp = false;
    this.#startOver();
    if (resumed) this.#ring = new Ring(hello.epoch, from.seq, KEPT);
    this.#pass('hello', data, id);
    for (const [follower, admitted] of [...this.#followers]) if (!admitted) this.#admit(follower, hello, !resumed);
  }

  /**
   * A follower joins at its cursor if the ring reaches there. Right after a greeting that a snapshot follows, those join
   * who need one: who have nothing, or have what is of another epoch.
   */
  #admit(follower: Follower, hello: MessageData<'hello'>, snapshotFollows = false): void {
    const { from } = follower;
    const ring = this.#ring;
    if (snapshotFollows && from?.epoch !== hello.epoch) {
      this.#followers.set(follower, true);
      follower.message('hello', JSON.stringify(hello), '');
      return;
    }
    if (ring === null || from === null || from.epoch !== ring.epoch || !ring.reaches(from.seq)) {
      follower.alone();
      return;
    }
    this.#followers.set(follower, true);
    follower.skipTo(from.seq);
    // Where everything has come, the last change is all there is to reach: no `synced` follows that would say so.
    const seq = this.#caughtUp ? Math.max(from.seq, ring.last) : hello.seq;
    follower.message('hello', JSON.stringify({ ...hello, seq }), '');
    for (const { seq, data, id } of ring.after(from.seq)) follower.change(seq, 'change', data, id);
    this.#tellSources(follower);
  }

  #keepSources(data: string): void {
    const sources = parse<MessageData<'sources'>>(data);
    this.#sources = Array.isArray(sources?.sources) ? { data: sources, at: this.#heard } : null;
  }

  #tellSources(follower: Follower): void {
    if (this.#sources === null) return;
    const { data, at } = this.#sources;
    const passed = this.#options.clock.now() - at;
    // What was current has been confirmed since; what was not is as old as it was then, and older.
    const sources = data.sources.map((one) =>
      one.current !== null && isFollowed(one, data.serverTime) ? { ...one, current: one.current + passed } : one,
    );
    follower.message('sources', JSON.stringify({ ...data, serverTime: data.serverTime + passed, sources }), '');
  }
}

/** What only a few fields are read of; the tabs check every message. Null when it is no JSON: they will say so. */
function parse<T>(data: string): T | null {
  try {
    return JSON.parse(data) as T;
  } catch {
    return null;
  }
}
