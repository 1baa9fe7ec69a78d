import type { Entity, Kind, KubeObject, Source } from '@portolan/shared';
import { type Clock, inTurns, pause } from '../clock.ts';
import { ApiError } from './api-error.ts';
import type { Discovery } from './discovery.ts';
import type { Epochs } from './epochs.ts';
import type { Gate } from './gate.ts';
import type { KindReader, SourceReport } from './kind-reader.ts';
import { type KindRequest, kindRequest } from './kind-request.ts';
import type { KindSpec } from './kind-spec.ts';
import { type Fall, Ladder } from './ladder.ts';
import { Quarantine } from './quarantine.ts';
import { Standing } from './standing.ts';
import { Tally } from './tally.ts';
import type { ApiClient } from './transport.ts';

/** Where a reader puts what it reads: the store's side for one kind. Every call is one synchronous commit. */
export interface EntitySink {
  upsert(entity: Entity): void;
  remove(uid: string): void;
  /** The whole truth: what is not in it is gone. `fresh`: versions count anew, what is the same is told by content. */
  replace(entities: readonly Entity[], options?: { fresh?: boolean }): void;
  /** The same in two: what `prepare` does, until it answers false, is not seen before `commit`. */
  replacing(entities: readonly Entity[], options?: { fresh?: boolean }): { prepare(): boolean; commit(): void };
  readonly size: number;
  entities(): Iterable<Entity>;
}

/** What a reader needs, beside its kind. */
export interface ReaderDeps {
  client: ApiClient;
  discovery: Discovery;
  gate: Gate;
  epochs: Epochs;
  sink: EntitySink;
  project: (object: KubeObject) => Entity;
  clock: Clock;
  /** A byte came from the apiserver. */
  heard: () => void;
  /** Since when it does not answer, by the clock that is shown; null while it does. */
  silentSince: () => number | null;
  /** A watch ended before its time: what is known of the apiserver is to be looked at again. */
  suspected: () => void;
  /** Called after anything that is shown of the source has changed, but for object counts and ages. */
  changed: () => void;
}

/**
 * What all readers of a kind do: one round after the other until they are stopped, each until it ends or there is something
 * better to do; after a failure the Ladder says what to do and how long to wait. What was read is kept, and may be old, in
 * every state but forbidden and absent, where it is dropped. After `stop` nothing is opened and nothing is written.
 */
export abstract class BaseReader<D extends ReaderDeps = ReaderDeps> implements KindReader {
  readonly kind: Kind;
  readonly tally = new Tally();
  protected readonly spec: KindSpec;
  protected readonly rank: number;
  protected readonly deps: D;
  protected readonly ladder: Ladder;
  protected readonly standing: Standing;
  protected readonly quarantine: Quarantine;
  protected request: KindRequest | null = null;
  /** Why everything is to be read, or what the last round ended by. */
  protected reason = 'start';
  #stop = new AbortController();
  #round = new AbortController();
  #synced = false;

  constructor(spec: KindSpec, rank: number, deps: D) {
    this.kind = spec.kind;
    this.spec = spec;
    this.rank = rank;
    this.deps = deps;
    this.ladder = new Ladder(deps.clock);
    this.standing = new Standing(deps.clock, deps.changed, deps.silentSince);
    this.quarantine = new Quarantine(spec.kind, deps.project);
    deps.epochs.join(this);
  }

  get synced(): boolean {
    return this.#synced;
  }

  start(): void {
    this.stop();
    this.#stop = new AbortController();
    void this.#run(this.#stop.signal);
  }

  stop(): void {
    this.tally.generation++;
    this.#stop.abort();
    if (this.standing.state !== 'idle') this.standing.enter('stopped');
  }

  wake(): void {
    if (this.standing.state !== 'live' && this.standing.state !== 'syncing') this.endRound();
  }

  reconsider(): void {
    this.endRound();
  }

