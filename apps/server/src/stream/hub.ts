import { PROTOCOL, type Scope } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import { Channel } from './channel.ts';
import type { Cursor } from './cursor.ts';
import { frame } from './frame.ts';
import { normalScope } from './scoped.ts';
import { type Outlet, Session, type SessionHost } from './session.ts';
import { SnapshotShelf } from './snapshot-shelf.ts';
import { gaugesOf, noCounters, type StreamNumbers } from './stream-numbers.ts';
import type { StreamSource } from './stream-source.ts';

/** Milliseconds between heartbeats. */
export const HEARTBEAT_MS = 15_000;

/** Milliseconds between the looks for viewers that were sent nothing. */
const TICK_MS = 1000;
const COALESCE_MS = 50;
/**
 * After a flush, this many times its cost goes by before the next: sending takes a fifth of the time at most. The cost
 * is the lesser of the last two flushes, for one that is slow alone was held up (a collection, another process): to
 * rest for that would make a delay of 8 ms one of 40.
 */
const REST = 4;
const SNAPSHOTS = 8;
const CLIENTS = 5000;
/** Each scope counts every entity for itself. */
const SCOPES = 256;
const SOURCES_MS = 50;

/** What a viewer asked for. `from` is null for a fresh start; a cursor that cannot be read is a stale one. */
export interface Subscription {
  scope: Scope;
  from: Cursor | 'unreadable' | null;
}

/**
 * The streams of one cluster. A lone change leaves within the turn of the event loop that brought it; under load
 * changes gather, in proportion to what sending costs, for at most 50 ms.
 */
export class Hub {
  #source: StreamSource;
  #clock: Clock;
  #build: string;
  #channels = new Map<string, { channel: Channel; sessions: Set<Session> }>();
  #keys = new Map<Session, string>();
  #sending = new Set<Session>();
  #queue = new Set<Session>();
  #flushing = false;
  #restUntil = 0;
  #lastCost = 0;
  #sourcesDue = false;
  /** A source changed and nobody has been told. */
  #sourcesUntold = false;
  #cancelHeartbeat: (() => void) | null = null;
  #cancelTick: (() => void) | null = null;
  #counters = noCounters();
  #shelf: SnapshotShelf;

  constructor(source: StreamSource, build: string, clock: Clock) {
    this.#source = source;
    this.#build = build;
    this.#clock = clock;
    this.#shelf = new SnapshotShelf(clock);
  }

