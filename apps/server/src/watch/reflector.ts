import { type Entity, type Kind, type KubeObject, kindRow, type Source, type SourceState } from '@portolan/shared';
import { type Clock, pause } from '../clock.ts';
import { ApiError, errorOfEvent } from './api-error.ts';
import type { Discovery } from './discovery.ts';
import type { Gate } from './gate.ts';
import { Ladder } from './ladder.ts';
import { listPages } from './list-pages.ts';
import { LineSplitter } from './split-lines.ts';
import type { ApiClient } from './transport.ts';
import { parseWatchLine } from './watch-line.ts';
import { Watchdog } from './watchdog.ts';

/** Where a reflector puts what it reads: the store's side for one kind. Every call is one synchronous commit. */
export interface EntitySink {
  upsert(entity: Entity): void;
  remove(uid: string): void;
  /** The whole truth: what is not in it is gone. */
  replace(entities: readonly Entity[]): void;
  readonly size: number;
}

/** What a reflector needs, beside its kind. */
export interface ReflectorDeps {
  client: ApiClient;
  discovery: Discovery;
  gate: Gate;
  sink: EntitySink;
  project: (object: KubeObject) => Entity;
  /** Why there may be nothing to read, in words. */
  absence: string;
  clock: Clock;
  /** Called after anything that `source()` shows has changed, but for object counts and ages. */
  changed: () => void;
}

/** Counters since the start, for `/metrics`. */
export interface ReflectorCounters {
  syncs: number;
  watches: number;
  events: number;
  malformed: number;
  quarantined: number;
  failures: number;
}

const HASTY_MS = 1000;
const RESUME_JITTER_MS = 250;
const WATCH_HEADERS_MS = 90_000;

/**
 * Keeps a sink equal to one kind of one cluster: list, watch, resume, list again, as client-go does
 * (`tools/cache/reflector.go`): `#run → #climb → #sync, #watch → #take`; after a failure the Ladder says what to do.
 * What it holds is kept, and may be old, in every state but forbidden and absent, where it is dropped. After `stop`
 * nothing is opened and nothing is written, whatever was under way.
 */
export class Reflector {
  readonly kind: Kind;
  readonly counters: ReflectorCounters = { syncs: 0, watches: 0, events: 0, malformed: 0, quarantined: 0, failures: 0 };
  #deps: ReflectorDeps;
  #rank: number;
  #ladder: Ladder;
  #generation = 0;
  #abort = new AbortController();

  #state: SourceState = 'idle';
  #since: number;
  #heard: number | null = null;
  #current: number | null = null;
  #problem: string | null = null;
  #retryAt: number | null = null;

  #path: string | null = null;
  #version: string | null = null;
  #synced = false;
  #quarantine = new Map<string, string>();

  constructor(kind: Kind, rank: number, deps: ReflectorDeps) {
    this.kind = kind;
    this.#rank = rank;
    this.#deps = deps;
    this.#ladder = new Ladder(deps.clock);
    this.#since = deps.clock.now();
  }

  /** True once it has been listed, whatever happened since. */
  get synced(): boolean {
    return this.#synced;
  }

  start(): void {
    this.stop();
    this.#abort = new AbortController();
    void this.#run(this.#generation, this.#abort.signal);
  }

