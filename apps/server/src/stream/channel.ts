import type { Kind, MessageData, Removal, Scope, Source } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import { formatCursor } from './cursor.ts';
import { frame, framed } from './frame.ts';
import { inScope, showsKind } from './scoped.ts';
import { Snapshot } from './snapshot.ts';
import type { StreamSource } from './stream-source.ts';
import { tallyOf } from './tally.ts';

const FRAME_ENTRIES = 500;
/** A frame ends with the entry that makes it longer than this, in UTF-16 units. */
const FRAME_LENGTH = 128 * 1024;
/** Frames kept at a time: viewers that flow are all at one cursor, and those who come back are at many. */
const FRAMES = 16;

/** What happened after a cursor: the bytes (null when nothing of it is in scope) and the cursor to go on from. */
export interface Frame {
  bytes: Buffer | null;
  to: number;
}

/** What is told of the sources; `whole` unless something of it is kept back for later. */
export interface Told {
  sources: readonly Source[];
  bytes: Buffer;
  whole: boolean;
}

/** One scope of one cluster: whatever its viewers get is made here once, and the same bytes go to all of them. */
export class Channel {
  readonly scope: Scope;
  #source: StreamSource;
  #clock: Clock;
  #frames = new Map<number, Frame | 'reset'>();

  constructor(source: StreamSource, scope: Scope, clock: Clock) {
    this.scope = scope;
    this.#source = source;
    this.#clock = clock;
  }

  /** Lets go of the frames that were made: the log went on, or nobody asked for them in a while. */
  forget(): void {
    this.#frames.clear();
  }

  /** What to send a viewer at this cursor; null when it has everything. */
  after(cursor: number): Frame | 'reset' | null {
    if (cursor === this.#source.seq) return null;
    const known = this.#frames.get(cursor);
    if (known !== undefined) return known;
    if (this.#frames.size >= FRAMES) this.#frames.clear();
    const made = this.#frameAfter(cursor);
    this.#frames.set(cursor, made);
    return made;
  }

  /** Everything as it is now. */
  snapshot(): Snapshot {
    return new Snapshot(this.#source, this.scope);
  }

  /** `synced` for a viewer that has everything up to now. */
  synced(): Buffer {
    const { seq, counts, digest } = this.#standing();
    return frame('synced', { seq, counts, digest }, this.#id(seq));
  }

  heartbeat(): Buffer {
    const standing = this.#standing();
    return frame('heartbeat', { ...standing, serverTime: this.#clock.now() }, this.#id(standing.seq));
  }

  sources(): Told {
    return this.#tell((source) => source);
  }

  /** For a viewer that was `told` this and has not all changes yet: what came to be live since is told after them. */
  sourcesAhead(told: readonly Source[]): Told {
    const before = new Map(told.map((source) => [source.kind, source]));
    return this.#tell((source) => {
      const known = before.get(source.kind) ?? source;
      return source.state === 'live' && known.state !== 'live' ? known : source;
    });
  }

  #tell(as: (source: Source) => Source): Told {
    // Before they are asked: a source that is current now is so at this moment or later, one of a moment ago is not.
    const serverTime = this.#clock.now();
    const now = this.#source.sources().filter((one) => showsKind(this.scope, one.kind));
    const sources = now.map(as);
    const bytes = frame('sources', { serverTime, skewMs: this.#source.skewMs, sources });
    return { sources, bytes, whole: sources.every((one, at) => one === now[at]) };
  }

  #frameAfter(cursor: number): Frame | 'reset' {
    const page = this.#source.after(cursor, FRAME_ENTRIES);
    if (page === 'reset') return 'reset';
    const upserts: string[] = [];
    const removes: Removal[] = [];
    let length = 0;
    let to = page.to;
    for (const entry of page.entries) {
      if (!inScope(this.scope, entry)) continue;
      if (entry.entity === null) removes.push({ kind: entry.kind, uid: entry.uid });
      else length += upserts[upserts.push(JSON.stringify(entry.entity)) - 1]?.length ?? 0;
      if (length <= FRAME_LENGTH) continue;
      to = entry.seq;
      break;
    }
    if (upserts.length === 0 && removes.length === 0) return { bytes: null, to };
    const json = `{"seq":${to},"upserts":[${upserts.join(',')}],"removes":${JSON.stringify(removes)}}`;
    return { bytes: framed('change', json, this.#id(to)), to };
  }

  #standing(): MessageData<'synced'> {
    const out = new Set<Kind>();
    for (const { kind, state } of this.#source.sources())
      if (state === 'absent' || state === 'forbidden') out.add(kind);
    return { seq: this.#source.seq, ...tallyOf(this.#source, this.scope, out) };
  }

  #id(seq: number): string {
    return formatCursor({ epoch: this.#source.epoch, seq });
  }
}
