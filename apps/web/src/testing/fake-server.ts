import {
  Digest,
  encodeColumns,
  type MessageData,
  type MessageName,
  type NamespaceEntity,
  PROTOCOL,
  type Source,
} from '@portolan/shared';
import { splitFrom } from '../stream/cursor.ts';
import type { Clock } from '../stream/ports.ts';
import type { Transport, TransportHandlers } from '../stream/transport.ts';
import { namespaceEntity } from './namespace-entity.ts';

/** One stream as the server has it: what it was opened by, and how far it was told. */
interface Session {
  opener: string;
  handlers: TransportHandlers;
  cursor: number | null;
  muted: boolean;
  /** When the last of what was said arrives. */
  last: number;
}

/**
 * A server of namespaces that speaks the protocol over nothing: its log keeps the last state of each, cut into frames of
 * at most `frame` entries; what is older than `horizon` changes is known by a snapshot alone. Everything is said when
 * `pump` is called, so that a test decides what is under way.
 */
export class FakeServer {
  readonly truth = new Map<string, NamespaceEntity>();
  readonly opened: string[] = [];
  up = true;
  horizon = 50;
  frame = 3;
  epoch = 'e1';
  #seq = 0;
  #log = new Map<string, { seq: number; entity: NamespaceEntity | null }>();
  #version = 0;
  #sessions = new Set<Session>();
  readonly #clock: Clock;
  readonly #latency: () => number;

  /** `latency` is the milliseconds that what is said is under way; 0 is said at once. */
  constructor(clock: Clock, latency: () => number = () => 0) {
    this.#clock = clock;
    this.#latency = latency;
  }

  get seq(): number {
    return this.#seq;
  }

  /** How many streams are open. */
  get clients(): number {
    return this.#sessions.size;
  }

  /** Opens streams for whoever is named. */
  transport(opener: string): Transport {
    return (address, handlers) => {
      const { cursor } = splitFrom(address);
      const session: Session = { opener, handlers, cursor: null, muted: false, last: 0 };
      this.opened.push(`${opener} ${cursor === null ? 'anew' : `from ${cursor.seq}`}`);
      this.#clock.after(5, () => this.#greet(session, cursor));
      this.#sessions.add(session);
      return () => this.#sessions.delete(session);
    };
  }

