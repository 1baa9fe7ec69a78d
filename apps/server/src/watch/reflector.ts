import type { Entity, Kind, KubeObject, Source } from '@portolan/shared';
import { type Clock, pause } from '../clock.ts';
import { ApiError, errorOfEvent } from './api-error.ts';
import type { Verdict } from './audit.ts';
import { Auditor, type Held } from './auditor.ts';
import type { Discovery } from './discovery.ts';
import type { Epochs } from './epochs.ts';
import type { Gate } from './gate.ts';
import type { KindReader, SourceReport } from './kind-reader.ts';
import { type KindRequest, kindRequest } from './kind-request.ts';
import type { KindSpec } from './kind-spec.ts';
import { Ladder } from './ladder.ts';
import { Quarantine } from './quarantine.ts';
import { Standing } from './standing.ts';
import { Synchroniser, WATCH_HEADERS_MS } from './synchronise.ts';
import { Tally } from './tally.ts';
import type { ApiClient } from './transport.ts';
import { compareVersions } from './versions.ts';
import { parseWatchLine } from './watch-line.ts';
import type { WatchListSupport } from './watch-list-support.ts';
import { WatchStream } from './watch-stream.ts';

/** Where a reflector puts what it reads: the store's side for one kind. Every call is one synchronous commit. */
export interface EntitySink {
  upsert(entity: Entity): void;
  remove(uid: string): void;
  /** The whole truth: what is not in it is gone. `fresh`: versions count anew, what is the same is told by content. */
  replace(entities: readonly Entity[], options?: { fresh?: boolean }): void;
  readonly size: number;
}

/** What a reflector needs, beside its kind. */
export interface ReflectorDeps {
  client: ApiClient;
  discovery: Discovery;
  gate: Gate;
  support: WatchListSupport;
  epochs: Epochs;
  sink: EntitySink;
  project: (object: KubeObject) => Entity;
  /** Why this kind is not to be read, in words; null when it is. */
  needless: () => string | null;
  clock: Clock;
  /** A byte came from the apiserver. */
  heard: () => void;
  /** Called after anything that is shown of the source has changed, but for object counts and ages. */
  changed: () => void;
}

const HASTY_MS = 1000;
const RESUME_JITTER_MS = 250;
const IDLE_MS = 150_000;

/**
 * Keeps a sink equal to one kind of one cluster: sync, watch, resume, sync again, as client-go does
 * (`tools/cache/reflector.go`): `#run → #climb → #sync, #watch → #take`; after a failure the Ladder says what to do.
 * What it holds is kept, and may be old, in every state but forbidden and absent, where it is dropped. After `stop`
 * nothing is opened and nothing is written, whatever was under way.
 */
export class Reflector implements KindReader {
  readonly kind: Kind;
  readonly tally = new Tally();
  #spec: KindSpec;
  #deps: ReflectorDeps;
  #rank: number;
  #ladder: Ladder;
  #standing: Standing;
  #quarantine: Quarantine;
  #synchroniser: Synchroniser;
  #auditor: Auditor;
  #abort = new AbortController();
  /** One round, from a climb to the end of the wait after it; ended when there is something better to do. */
  #round = new AbortController();

  #request: KindRequest | null = null;
  /** Where a watch may go on; null when everything must be read first. */
  #version: string | null = null;
  /** The last version that was read in this epoch. */
  #last: string | null = null;
  /** Why everything is to be read, or what the last stream ended by. */
  #reason = 'start';
  #newest = true;
  #epoch: number;
  #synced = false;