  /** False when no further viewer fits, or none of another scope; whoever is refused is counted. */
  accepts(scope: Scope): boolean {
    const known = this.#channels.size < SCOPES || this.#channels.has(keyOf(normalScope(scope)));
    if (known && this.#keys.size < CLIENTS) return true;
    this.#counters.refused++;
    return false;
  }

  numbers(): StreamNumbers {
    const { viewers, ...gauges } = gaugesOf(this.#keys.keys(), this.#source.seq);
    return {
      counters: { ...this.#counters },
      gauges: { ...gauges, scopes: this.#channels.size, snapshotBytes: this.#shelf.bytes },
      viewers,
    };
  }

  /** The log went on. */
  stepped(): void {
    // A source that let go of what it held is not to look, for a moment, as if it held nothing.
    if (this.#sourcesUntold) this.#offerSources();
    for (const { channel } of this.#channels.values()) channel.forget();
    if (this.#flushing || this.#keys.size === 0) return;
    this.#flushing = true;
    const rest = Math.min(COALESCE_MS, this.#restUntil - this.#clock.monotonic());
    if (rest > 0) this.#clock.after(rest, () => this.#flush());
    // Not sooner, for what came in one piece off the network are often many changes: the first must not make the rest wait.
    else setImmediate(() => this.#flush());
  }

  /** The log went on by more than is told one by one: whoever is behind gets a snapshot, and none that was made before. */
  leapt(): void {
    for (const { channel } of this.#channels.values()) this.#shelf.drop(channel);
    this.stepped();
  }

  /** Some source changed its state. */
  sourcesChanged(): void {
    if (this.#keys.size === 0) return;
    this.#sourcesUntold = true;
    if (this.#sourcesDue) return;
    this.#sourcesDue = true;
    this.#clock.after(SOURCES_MS, () => {
      this.#sourcesDue = false;
      if (this.#sourcesUntold) this.#offerSources();
    });
  }

  /** Opens a stream; the caller tells the session when its socket drains or breaks. */
  open({ scope, from }: Subscription, outlet: Outlet): Session {
    const normal = normalScope(scope);
    const key = keyOf(normal);
    const room = this.#channels.get(key) ?? {
      channel: new Channel(this.#source, normal, this.#clock),
      sessions: new Set<Session>(),
    };
    this.#channels.set(key, room);
    const resumable = from !== null && from !== 'unreadable' && from.epoch === this.#source.epoch;
    const session = new Session(room.channel, outlet, this.#host, this.#clock, resumable ? from.seq : null);
    room.sessions.add(session);
    this.#keys.set(session, key);
    this.#counters.opened++;
    if (resumable) this.#counters.resumed++;
    this.#cancelHeartbeat ??= this.#clock.after(HEARTBEAT_MS, () => this.#beat());
    this.#cancelTick ??= this.#clock.after(TICK_MS, () => this.#tick());
    session.greet(this.#hello(room.channel));
    session.tell(room.channel.sources());
    if (from !== null && !resumable) {
      this.#counters.resets++;
      session.greet(frame('reset', { reason: 'the cursor is of another epoch' }));
    }
    session.pump();
    return session;
  }

  /**
   * The log was renewed: every viewer gets `reset`, another `hello` on the same stream, and a snapshot. To be called after
   * the log's `renew`, and before the first step of the new epoch.
   */
  renew(reason: string): void {
    for (const { channel, sessions } of this.#channels.values()) {
      channel.forget();
      this.#shelf.drop(channel);
      const hello = this.#hello(channel);
      const told = channel.sources();
      for (const session of [...sessions]) {
        this.#counters.resets++;
        session.renew(reason, hello, told);
      }
    }
  }

  /** Says goodbye to everyone, each with its own time to come back. */
  close(reason: string): void {
    this.#cancelHeartbeat?.();
    this.#cancelTick?.();
    for (const session of [...this.#keys.keys()]) session.goodbye(reason, retryMs(this.#clock));
  }

  #hello({ scope }: Channel): Buffer {
    const { epoch, seq, cluster } = this.#source;
    const build = this.#build;
    return frame('hello', { protocol: PROTOCOL, epoch, seq, build, cluster, scope, heartbeatMs: HEARTBEAT_MS });
  }

  #flush(): void {
    this.#flushing = false;
    const started = this.#clock.monotonic();
    for (const { sessions } of this.#channels.values()) for (const session of [...sessions]) session.pump();
    const ended = this.#clock.monotonic();
    const cost = ended - started;
    this.#restUntil = ended + Math.min(COALESCE_MS, REST * Math.min(cost, this.#lastCost));
    this.#lastCost = cost;
  }

  #beat(): void {
    this.#cancelHeartbeat = this.#keys.size === 0 ? null : this.#clock.after(HEARTBEAT_MS, () => this.#beat());
    // What a heartbeat sums up must have been sent before it.
    this.#flush();
    this.#offerSources();
    for (const { channel, sessions } of this.#channels.values()) {
      const bytes = channel.heartbeat();
      for (const session of [...sessions]) session.offerHeartbeat(bytes);
    }
  }

  #tick(): void {
    this.#cancelTick = this.#keys.size === 0 ? null : this.#clock.after(TICK_MS, () => this.#tick());
    this.#shelf.tidy();
    for (const { channel, sessions } of this.#channels.values()) {
      channel.forget();
      for (const session of [...sessions]) session.tick();
    }
  }

  #offerSources(): void {
    this.#sourcesUntold = false;
    for (const { channel, sessions } of this.#channels.values()) {
      const told = channel.sources();
      for (const session of [...sessions]) session.offerSources(told);
    }
  }

  #host: SessionHost = {
    sent: this.#counters,
    snapshot: (channel) => this.#shelf.of(channel),
    takePlace: (session) => {
      if (this.#sending.size >= SNAPSHOTS) {
        this.#queue.add(session);
        return false;
      }
      this.#queue.delete(session);
      this.#sending.add(session);
      this.#counters.snapshots++;
      return true;
    },
    leavePlace: (session) => {
      if (!this.#sending.delete(session)) return;
      const [next] = this.#queue;
      if (next !== undefined) queueMicrotask(() => next.pump());
    },
    closed: (session, why) => {
      const key = this.#keys.get(session);
      const room = this.#channels.get(key ?? '');
      this.#keys.delete(session);
      this.#queue.delete(session);
      this.#host.leavePlace(session);
      if (why !== 'gone') this.#counters.closedByServer++;
      if (why === 'blocked') this.#counters.closedBlocked++;
      if (why === 'too far behind') this.#counters.closedTooFarBehind++;
      room?.sessions.delete(session);
      if (key === undefined || room === undefined || room.sessions.size > 0) return;
      this.#channels.delete(key);
      this.#shelf.drop(room.channel);
    },
  };
}

function keyOf({ namespaces, kinds }: Scope): string {
  return JSON.stringify([namespaces, kinds]);
}

/** Between one and six seconds, so that a restart does not bring everyone back at once. */
export function retryMs(clock: Clock): number {
  return Math.round(1000 + clock.random() * 5000);
}
