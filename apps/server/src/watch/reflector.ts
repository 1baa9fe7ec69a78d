import type { KubeObject } from '@portolan/shared';
import { pause } from '../clock.ts';
import { ApiError, errorOfEvent } from './api-error.ts';
import type { Verdict } from './audit.ts';
import { Auditor, type Held } from './auditor.ts';
import { BaseReader, type ReaderDeps } from './base-reader.ts';
import type { KindRequest } from './kind-request.ts';
import type { KindSpec } from './kind-spec.ts';
import type { Fall } from './ladder.ts';
import { Synchroniser, WATCH_HEADERS_MS } from './synchronise.ts';
import { compareVersions } from './versions.ts';
import { parseWatchLine } from './watch-line.ts';
import type { WatchListSupport } from './watch-list-support.ts';
import { IDLE_MS, WatchStream } from './watch-stream.ts';
import { newestOf } from './witness.ts';

/** What a reflector needs, beside its kind. */
export interface ReflectorDeps extends ReaderDeps {
  support: WatchListSupport;
  /** Why this kind is not to be read, in words; null when it is. */
  needless: () => string | null;
}

const HASTY_MS = 1000;
const RESUME_JITTER_MS = 250;

/**
 * Keeps a sink equal to one kind of one cluster: sync, watch, resume, sync again, as client-go does
 * (`tools/cache/reflector.go`): a round is `#sync` where there is no version to go on from, then `#watch → #take`.
 */
export class Reflector extends BaseReader<ReflectorDeps> {
  #synchroniser: Synchroniser;
  #auditor: Auditor;
  /** Where a watch may go on; null when everything must be read first. */
  #version: string | null = null;
  /** The last version that was read in this epoch. */
  #last: string | null = null;
  #newest = true;
  #epoch: number;

