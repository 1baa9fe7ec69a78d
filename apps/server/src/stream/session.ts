import type { Source } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type { Channel, Told } from './channel.ts';
import { frame } from './frame.ts';
import type { Snapshot } from './snapshot.ts';

/** Bytes that say nothing but that the server is there: a comment of the event stream. */
const PULSE = Buffer.from(':\n\n');
/** A tick without a write is silence; at this many in a row the pulse is due. */
const SILENT_TICKS = 2;
const BLOCKED_MS = 30_000;
/** Milliseconds that one viewer may take of a turn of the event loop: eight snapshots at once leave room for others. */
const TURN_MS = 4;
const UNSENT_BYTES = 4 * 1024 * 1024;

/** The socket's side, as `http.ServerResponse` has it. `write` answers false when the viewer is to be waited for: whenever much is unsent. */
export interface Outlet {
  write(bytes: Buffer): boolean;
  /** Bytes handed over that have not left. */
  readonly unsent: number;
  /** Ends politely, after what was written. */
  end(bytes: Buffer): void;
  /** Ends now. */
  destroy(): void;
}

type Phase =
  | { state: 'waiting' }
  | { state: 'snapshot'; snapshot: Snapshot; next: number }
  | { state: 'catchingUp'; cursor: number }
  | { state: 'live'; cursor: number }
  | { state: 'closed' };

/** What a viewer is at, as it is counted; one that is blocked is that, whatever else. */
export type Standing = 'waiting' | 'snapshot' | 'catchingUp' | 'live' | 'blocked';

/** What a session asks of the hub: a place to send a snapshot from, that snapshot, and to be counted and forgotten. */
export interface SessionHost {
  /** Counts what is sent. */
  readonly sent: { messages: number; bytes: number };
  takePlace(session: Session): boolean;
  snapshot(channel: Channel): Snapshot;
  leavePlace(session: Session): void;
  closed(session: Session, why: string): void;
}

/**
 * One viewer's stream: a cursor and nothing else. Nothing is queued for it; while its socket is full it waits, and then
 * goes on from its cursor with the latest states. Blocked too long, or too far behind, it is closed.
 */
export class Session {
  readonly channel: Channel;
  #outlet: Outlet;
  #host: SessionHost;
  #clock: Clock;
  #phase: Phase;
  #cancelBlocked: (() => void) | null = null;
  #silentTicks = 0;
  /** There is more to send, in the next turn of the event loop. */
  #yielded = false;
  /** What the viewer was told of the sources last. */
  #told: readonly Source[] = [];
  /** The sources changed while it could not be told; the `rest` is what is to come after the changes. */
  #owed: 'all' | 'rest' | null = null;

  /** `from` is the cursor to resume at, or null for a snapshot. */
  constructor(channel: Channel, outlet: Outlet, host: SessionHost, clock: Clock, from: number | null) {
    this.channel = channel;
    this.#outlet = outlet;
    this.#host = host;
    this.#clock = clock;
    this.#phase = from === null ? { state: 'waiting' } : { state: 'catchingUp', cursor: from };
  }

