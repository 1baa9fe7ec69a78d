import {
  type Change,
  type Counts,
  decodeColumns,
  type Entity,
  Graph,
  type GraphDelta,
  type Kind,
  type MessageData,
  type Source,
} from '@portolan/shared';
import type { Sink } from '../stream/ports.ts';
import { compact } from './compact.ts';
import type { Frame } from './frame.ts';

/** As many changes as one task may apply. */
const PIECE = 500;
/** As many entities of a snapshot as are applied at a stretch. */
const SLICE = 25;

/**
 * What is shown now. A new object for every picture; the graph in it is the same one, changed in place, until a
 * snapshot replaces it. `synced` is false until the first snapshot is whole. `offset` is the server's clock minus this
 * browser's, in milliseconds. `told` is the server's epoch ms at which `sources` stood so.
 */
export interface LiveSnapshot {
  graph: Graph;
  synced: boolean;
  sources: readonly Source[];
  told: number;
  offset: number;
  /** The apiserver's clock minus the server's, in milliseconds; 0 until it was heard. */
  skew: number;
}

/**
 * The live graph, outside React. Changes are gathered and applied once a frame, with one notification; a snapshot is
 * gathered beside the picture shown, which stays until the new one is whole. `now` is this browser's clock.
 */
export class LiveStore implements Sink {
  readonly #frame: Frame;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #watchers = new Set<(delta: GraphDelta | 'renewed') => void>();
  readonly #pending = new Map<string, Entity | Kind>();
  #shown = new Graph();
  #filling: Graph | null = null;
  #scheduled = false;
  #snapshot: LiveSnapshot;

  constructor({ frame, now }: { frame: Frame; now: () => number }) {
    this.#frame = frame;
    this.#now = now;
    this.#snapshot = { graph: this.#shown, synced: false, sources: [], told: 0, offset: 0, skew: 0 };
  }

  get snapshot(): LiveSnapshot {
    return this.#snapshot;
  }

  /** How much of each kind the snapshot has brought that is arriving now; null when none is. */
  arriving(): Counts | null {
    return this.#filling?.counts() ?? null;
  }

  /** Calls `listener` after every new `snapshot`; answers its own unsubscribe. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Calls `listener` with every change of the shown graph, once the graph holds it, in order and before the listeners of
   * `subscribe`; `renewed` when a snapshot took the graph's place. Answers its own unwatch.
   */
  watch = (listener: (delta: GraphDelta | 'renewed') => void): (() => void) => {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  };

  restart(): void {
    this.#filling = new Graph();
  }

  *part(data: MessageData<'snapshot'>): Iterable<void> {
    this.#filling ??= new Graph();
    const filling = this.#filling;
    const entities = decodeColumns(data.kind, data.count, data.columns);
    for (let at = 0; at < entities.length; at += SLICE) {
      filling.apply({ upserts: entities.slice(at, at + SLICE), removes: [] });
      yield;
    }
  }

  change(change: MessageData<'change'>): void {
    if (this.#filling) {
      this.#filling.apply(change);
      return;
    }
    for (const { kind, uid } of change.removes) this.#pending.set(uid, kind);
    for (const entity of change.upserts) this.#pending.set(entity.uid, entity);
    // What a hidden tab gathers is applied in pieces, lest the next frame be held up.
    if (this.#pending.size >= PIECE) this.#flush();
    this.#schedule();
  }

  commit(): void {
    if (!this.#filling) return;
    this.#pending.clear();
    this.#shown = this.#filling;
    this.#filling = null;
    this.#snapshot = { ...this.#snapshot, graph: this.#shown, synced: true };
    for (const watcher of this.#watchers) watcher('renewed');
    this.#schedule();
  }

  sources({ serverTime, sources, skewMs }: MessageData<'sources'>): void {
    this.#snapshot = { ...this.#snapshot, sources, told: serverTime, skew: skewMs ?? 0 };
    this.#schedule();
  }

  serverTime(epochMilliseconds: number): void {
    this.#snapshot = { ...this.#snapshot, offset: epochMilliseconds - this.#now() };
  }

  digest(): string {
    this.#flush();
    return this.#shown.digest;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#frame(() => {
      this.#scheduled = false;
      this.#flush();
      this.#snapshot = { ...this.#snapshot };
      for (const listener of this.#listeners) listener();
    });
  }

  #flush(): void {
    if (this.#pending.size === 0) return;
    const change: Change = { upserts: [], removes: [] };
    for (const [uid, what] of this.#pending) {
      if (typeof what === 'string') change.removes.push({ kind: what, uid });
      else change.upserts.push(compact(what, this.#shown.get(uid)));
    }
    this.#pending.clear();
    const delta = this.#shown.apply(change);
    for (const watcher of this.#watchers) watcher(delta);
  }
}