  unsure(silentSince: number): void {
    this.standing.unsure(silentSince);
  }

  abstract reopen(silentSince: number): void;
  abstract renew(): void;

  source(): Source {
    const source = this.standing.source(this.kind, this.deps.sink.size);
    return { ...source, problem: source.problem ?? this.quarantine.inWords() };
  }

  report(): SourceReport {
    return {
      ...this.source(),
      ...this.tally.report(),
      quarantined: this.quarantine.counted,
      version: this.read,
    };
  }

  /** The last version that was read; null when nothing is held. */
  protected abstract get read(): string | null;

  /** Reads, until that ends; the signal aborts when it is to end at once. */
  protected abstract round(signal: AbortSignal): Promise<void>;

  /** Takes note of a failure, and answers the moment up to which what is held was the truth. */
  protected abstract failed(failure: ApiError, fall: Fall): number | null;

  /** What is held may no longer be shown; to be said by its standing before. */
  protected drop(): void {
    this.quarantine.keep(new Set());
    this.deps.sink.replace([]);
    this.deps.epochs.settle(this);
  }

  /** Aborts when the round that is under way ends. */
  protected get roundSignal(): AbortSignal {
    return AbortSignal.any([this.#stop.signal, this.#round.signal]);
  }

  /** Leaves what is under way for another round. */
  protected endRound(): void {
    this.#round.abort();
  }

  /**
   * The whole kind, at once, once it is ready; `began` is when it was asked for (monotonic). Rejects, with nothing written,
   * when the signal aborts before.
   */
  protected async commit(entities: readonly Entity[], began: number, signal: AbortSignal): Promise<void> {
    const { clock, epochs, sink } = this.deps;
    // An epoch that begins meanwhile ends the round.
    const replacement = sink.replacing(entities, { fresh: epochs.owes(this) });
    await inTurns(clock, signal, replacement.prepare);
    replacement.commit();
    this.standing.committed(clock.now() - (clock.monotonic() - began));
    epochs.settle(this);
    this.#synced = true;
    this.tally.count('syncs', this.reason);
    this.tally.syncMs = clock.monotonic() - began;
  }

  /** Bytes came. */
  protected hear(): void {
    this.standing.hear();
    this.deps.heard();
  }

  /** How the kind is asked for, where it is served; an ApiError of reason `absent` where it is not. */
  protected async locate(signal: AbortSignal): Promise<KindRequest> {
    if (this.request !== null) return this.request;
    if (this.standing.state === 'idle') this.standing.enter('syncing');
    const location = await this.deps.discovery.locate(this.kind, signal);
    signal.throwIfAborted();
    if (location === null) throw new ApiError('absent', `the cluster does not serve ${this.kind}`);
    this.request = kindRequest(this.spec, location);
    return this.request;
  }

  async #run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      this.#round = new AbortController();
      const signal = AbortSignal.any([stopped, this.#round.signal]);
      try {
        await this.round(signal);
      } catch (error) {
        if (!signal.aborted) await this.#fall(error, signal);
      }
    }
  }

  async #fall(error: unknown, signal: AbortSignal): Promise<void> {
    const { clock, discovery } = this.deps;
    const failure =
      error instanceof ApiError
        ? error
        : new ApiError('errorEvent', error instanceof Error ? error.message : String(error));
    this.tally.failures++;
    if (failure.reason === 'malformed') this.tally.malformed++;
    const fall = this.ladder.fall(failure);
    this.reason = failure.reason;
    const current = this.failed(failure, fall);
    this.standing.enter(fall.state, failure.message, clock.now() + fall.waitMs, current);
    if (fall.drop) this.drop();
    this.tally.backoffMs = fall.waitMs;
    await pause(clock, fall.waitMs, signal);
    this.tally.backoffMs = null;
    if (!fall.rediscover) return;
    // Not before the wait: what is served is to be known as it is then.
    discovery.forget(this.kind);
    this.request = null;
  }
}
