import type { Graph, GraphDelta } from '@portolan/shared';
import type { Pace } from '../stream/pace.ts';
import type { Clock } from '../stream/ports.ts';
import { atMost, CHANGES_MS } from './at-most.ts';

/** Something that is kept of a graph, change by change. */
export interface Kept {
  /**
   * Takes in, once, all that `graph` holds, in pieces of a few milliseconds at most; between them the graph may change, and
   * each change is told to `apply`. It is true when all pieces are done.
   */
  fill(graph: Graph): Iterator<void>;
  /** Takes in what the graph did; whether what there is to tell may have changed. */
  apply(delta: GraphDelta): boolean;
}

/** What is followed: a graph that changes, as the live store has it. */
export interface FollowedGraph {
  readonly snapshot: { readonly graph: Graph; readonly synced: boolean };
  watch(listener: (delta: GraphDelta | 'renewed') => void): () => void;
}

/** What a feed works with; `make` makes an empty one of what is kept. */
export interface KeptFeedOptions<T extends Kept> {
  followed: FollowedGraph;
  pace: Pace;
  clock: Clock;
  make(): T;
}

/**
 * Keeps something in step with a graph. Of a snapshot that takes the graph's place it is made anew beside the old one,
 * which stands until the new one is whole. Listeners are called four times a second at most.
 */
export class KeptFeed<T extends Kept> {
  readonly #options: KeptFeedOptions<T>;
  readonly #listeners = new Set<() => void>();
  readonly #telling;
  #filling: T | null = null;
  #kept: T | null = null;
  #snapshot: { readonly kept: T | null } = { kept: null };

  constructor(options: KeptFeedOptions<T>) {
    this.#options = options;
    this.#telling = atMost(CHANGES_MS, options.clock, () => {
      this.#snapshot = { kept: this.#kept };
      for (const listener of this.#listeners) listener();
    });
  }

  /** A new object whenever it was told; `kept` is null until it is whole. */
  get snapshot(): { readonly kept: T | null } {
    return this.#snapshot;
  }

  /** Calls `listener` after every new `snapshot`; answers its own unsubscribe. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins to follow; answers the way to stop. */
  open(): () => void {
    const { followed } = this.#options;
    const unwatch = followed.watch((delta) => this.#heard(delta));
    // Before there is a picture, an empty graph would be taken for the truth.
    if (followed.snapshot.synced) this.#fill();
    return () => {
      unwatch();
      this.#telling.stop();
      this.#filling = null;
    };
  }

  #heard(delta: GraphDelta | 'renewed'): void {
    if (delta === 'renewed') {
      this.#kept = null;
      this.#fill();
      return;
    }
    this.#filling?.apply(delta);
    if (this.#kept?.apply(delta)) this.#telling.ask();
  }

  #fill(): void {
    const { followed, pace, make } = this.#options;
    const made = make();
    this.#filling = made;
    const pieces = made.fill(followed.snapshot.graph);
    const go = () => {
      if (this.#filling !== made) return;
      const over = pace.stretch();
      while (!pieces.next().done) if (over()) return pace.later(go);
      this.#filling = null;
      this.#kept = made;
      this.#telling.ask();
    };
    go();
  }
}
