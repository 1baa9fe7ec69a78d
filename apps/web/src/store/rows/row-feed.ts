import type { Graph, GraphDelta } from '@portolan/shared';
import type { Pace } from '../../stream/pace.ts';
import { RowModel, type RowQuery } from './row-model.ts';

/** What is followed: a graph that changes, as the live store has it. */
export interface Followed {
  readonly snapshot: { graph: Graph };
  watch(listener: (delta: GraphDelta | 'renewed') => void): () => void;
  subscribe(listener: () => void): () => void;
}

/** The rows that are shown; a new object whenever they changed. `rows` is null until the first ones are whole. */
export interface RowsShown {
  rows: RowModel | null;
  /** Whether other rows are being put in order, which will take the place of these. */
  filling: boolean;
}

/**
 * Keeps a row model in step with a graph. What is asked for is filled beside what is shown and takes its place when it
 * is whole, a few milliseconds at a stretch. Listeners are called once a frame at most, and only if a row changed.
 */
export class RowFeed {
  readonly #followed: Followed;
  readonly #pace: Pace;
  readonly #listeners = new Set<() => void>();
  #query: RowQuery | null = null;
  #filling: RowModel | null = null;
  #changed = false;
  #snapshot: RowsShown = { rows: null, filling: false };

  constructor(followed: Followed, pace: Pace) {
    this.#followed = followed;
    this.#pace = pace;
  }

  get snapshot(): RowsShown {
    return this.#snapshot;
  }

  /** Calls `listener` after every new `snapshot`; answers its own unsubscribe. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins to follow; answers the way to stop, after which nothing is kept. */
  open(): () => void {
    const ends = [
      this.#followed.watch((delta) => this.#follow(delta)),
      this.#followed.subscribe(() => {
        if (this.#changed) this.#tell({});
      }),
    ];
    return () => {
      for (const end of ends) end();
      this.#query = null;
      this.#filling = null;
      this.#snapshot = { rows: null, filling: false };
    };
  }

  /** Asks for rows, in place of what was asked for before. */
  ask(query: RowQuery): void {
    this.#query = query;
    this.#fill(query);
  }

  #follow(delta: GraphDelta | 'renewed'): void {
    if (delta === 'renewed') {
      if (this.#query) this.#fill(this.#query);
      return;
    }
    this.#filling?.apply(delta);
    if (this.#snapshot.rows?.apply(delta)) this.#changed = true;
  }

  #fill(query: RowQuery): void {
    const model = new RowModel(query);
    this.#filling = model;
    const steps = model.fill(this.#followed.snapshot.graph);
    const go = () => {
      if (this.#filling !== model) return;
      const over = this.#pace.stretch();
      while (!steps.next().done) {
        if (!over()) continue;
        if (!this.#snapshot.filling) this.#tell({ filling: true });
        this.#pace.later(go);
        return;
      }
      this.#filling = null;
      this.#tell({ rows: model, filling: false });
    };
    go();
  }

  #tell(what: Partial<RowsShown>): void {
    this.#changed = false;
    this.#snapshot = { ...this.#snapshot, ...what };
    for (const listener of this.#listeners) listener();
  }
}