  /** A namespace comes, or comes to be at another version. */
  put(name: string): void {
    this.#seq += 1;
    this.#version += 1;
    const entity = namespaceEntity(name, String(this.#version));
    this.truth.set(name, entity);
    this.#note(name, entity);
  }

  drop(name: string): void {
    if (!this.truth.delete(name)) return;
    this.#seq += 1;
    this.#note(name, null);
  }

  /** Tells every stream what it has not been told; or only those that `chosen` chooses, while the others lag. */
  pump(chosen: () => boolean = () => true): void {
    for (const session of this.#greeted()) if (chosen()) this.#catchUp(session);
  }

  heartbeat(): void {
    this.pump();
    for (const session of this.#greeted())
      this.#say(session, 'heartbeat', { ...this.#standing(), serverTime: this.#clock.now() });
  }

  pulse(): void {
    for (const session of this.#greeted())
      if (!session.muted) this.#send(session, () => session.handlers.message(':', '', ''));
  }

  sources(sources: Source[] = []): void {
    for (const session of this.#greeted())
      this.#say(session, 'sources', { serverTime: this.#clock.now(), skewMs: null, sources });
  }

  /** Every stream breaks. */
  cut(): void {
    for (const { handlers } of [...this.#sessions]) {
      handlers.failed({ reason: 'lost', status: null, retryMs: null, problem: null });
    }
    this.#sessions.clear();
  }

  /** From here on the streams that are open are silent, and nobody is told. */
  mute(): void {
    for (const session of this.#sessions) session.muted = true;
  }

  /** Another process, with another epoch. */
  restart(epoch: string): void {
    this.cut();
    this.#renew(epoch);
  }

  /** The same process begins another epoch: every stream is told. */
  renew(epoch: string): void {
    this.#renew(epoch);
    for (const session of this.#greeted()) {
      this.#say(session, 'reset', { reason: 'renewed' });
      this.#hello(session);
      this.#snapshot(session);
    }
  }

  #renew(epoch: string): void {
    this.epoch = epoch;
    this.#seq = 1;
    this.#log = new Map([...this.truth].map(([name, entity]) => [name, { seq: 1, entity }]));
  }

  #greeted(): Session[] {
    return [...this.#sessions].filter(({ cursor }) => cursor !== null);
  }

  #note(name: string, entity: NamespaceEntity | null): void {
    this.#log.delete(name);
    this.#log.set(name, { seq: this.#seq, entity });
  }

  #greet(session: Session, from: { epoch: string; seq: number } | null): void {
    if (!this.#sessions.has(session)) return;
    if (!this.up) {
      this.#sessions.delete(session);
      session.handlers.failed({ reason: 'refused', status: 503, retryMs: null, problem: 'HTTP 503' });
      return;
    }
    session.handlers.alive();
    this.#hello(session);
    session.cursor = this.#seq;
    this.#say(session, 'sources', { serverTime: this.#clock.now(), skewMs: null, sources: [] });
    if (from?.epoch === this.epoch && from.seq >= this.#seq - this.horizon) {
      session.cursor = from.seq;
      this.#catchUp(session);
      this.#say(session, 'synced', this.#standing());
      return;
    }
    if (from !== null) this.#say(session, 'reset', { reason: 'too old' });
    this.#snapshot(session);
  }

  #hello(session: Session): void {
    this.#say(session, 'hello', {
      protocol: PROTOCOL,
      epoch: this.epoch,
      seq: this.#seq,
      build: 'b1',
      cluster: 'demo',
      scope: { namespaces: [], kinds: [] },
      heartbeatMs: 15_000,
    });
  }

  #snapshot(session: Session): void {
    const all = [...this.truth.values()];
    for (let at = 0; at < all.length; at += 2) {
      const part = all.slice(at, at + 2);
      const columns = encodeColumns(part);
      this.#say(session, 'snapshot', {
        kind: 'Namespace',
        count: part.length,
        columns,
        part: 1,
        parts: 1,
        total: all.length,
      });
    }
    session.cursor = this.#seq;
    this.#say(session, 'synced', this.#standing());
  }

  #catchUp(session: Session): void {
    const behind = [...this.#log].filter(([, { seq }]) => seq > (session.cursor ?? 0));
    for (let at = 0; at < behind.length; at += this.frame) {
      const page = behind.slice(at, at + this.frame);
      const seq = page.at(-1)?.[1].seq ?? 0;
      this.#say(session, 'change', {
        seq,
        upserts: page.flatMap(([, { entity }]) => entity ?? []),
        removes: page.flatMap(([name, { entity }]) =>
          entity ? [] : [{ kind: 'Namespace' as const, uid: namespaceEntity(name).uid }],
        ),
      });
    }
    session.cursor = this.#seq;
  }

  #standing(): MessageData<'synced'> {
    const digest = new Digest();
    for (const { uid, version } of this.truth.values()) digest.add(uid, version);
    return { seq: this.#seq, counts: { Namespace: this.truth.size }, digest: digest.toString() };
  }

  #say<N extends MessageName>(session: Session, event: N, data: MessageData<N>): void {
    if (session.muted || !this.#sessions.has(session)) return;
    const id = 'seq' in data && event !== 'hello' ? `${this.epoch}-${data.seq}` : '';
    this.#send(session, () => session.handlers.message(event, JSON.stringify(data), id));
  }

  /** Arrives in the order in which it was said, unless the stream has ended by then. */
  #send(session: Session, run: () => void): void {
    const now = this.#clock.now();
    session.last = Math.max(session.last, now + this.#latency());
    if (session.last === now) run();
    else this.#clock.after(session.last - now, () => this.#sessions.has(session) && run());
  }
}
