import { type Kind, type KubeList, type KubeObject, pollIntervalMs, type Source } from '@portolan/shared';
import { pause } from '../clock.ts';
import { ApiError } from './api-error.ts';
import type { KindReader, SourceReport } from './kind-reader.ts';
import { type KindRequest, kindRequest } from './kind-request.ts';
import type { KindSpec } from './kind-spec.ts';
import { Ladder } from './ladder.ts';
import { Picture } from './picture.ts';
import { Quarantine } from './quarantine.ts';
import type { ReflectorDeps } from './reflector.ts';
import { Standing } from './standing.ts';
import { Tally } from './tally.ts';
import type { Query } from './transport.ts';

/** What a poller needs, beside its kind: as a reflector, but for what belongs to watches. */
export type PollerDeps = Omit<ReflectorDeps, 'support' | 'needless'>;

const LIMIT = '500';
const PAGE_MS = 60_000;

/**
 * Keeps a sink near to a kind that cannot be watched: it is listed, and listed again after its `pollMs`, or later when it
 * is large. Between two lists it is live, as of the last one; a list is one commit, and what it does not change is none. After
 * a failure the Ladder says what to do, as for a Reflector: what was read is kept, but in forbidden and absent.
 */
export class Poller implements KindReader {
  readonly kind: Kind;
  readonly tally = new Tally();
  #spec: KindSpec;
  #pollMs: number;
  #rank: number;
  #deps: PollerDeps;
  #ladder: Ladder;
  #standing: Standing;
  #quarantine: Quarantine;
  #abort = new AbortController();
  #round = new AbortController();
  #request: KindRequest | null = null;
  #reason = 'start';
  #version: string | null = null;
  #synced = false;

  constructor(spec: KindSpec, pollMs: number, rank: number, deps: PollerDeps) {
    this.kind = spec.kind;
    this.#spec = spec;
    this.#pollMs = pollMs;
    this.#rank = rank;
    this.#deps = deps;
    this.#ladder = new Ladder(deps.clock);
    this.#standing = new Standing(deps.clock, deps.changed);
    this.#quarantine = new Quarantine(spec.kind, deps.project);
    deps.epochs.join(this);
  }

  get synced(): boolean {
    return this.#synced;
  }

  start(): void {
    this.stop();
    this.#abort = new AbortController();
    void this.#run(this.#abort.signal);
  }