  stop(): void {
    this.#generation++;
    this.#abort.abort();
    if (this.#state !== 'idle') this.#enter('stopped');
  }

  source(): Source {
    const { clock, sink } = this.#deps;
    return {
      kind: this.kind,
      state: this.#state,
      objects: sink.size,
      since: this.#since,
      heard: this.#heard,
      current: this.#state === 'live' ? clock.now() : this.#current,
      problem: this.#problem ?? this.#quarantineInWords(),
      retryAt: this.#retryAt,
      reading: null,
    };
  }

  async #run(generation: number, signal: AbortSignal): Promise<void> {
    while (generation === this.#generation) {
      try {
        await this.#climb(signal);
      } catch (error) {
        if (generation !== this.#generation) return;
        await this.#fall(error, signal);
      }
    }
  }

  /** One round: a list if there is no version to go on from, then a watch until it ends. */
  async #climb(signal: AbortSignal): Promise<void> {
    const { discovery, gate } = this.#deps;
    if (this.#path === null) {
      if (this.#state === 'idle') this.#enter('syncing');
      const location = await discovery.locate(this.kind, signal);
      signal.throwIfAborted();
      if (location === null) throw new ApiError('absent', this.#deps.absence);
      const { namespace } = kindRow(this.kind).read;
      this.#path = `${location.base}${namespace === null ? '' : `/namespaces/${namespace}`}/${location.plural}`;
    }
    const path = this.#path;
    if (this.#version === null) {
      // What is forbidden or absent stays so until the apiserver says otherwise: asking alone changes nothing.
      const refused = this.#state === 'forbidden' || this.#state === 'absent';
      this.#enter(refused ? this.#state : 'syncing', this.#problem);
      await gate.sync(this.#rank, () => this.#sync(path, signal));
    } else {
      this.#enter('resuming', this.#problem);
    }
    signal.throwIfAborted();
    await this.#watch(path, signal);
  }

  async #sync(path: string, signal: AbortSignal): Promise<void> {
    const { client, gate, sink } = this.#deps;
    await gate.connect(this.#rank);
    signal.throwIfAborted();
    let entities: Entity[] = [];
    let unread = new Set<string>();
    const version = await listPages(client, this.kind, path, signal, {
      page: (items) => {
        this.#hear();
        for (const item of items) {
          const entity = this.#project(item);
          if (entity === null) unread.add(item.metadata.uid);
          else entities.push(entity);
        }
      },
      restart: () => {
        entities = [];
        unread = new Set();
      },
    });
    signal.throwIfAborted();
    this.#enter('syncing', this.#problem);
    sink.replace(entities);
    for (const uid of this.#quarantine.keys()) if (!unread.has(uid)) this.#quarantine.delete(uid);
    this.#version = version;
    this.#synced = true;
    this.counters.syncs++;
  }

  async #watch(path: string, signal: AbortSignal): Promise<void> {
    const { client, gate, clock } = this.#deps;
    await gate.connect(this.#rank);
    signal.throwIfAborted();
    const timeoutSeconds = 300 + Math.floor(clock.random() * 300);
    const watchdog = new Watchdog(clock, signal, timeoutSeconds * 1000);
    try {
      const query = {
        allowWatchBookmarks: 'true',
        resourceVersion: this.#version ?? '',
        timeoutSeconds: String(timeoutSeconds),
      };
      const lines = await client.watch(path, query, { signal: watchdog.signal, headersMs: WATCH_HEADERS_MS });
      signal.throwIfAborted();
      this.#live();
      const opened = clock.monotonic();
      const events = await this.#read(lines, watchdog, signal);
      if (events === 0 && clock.monotonic() - opened < HASTY_MS) {
        throw new ApiError('unreachable', `the watch of ${this.kind} ended as soon as it was open`);
      }
    } catch (error) {
      throw watchdog.bitten ?? error;
    } finally {
      watchdog.stop();
    }
    this.#enter('resuming');
    await pause(clock, clock.random() * RESUME_JITTER_MS, signal);
  }

  /** Takes every line until the stream ends, and answers how many events there were. */
  async #read(chunks: AsyncIterable<Uint8Array>, watchdog: Watchdog, signal: AbortSignal): Promise<number> {
    const splitter = new LineSplitter();
    let events = 0;
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      this.#hear();
      for (const line of splitter.push(chunk)) {
        watchdog.fed(this.#take(line));
        events++;
      }
    }
    signal.throwIfAborted();
    if (splitter.truncated) throw new ApiError('malformed', `the watch of ${this.kind} ended within a line`);
    return events;
  }

  #take(line: string): 'bookmark' | 'event' {
    const { sink } = this.#deps;
    const event = parseWatchLine(this.kind, line);
    if (event.type === 'ERROR') throw errorOfEvent(`the watch of ${this.kind}`, event.object);
    this.#version = event.object.metadata.resourceVersion;
    if (event.type === 'BOOKMARK') return 'bookmark';
    this.counters.events++;
    if (event.type === 'DELETED') {
      if (this.#quarantine.delete(event.object.metadata.uid)) this.#deps.changed();
      sink.remove(event.object.metadata.uid);
    } else {
      const entity = this.#project(event.object);
      if (entity !== null) sink.upsert(entity);
    }
    return 'event';
  }

  /** One object that we fail to read must not take its kind down with it: it is set aside and said. */
  #project(object: KubeObject): Entity | null {
    const { uid, namespace, name } = object.metadata;
    try {
      const entity = this.#deps.project(object);
      if (this.#quarantine.delete(uid)) this.#deps.changed();
      return entity;
    } catch (error) {
      this.counters.quarantined++;
      const where = namespace === undefined ? name : `${namespace}/${name}`;
      this.#quarantine.set(
        uid,
        `${this.kind} ${where} cannot be read: ${error instanceof Error ? error.message : error}`,
      );
      this.#deps.changed();
      return null;
    }
  }

  async #fall(error: unknown, signal: AbortSignal): Promise<void> {
    const { clock, discovery } = this.#deps;
    const failure =
      error instanceof ApiError
        ? error
        : new ApiError('errorEvent', error instanceof Error ? error.message : String(error));
    this.counters.failures++;
    if (failure.reason === 'malformed') this.counters.malformed++;
    const { state, relist, drop, rediscover, waitMs } = this.#ladder.fall(failure);
    if (relist) this.#version = null;
    if (drop) this.#drop();
    if (rediscover) {
      discovery.forget();
      this.#path = null;
    }
    // A watch that was ended for its silence was the truth no later than its last byte.
    const current = failure.reason === 'timeout' ? this.#heard : clock.now();
    this.#enter(state, failure.message, clock.now() + waitMs, current);
    await pause(clock, waitMs, signal);
  }

  #drop(): void {
    this.#version = null;
    this.#quarantine.clear();
    this.#deps.sink.replace([]);
  }

  #live(): void {
    this.#hear();
    this.#ladder.live();
    this.counters.watches++;
    this.#enter('live');
  }

  #hear(): void {
    this.#heard = this.#deps.clock.now();
  }

  /** `current` is the moment that a state which was live ceased to be the truth. */
  #enter(
    state: SourceState,
    problem: string | null = null,
    retryAt: number | null = null,
    current: number | null = this.#deps.clock.now(),
  ): void {
    if (state === this.#state && problem === this.#problem && retryAt === this.#retryAt) return;
    if (this.#state === 'live' && state !== 'live') this.#current = current;
    if (state !== this.#state) this.#since = this.#deps.clock.now();
    this.#state = state;
    this.#problem = problem;
    this.#retryAt = retryAt;
    this.#deps.changed();
  }

  #quarantineInWords(): string | null {
    const [first] = this.#quarantine.values();
    if (first === undefined) return null;
    return this.#quarantine.size === 1 ? first : `${first} (and ${this.#quarantine.size - 1} more)`;
  }
}