  constructor(spec: KindSpec, rank: number, deps: ReflectorDeps) {
    super(spec, rank, deps);
    const { client, clock, epochs, gate, support } = deps;
    this.#epoch = epochs.current;
    this.#auditor = new Auditor({
      client,
      clock,
      gate,
      held: () => this.#comparable(),
      judged: (verdict, askedAt) => this.#judged(verdict, askedAt),
      failed: (failure) => {
        this.tally.failures++;
        this.standing.unaudited(`the audit of ${this.kind} failed: ${failure}`);
      },
    });
    this.#synchroniser = new Synchroniser({
      client,
      clock,
      quarantine: this.quarantine,
      support,
      connect: () => gate.connect(rank),
      progress: (received, expected) => {
        this.hear();
        this.standing.read(received, expected);
      },
    });
  }

  override start(): void {
    super.start();
    this.#auditor.start();
  }

  override stop(): void {
    super.stop();
    this.#auditor.stop();
  }

  reopen(silentSince: number): void {
    if (this.standing.state !== 'live') return;
    this.standing.enter('resuming', null, null, silentSince);
    this.reason = 'silence';
    this.#auditor.doubt();
    this.endRound();
  }

  renew(): void {
    this.request = null;
    // What answers may be long in coming, and nothing that is open any more is of this epoch.
    if (this.standing.state === 'live') this.standing.enter('syncing');
    this.#resync('epoch');
  }

  protected get read(): string | null {
    return this.#version ?? this.#last;
  }

  /** Everything, if there is no version to go on from, then a watch until it ends. */
  protected async round(signal: AbortSignal): Promise<void> {
    const why = this.deps.needless();
    if (why !== null) {
      this.standing.enter('absent', why);
      this.drop();
      await aborted(signal);
      return;
    }
    const request = await this.locate(signal);
    if (this.#version === null) {
      // What is forbidden or absent stays so until the apiserver says otherwise: asking alone changes nothing.
      const { state, problem } = this.standing;
      this.standing.enter(state === 'forbidden' || state === 'absent' ? state : 'syncing', problem);
      const stream = await this.deps.gate.sync(this.rank, () => this.#sync(request, signal));
      await this.#watch(stream ?? (await this.#open(request, this.#version, signal)), request, signal);
    } else {
      this.standing.enter('resuming', this.standing.problem);
      this.tally.count('resumes', this.reason);
      await this.#watch(await this.#open(request, this.#version, signal), request, signal);
    }
  }

  /** Reads everything and commits it at once; answers the watch that goes on from there, if there is one. */
  async #sync(request: KindRequest, signal: AbortSignal): Promise<WatchStream | null> {
    const { clock, discovery, epochs } = this.deps;
    signal.throwIfAborted();
    const began = clock.monotonic();
    const from = this.#newest ? null : this.#last;
    const { entities, version, ...read } = await this.#synchroniser.run(request, from, discovery.version, signal);
    let { stream } = read;
    // What may be listed and not watched would else come and go with every try.
    if (stream === null && this.standing.state === 'forbidden') stream = await this.#open(request, version, signal);
    if (signal.aborted) stream?.close();
    signal.throwIfAborted();
    if (this.#last !== null && this.#epoch === epochs.current && (compareVersions(version, this.#last) ?? 0) < 0) {
      this.tally.regressions++;
      this.#epoch = epochs.begin(`versions of ${this.kind} went back from ${this.#last} to ${version}`, this);
    }
    this.standing.enter('syncing', this.standing.problem);
    try {
      await this.commit(entities, began, signal);
    } catch (error) {
      stream?.close();
      throw error;
    }
    this.#epoch = epochs.current;
    this.#version = version;
    this.#last = version;
    this.#newest = false;
    this.#auditor.settled();
    return stream;
  }

  async #open(request: KindRequest, version: string | null, signal: AbortSignal): Promise<WatchStream> {
    const { client, clock, gate } = this.deps;
    await gate.connect(this.rank);
    signal.throwIfAborted();
    const query = { resourceVersion: version ?? '' };
    const deps = { client, clock, kind: this.kind, accept: request.accept.watch };
    return WatchStream.open(deps, request.path, query, WATCH_HEADERS_MS, signal);
  }

  async #watch(stream: WatchStream, request: KindRequest, signal: AbortSignal): Promise<void> {
    const { clock } = this.deps;
    try {
      signal.throwIfAborted();
      this.hear();
      this.ladder.live();
      this.tally.streamSince = clock.now();
      if (this.#auditor.owes) this.standing.owe();
      this.standing.enter('live');
      this.#auditor.resumed();
      const events = await this.#read(stream, request);
      signal.throwIfAborted();
      if (events === 0 && clock.monotonic() - stream.openedAt < HASTY_MS) {
        throw new ApiError('unreachable', `the watch of ${this.kind} ended as soon as it was open`);
      }
    } finally {
      this.tally.streamSince = null;
      stream.close();
    }
    if (!stream.overdue) this.#doubt();
    this.reason = 'end';
    this.standing.enter('resuming');
    await pause(clock, clock.random() * RESUME_JITTER_MS, signal);
  }

  /** Takes every line until the stream ends, and answers how many there were. */
  async #read(stream: WatchStream, request: KindRequest): Promise<number> {
    const { clock } = this.deps;
    let events = 0;
    for (;;) {
      const lines = await stream.lines();
      if (lines === null) return events;
      const taken = clock.monotonic();
      this.hear();
      for (const line of lines) {
        if (this.#take(line, request) === 'bookmark') stream.watchdog.allow(IDLE_MS);
        events++;
      }
      if (lines.length > 0) this.tally.lagMs = clock.monotonic() - taken;
    }
  }

  #take(line: string, request: KindRequest): 'bookmark' | 'event' {
    const { clock } = this.deps;
    const event = parseWatchLine(request, line);
    if (event.type === 'ERROR') throw errorOfEvent(`the watch of ${this.kind}`, event.object);
    const { uid, resourceVersion } = event.object.metadata;
    if (this.#version !== null && (compareVersions(resourceVersion, this.#version) ?? 0) < 0) {
      this.tally.regressions++;
      throw new ApiError('regressed', `versions of ${this.kind} went back from ${this.#version} to ${resourceVersion}`);
    }
    if (event.type === 'BOOKMARK') {
      this.tally.bookmarkAt = clock.now();
    } else {
      this.tally.events++;
      this.tally.eventAt = clock.now();
      if (event.type === 'DELETED') this.#remove(uid);
      else this.#put(request.trim(event.object));
    }
    this.#version = resourceVersion;
    this.#last = resourceVersion;
    this.#auditor.reached(resourceVersion, this.#held, uid);
    return event.type === 'BOOKMARK' ? 'bookmark' : 'event';
  }

  get #held(): number {
    return this.deps.sink.size + this.quarantine.size;
  }

  /** One object that we fail to read must not take its kind down with it: it is set aside and said. */
  #put(object: KubeObject): void {
    const { sink, changed } = this.deps;
    const before = this.quarantine.size;
    const entity = this.quarantine.project(object);
    if (entity === null) {
      sink.remove(object.metadata.uid);
      changed();
      return;
    }
    if (this.quarantine.size !== before) changed();
    sink.upsert(entity);
  }

  #remove(uid: string): void {
    if (this.quarantine.release(uid)) this.deps.changed();
    this.deps.sink.remove(uid);
  }

  protected failed(failure: ApiError, { next }: Fall): number | null {
    this.#doubt();
    if (next !== 'resume') this.#version = null;
    if (next === 'renew') this.#newest = true;
    // A watch that was ended for its silence was the truth no later than its last byte.
    return failure.reason === 'timeout' ? this.standing.heardAt : this.deps.clock.now();
  }

  #doubt(): void {
    this.#auditor.doubt();
    this.deps.suspected();
  }

  protected override drop(): void {
    this.#version = null;
    this.#last = null;
    this.#newest = true;
    super.drop();
    this.#epoch = this.deps.epochs.current;
  }

  /** Leaves what is under way and reads everything at the newest version. */
  #resync(reason: string): void {
    this.reason = reason;
    this.#version = null;
    this.#newest = true;
    this.endRound();
  }

  #comparable(): Held | null {
    if (this.standing.state !== 'live' || this.request === null || this.#version === null) return null;
    const { request } = this;
    const newest = (upTo: string) => newestOf(this.deps.sink.entities(), upTo);
    return { request, version: this.#version, objects: this.#held, newest, signal: this.roundSignal };
  }

  #judged(verdict: Verdict, askedAt: number): void {
    this.tally.audits++;
    if (verdict.fault === null) {
      if (verdict.untold) this.standing.trust();
      else this.standing.agreed(askedAt);
      return;
    }
    this.standing.disprove();
    const found = `the audit of ${this.kind} found ${verdict.words}`;
    if (verdict.fault === 'regressed') this.tally.regressions++;
    else this.tally.auditMismatches++;
    if (verdict.fault !== 'mismatch') {
      this.deps.epochs.begin(found, null);
      return;
    }
    this.standing.enter('resuming', found);
    this.#resync('audit');
  }
}

/** Resolves when the signal aborts. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