  constructor(spec: KindSpec, rank: number, deps: ReflectorDeps) {
    this.kind = spec.kind;
    this.#spec = spec;
    this.#rank = rank;
    this.#deps = deps;
    this.#epoch = deps.epochs.current;
    this.#ladder = new Ladder(deps.clock);
    this.#standing = new Standing(deps.clock, deps.changed);
    this.#quarantine = new Quarantine(spec.kind, deps.project);
    deps.epochs.join(this);
    this.#auditor = new Auditor({
      client: deps.client,
      clock: deps.clock,
      gate: deps.gate,
      held: () => this.#comparable(),
      judged: (verdict, askedAt) => this.#judged(verdict, askedAt),
      failed: () => void this.tally.failures++,
    });
    this.#synchroniser = new Synchroniser({
      client: deps.client,
      clock: deps.clock,
      quarantine: this.#quarantine,
      support: deps.support,
      connect: () => deps.gate.connect(rank),
      progress: (received, expected) => {
        this.#hear();
        this.#standing.read(received, expected);
      },
    });
  }

  get synced(): boolean {
    return this.#synced;
  }

  start(): void {
    this.stop();
    this.#abort = new AbortController();
    void this.#run(this.#abort.signal);
    this.#auditor.start();
  }

  stop(): void {
    this.tally.generation++;
    this.#abort.abort();
    this.#auditor.stop();
    if (this.#standing.state !== 'idle') this.#standing.enter('stopped');
  }

  wake(): void {
    if (this.#standing.state !== 'live' && this.#standing.state !== 'syncing') this.#round.abort();
  }

  reconsider(): void {
    this.#round.abort();
  }

  reopen(silentSince: number): void {
    if (this.#standing.state !== 'live') return;
    this.#standing.enter('resuming', null, null, silentSince);
    this.#reason = 'silence';
    this.#auditor.doubt();
    this.#round.abort();
  }

  renew(): void {
    this.#request = null;
    if (this.#auditor.owes) this.#standing.disown();
    this.#resync('epoch');
  }

  source(): Source {
    const source = this.#standing.source(this.kind, this.#deps.sink.size);
    return { ...source, problem: source.problem ?? this.#quarantine.inWords() };
  }

  report(): SourceReport {
    return {
      ...this.source(),
      ...this.tally.report(),
      quarantined: this.#quarantine.counted,
      version: this.#version ?? this.#last,
    };
  }

  async #run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      this.#round = new AbortController();
      const signal = AbortSignal.any([stopped, this.#round.signal]);
      try {
        await this.#climb(signal);
      } catch (error) {
        if (!signal.aborted) await this.#fall(error, signal);
      }
    }
  }

  /** One round: everything, if there is no version to go on from, then a watch until it ends. */
  async #climb(signal: AbortSignal): Promise<void> {
    const request = await this.#locate(signal);
    if (request === null) return;
    if (this.#version === null) {
      // What is forbidden or absent stays so until the apiserver says otherwise: asking alone changes nothing.
      const { state, problem } = this.#standing;
      this.#standing.enter(state === 'forbidden' || state === 'absent' ? state : 'syncing', problem);
      const stream = await this.#deps.gate.sync(this.#rank, () => this.#sync(request, signal));
      await this.#watch(stream ?? (await this.#open(request, signal)), request, signal);
    } else {
      this.#standing.enter('resuming', this.#standing.problem);
      this.tally.count('resumes', this.#reason);
      await this.#watch(await this.#open(request, signal), request, signal);
    }
  }

  /** Where the kind is served; null when it was not to be read, and something has changed since. */
  async #locate(signal: AbortSignal): Promise<KindRequest | null> {
    const { discovery, needless } = this.#deps;
    const why = needless();
    if (why !== null) {
      this.#drop();
      this.#standing.enter('absent', why);
      await aborted(signal);
      return null;
    }
    if (this.#request !== null) return this.#request;
    if (this.#standing.state === 'idle') this.#standing.enter('syncing');
    const location = await discovery.locate(this.kind, signal);
    signal.throwIfAborted();
    if (location === null) throw new ApiError('absent', `the cluster does not serve ${this.kind}`);
    this.#request = kindRequest(this.#spec, location);
    return this.#request;
  }

  /** Reads everything and commits it at once; answers the watch that goes on from there, if there is one. */
  async #sync(request: KindRequest, signal: AbortSignal): Promise<WatchStream | null> {
    const { clock, discovery, epochs, sink } = this.#deps;
    signal.throwIfAborted();
    const began = clock.monotonic();
    const from = this.#newest ? null : this.#last;
    const { entities, version, stream } = await this.#synchroniser.run(request, from, discovery.version, signal);
    if (signal.aborted) stream?.close();
    signal.throwIfAborted();
    if (this.#last !== null && this.#epoch === epochs.current && (compareVersions(version, this.#last) ?? 0) < 0) {
      this.tally.regressions++;
      this.#epoch = epochs.begin(`versions of ${this.kind} went back from ${this.#last} to ${version}`, this);
    }
    this.#standing.enter('syncing', this.#standing.problem);
    sink.replace(entities, { fresh: epochs.owes(this) });
    this.#standing.committed(clock.now() - (clock.monotonic() - began));
    this.#epoch = epochs.settle(this);
    this.#version = version;
    this.#last = version;
    this.#newest = false;
    this.#auditor.settled();
    this.#synced = true;
    this.tally.count('syncs', this.#reason);
    this.tally.syncMs = clock.monotonic() - began;
    return stream;
  }

  async #open(request: KindRequest, signal: AbortSignal): Promise<WatchStream> {
    const { client, clock, gate } = this.#deps;
    await gate.connect(this.#rank);
    signal.throwIfAborted();
    const query = { resourceVersion: this.#version ?? '' };
    const deps = { client, clock, kind: this.kind, accept: request.accept.watch };
    return WatchStream.open(deps, request.path, query, WATCH_HEADERS_MS, signal);
  }

  async #watch(stream: WatchStream, request: KindRequest, signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    try {
      signal.throwIfAborted();
      this.#hear();
      this.#ladder.live();
      this.tally.streamSince = clock.now();
      this.#standing.enter('live');
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
    if (!stream.overdue) this.#auditor.doubt();
    this.#reason = 'end';
    this.#standing.enter('resuming');
    await pause(clock, clock.random() * RESUME_JITTER_MS, signal);
  }

  /** Takes every line until the stream ends, and answers how many there were. */
  async #read(stream: WatchStream, request: KindRequest): Promise<number> {
    const { clock } = this.#deps;
    let events = 0;
    for (;;) {
      const lines = await stream.lines();
      if (lines === null) return events;
      const taken = clock.monotonic();
      this.#hear();
      for (const line of lines) {
        if (this.#take(line, request) === 'bookmark') stream.watchdog.allow(IDLE_MS);
        events++;
      }
      if (lines.length > 0) this.tally.lagMs = clock.monotonic() - taken;
    }
  }

  #take(line: string, request: KindRequest): 'bookmark' | 'event' {
    const { clock } = this.#deps;
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
    this.#auditor.reached(resourceVersion, this.#held);
    return event.type === 'BOOKMARK' ? 'bookmark' : 'event';
  }

  #hear(): void {
    this.#standing.hear();
    this.#deps.heard();
  }

  get #held(): number {
    return this.#deps.sink.size + this.#quarantine.size;
  }

  /** One object that we fail to read must not take its kind down with it: it is set aside and said. */
  #put(object: KubeObject): void {
    const { sink, changed } = this.#deps;
    const before = this.#quarantine.size;
    const entity = this.#quarantine.project(object);
    if (entity === null) {
      sink.remove(object.metadata.uid);
      changed();
      return;
    }
    if (this.#quarantine.size !== before) changed();
    sink.upsert(entity);
  }

  #remove(uid: string): void {
    if (this.#quarantine.release(uid)) this.#deps.changed();
    this.#deps.sink.remove(uid);
  }

  async #fall(error: unknown, signal: AbortSignal): Promise<void> {
    const { clock, discovery } = this.#deps;
    const failure =
      error instanceof ApiError
        ? error
        : new ApiError('errorEvent', error instanceof Error ? error.message : String(error));
    this.tally.failures++;
    if (failure.reason === 'malformed') this.tally.malformed++;
    const { state, next, drop, rediscover, waitMs } = this.#ladder.fall(failure);
    this.#reason = failure.reason;
    if (failure.reason === 'regressed' && this.#auditor.owes) this.#standing.disown();
    this.#auditor.doubt();
    if (next !== 'resume') this.#version = null;
    if (next === 'renew') this.#newest = true;
    if (drop) this.#drop();
    if (rediscover) {
      discovery.forget(this.kind);
      this.#request = null;
    }
    // A watch that was ended for its silence was the truth no later than its last byte.
    const current = failure.reason === 'timeout' ? this.#standing.heardAt : clock.now();
    this.#standing.enter(state, failure.message, clock.now() + waitMs, current);
    this.tally.backoffMs = waitMs;
    await pause(clock, waitMs, signal);
    this.tally.backoffMs = null;
  }

  #drop(): void {
    this.#version = null;
    this.#last = null;
    this.#newest = true;
    this.#quarantine.keep(new Set());
    this.#deps.sink.replace([]);
    this.#epoch = this.#deps.epochs.settle(this);
  }

  /** Leaves what is under way and reads everything at the newest version. */
  #resync(reason: string): void {
    this.#reason = reason;
    this.#version = null;
    this.#newest = true;
    this.#round.abort();
  }

  #comparable(): Held | null {
    if (this.#standing.state !== 'live' || this.#request === null || this.#version === null) return null;
    const signal = AbortSignal.any([this.#abort.signal, this.#round.signal]);
    return { request: this.#request, version: this.#version, objects: this.#held, signal };
  }

  #judged(verdict: Verdict, askedAt: number): void {
    this.tally.audits++;
    if (verdict.fault === null) {
      if (!verdict.untold) this.#standing.agreed(askedAt);
      return;
    }
    if (!this.#auditor.owes) this.#standing.disprove();
    else this.#standing.disown();
    if (verdict.fault === 'regressed') {
      this.tally.regressions++;
      this.#deps.epochs.begin(`the list of ${this.kind} is at ${verdict.words}`, null);
    } else {
      this.tally.auditMismatches++;
      this.#standing.enter('resuming', `the audit of ${this.kind} found ${verdict.words}`);
      this.#resync('audit');
    }
  }
}

/** Resolves when the signal aborts. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