  /** What it is at. */
  get standing(): Standing {
    if (this.#cancelBlocked !== null) return 'blocked';
    return this.#phase.state === 'closed' ? 'waiting' : this.#phase.state;
  }

  /** The number up to which it was sent everything; null before its snapshot was. */
  get cursor(): number | null {
    return 'cursor' in this.#phase ? this.#phase.cursor : null;
  }

  /** Bytes that wait in its socket. */
  get unsent(): number {
    return this.#outlet.unsent;
  }

  /** Sends whatever there is to send, until the socket is full; what takes long goes on in the next turn of the event loop. */
  pump(): void {
    if (this.#yielded) return;
    const until = this.#clock.monotonic() + TURN_MS;
    while (this.#cancelBlocked === null && this.#step()) {
      if (this.#clock.monotonic() < until) continue;
      this.#yielded = true;
      setImmediate(() => {
        this.#yielded = false;
        this.pump();
      });
      return;
    }
  }

  /** Tells of a change of the sources, now or as soon as this viewer can be told. */
  offerSources(told: Told): void {
    if (this.#ready) this.tell(told);
    else this.#owed = 'all';
  }

  /** Tells of the sources whatever the phase. */
  tell({ sources, bytes, whole }: Told): void {
    this.#told = sources;
    this.#owed = whole ? null : 'rest';
    this.#write(bytes);
  }

  /** Sends a heartbeat; a viewer that has not everything yet that it sums up goes without. */
  offerHeartbeat(bytes: Buffer): void {
    if (this.#ready) this.#write(bytes);
  }

  /** A second went by: a viewer that was sent nothing for two of them gets a pulse, whatever its phase, unless it is blocked. */
  tick(): void {
    if (this.#cancelBlocked === null && ++this.#silentTicks >= SILENT_TICKS) this.#write(PULSE);
  }

  /** Sends bytes whatever the phase, such as `hello`. */
  greet(bytes: Buffer): void {
    this.#write(bytes);
  }

  /** The epoch is another: says so, greets again, and waits for a snapshot. */
  renew(reason: string, hello: Buffer, told: Told): void {
    if (this.#phase.state === 'closed') return;
    if (this.#phase.state === 'snapshot') this.#host.leavePlace(this);
    this.#phase = { state: 'waiting' };
    this.#write(frame('reset', { reason }));
    this.#write(hello);
    this.tell(told);
    this.pump();
  }

  drained(): void {
    this.#cancelBlocked?.();
    this.#cancelBlocked = null;
    this.pump();
  }

  /** The viewer left, or its socket broke. */
  gone(): void {
    this.#close('gone');
  }

  goodbye(reason: string, retryMs: number): void {
    if (this.#phase.state === 'closed') return;
    this.#outlet.end(frame('goodbye', { reason, retryMs }));
    this.#close(reason);
  }

  /** One message; false when there is none to send now. */
  #step(): boolean {
    const phase = this.#phase;
    switch (phase.state) {
      case 'closed':
        return false;
      case 'waiting':
        if (!this.#host.takePlace(this)) return false;
        this.#phase = { state: 'snapshot', snapshot: this.#host.snapshot(this.channel), next: 0 };
        this.#tellAhead();
        return true;
      case 'snapshot':
        if (phase.next < phase.snapshot.length) {
          this.#write(phase.snapshot.part(phase.next++));
        } else {
          this.#phase = { state: 'catchingUp', cursor: phase.snapshot.seq };
          this.#host.leavePlace(this);
        }
        return true;
      case 'catchingUp':
      case 'live': {
        const next = this.channel.after(phase.cursor);
        if (next === null) {
          if (phase.state === 'live') return this.#tellRest();
          this.#phase = { state: 'live', cursor: phase.cursor };
          this.#write(this.channel.synced());
          return true;
        }
        if (this.#tellAhead()) return true;
        if (next === 'reset') {
          this.#write(frame('reset', { reason: 'the log no longer reaches back to the cursor' }));
          this.#phase = { state: 'waiting' };
          return true;
        }
        phase.cursor = next.to;
        if (next.bytes !== null) this.#write(next.bytes);
        return true;
      }
    }
  }

  /** What let go of something is told of before that is gone, lest it look empty; and what is no longer live, before it looks new. */
  #tellAhead(): boolean {
    if (this.#owed !== 'all') return false;
    this.tell(this.channel.sourcesAhead(this.#told));
    return true;
  }

  #tellRest(): boolean {
    if (this.#owed === null) return false;
    this.tell(this.channel.sources());
    return true;
  }

  /** Whether it may be told something that is not of the log. */
  get #ready(): boolean {
    return this.#phase.state === 'live' && this.#cancelBlocked === null && !this.#yielded;
  }

  #write(bytes: Buffer): void {
    if (this.#phase.state === 'closed') return;
    this.#silentTicks = 0;
    this.#host.sent.messages++;
    this.#host.sent.bytes += bytes.length;
    if (this.#outlet.write(bytes)) return;
    if (this.#outlet.unsent > UNSENT_BYTES) {
      this.#outlet.destroy();
      this.#close('too far behind');
      return;
    }
    this.#cancelBlocked ??= this.#clock.after(BLOCKED_MS, () => {
      this.#outlet.destroy();
      this.#close('blocked');
    });
  }

  #close(why: string): void {
    if (this.#phase.state === 'closed') return;
    this.#phase = { state: 'closed' };
    this.#cancelBlocked?.();
    this.#host.closed(this, why);
  }
}