  stop(): void {
    this.tally.generation++;
    this.#abort.abort();
    if (this.#standing.state !== 'idle') this.#standing.enter('stopped');
  }

  wake(): void {
    if (this.#standing.state !== 'live' && this.#standing.state !== 'syncing') this.#round.abort();
  }

  reconsider(): void {
    this.#round.abort();
  }

  /** There is no stream that could be half-open: it lists at once. */
  reopen(): void {
    if (this.#standing.state === 'live') this.#round.abort();
  }

  renew(): void {
    this.#request = null;
    this.#reason = 'epoch';
    this.#round.abort();
  }

  /** It is the truth as of its last list, also while it is live. */
  source(): Source {
    const source = this.#standing.source(this.kind, this.#deps.sink.size);
    return {
      ...source,
      current: source.state === 'live' ? this.tally.eventAt : source.current,
      problem: source.problem ?? this.#quarantine.inWords(),
    };
  }

  report(): SourceReport {
    return {
      ...this.source(),
      ...this.tally.report(),
      quarantined: this.#quarantine.counted,
      version: this.#version,
    };
  }

  async #run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      this.#round = new AbortController();
      const signal = AbortSignal.any([stopped, this.#round.signal]);
      try {
        await this.#poll(signal);
        const interval = pollIntervalMs(this.kind, this.#deps.sink.size, this.#pollMs) ?? this.#pollMs;
        await pause(this.#deps.clock, interval, signal);
      } catch (error) {
        if (!signal.aborted) await this.#fall(error, signal);
      }
    }
  }

  /** One list, committed when it is whole. */
  async #poll(signal: AbortSignal): Promise<void> {
    const { clock, epochs, gate, sink } = this.#deps;
    const request = await this.#locate(signal);
    const picture = new Picture(this.#quarantine);
    const began = clock.monotonic();
    const version = await gate.sync(this.#rank, () => this.#list(request, picture, signal));
    signal.throwIfAborted();
    sink.replace(picture.finish(), { fresh: epochs.owes(this) });
    epochs.settle(this);
    this.#version = version;
    this.#synced = true;
    this.tally.count('syncs', this.#reason);
    this.tally.syncMs = clock.monotonic() - began;
    this.tally.eventAt = clock.now();
    this.#reason = 'poll';
    this.#ladder.live();
    this.#standing.enter('live');
    // What is live is told again, for its age is that of its last list.
    this.#deps.changed();
  }

  async #locate(signal: AbortSignal): Promise<KindRequest> {
    if (this.#request !== null) return this.#request;
    if (this.#standing.state === 'idle') this.#standing.enter('syncing');
    const location = await this.#deps.discovery.locate(this.kind, signal);
    signal.throwIfAborted();
    if (location === null) throw new ApiError('absent', `the cluster does not serve ${this.kind}`);
    this.#request = kindRequest(this.#spec, location);
    return this.#request;
  }

  /** Reads every page, where the server makes any, and answers the list's version, which metrics do not have. */
  async #list(request: KindRequest, picture: Picture, signal: AbortSignal): Promise<string | null> {
    const { client, gate, heard } = this.#deps;
    for (let token = ''; ; ) {
      await gate.connect(this.#rank);
      signal.throwIfAborted();
      const query: Query = token === '' ? { limit: LIMIT } : { limit: LIMIT, continue: token };
      const terms = { signal, timeoutMs: PAGE_MS, accept: request.accept.list };
      const { metadata, items } = listOf(request, await client.get(request.path, query, terms));
      signal.throwIfAborted();
      for (const item of items) picture.put(identified(request.trim(item)));
      this.#standing.hear();
      heard();
      token = metadata?.continue ?? '';
      if (token === '') return metadata?.resourceVersion || null;
    }
  }

  async #fall(error: unknown, signal: AbortSignal): Promise<void> {
    const { clock, discovery } = this.#deps;
    const failure =
      error instanceof ApiError
        ? error
        : new ApiError('errorEvent', error instanceof Error ? error.message : String(error));
    this.tally.failures++;
    if (failure.reason === 'malformed') this.tally.malformed++;
    const { state, drop, rediscover, waitMs } = this.#ladder.fall(failure);
    this.#reason = failure.reason;
    if (drop) this.#drop();
    if (rediscover) {
      discovery.forget(this.kind);
      this.#request = null;
    }
    this.#standing.enter(state, failure.message, clock.now() + waitMs, this.tally.eventAt);
    this.tally.backoffMs = waitMs;
    await pause(clock, waitMs, signal);
    this.tally.backoffMs = null;
  }

  #drop(): void {
    this.#version = null;
    this.#quarantine.keep(new Set());
    this.#deps.sink.replace([]);
    this.#deps.epochs.settle(this);
  }
}

function listOf({ kind, lists }: KindRequest, value: unknown): Partial<KubeList> & { items: KubeObject[] } {
  const list = value as Partial<KubeList> | null;
  const items = list?.items ?? [];
  if (!lists.includes(list?.kind ?? '') || !Array.isArray(items) || !items.every(isNamed)) {
    throw new ApiError('malformed', `the list of ${kind} answered a ${String(list?.kind)}`);
  }
  return { ...list, items };
}

function isNamed(item: KubeObject | null): boolean {
  return typeof item?.metadata?.name === 'string';
}

/** What is measured and not kept has no uid: its name tells it apart, within its kind. */
function identified(object: KubeObject): KubeObject {
  const { uid, namespace, name } = object.metadata;
  return uid ? object : { ...object, metadata: { ...object.metadata, uid: `${namespace ?? ''}/${name}` } };
}
