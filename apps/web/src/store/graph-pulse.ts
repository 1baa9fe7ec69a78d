import type { Graph } from '@portolan/shared';
import type { Clock } from '../stream/ports.ts';
import { atMost, CHANGES_MS } from './at-most.ts';
import type { Concern } from './concern.ts';
import type { FollowedGraph } from './kept-feed.ts';

/**
 * Tells that a graph changed in what concerns somebody: at once in quiet, and then four times a second at most. A graph that
 * took its place concerns everybody.
 */
export class GraphPulse {
  readonly #followed: FollowedGraph;
  readonly #clock: Clock;
  readonly #concern: Concern;
  readonly #listeners = new Set<() => void>();
  #snapshot: { readonly graph: Graph };

  constructor({ followed, clock, concern }: { followed: FollowedGraph; clock: Clock; concern: Concern }) {
    this.#followed = followed;
    this.#clock = clock;
    this.#concern = concern;
    this.#snapshot = { graph: followed.snapshot.graph };
  }

  /** A new object whenever it was told; the graph in it is changed in place. */
  get snapshot(): { readonly graph: Graph } {
    return this.#snapshot;
  }

  /** Calls `listener` after every new `snapshot`; answers its own unsubscribe. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins to follow; answers the way to stop. */
  open(): () => void {
    const telling = atMost(CHANGES_MS, this.#clock, () => {
      this.#snapshot = { graph: this.#followed.snapshot.graph };
      for (const listener of this.#listeners) listener();
    });
    const unwatch = this.#followed.watch((delta) => {
      if (delta === 'renewed' || this.#concern(delta)) telling.ask();
    });
    if (this.#followed.snapshot.graph !== this.#snapshot.graph) telling.ask();
    return () => {
      unwatch();
      telling.stop();
    };
  }
}
