import {
  compareKeys,
  type Entity,
  type Graph,
  type GraphDelta,
  type Kind,
  type SortKey,
  sortKeyOf,
  type TableOrder,
} from '@portolan/shared';
import { SortedList } from './sorted-list.ts';

/** Whether an entity is among the rows; it may look at nothing but the entity, and must always say the same of one. */
export type RowFilter = (entity: Entity) => boolean;

/** Which rows, and in which order: those of a kind in a namespace (`''` where it is in none, null for all of them). */
export interface RowQuery {
  kind: Kind;
  namespace: string | null;
  order: TableOrder;
  /** Null takes all. */
  filter: RowFilter | null;
}

/** An entity with what it is sorted by. */
export interface Row {
  readonly entity: Entity;
  readonly key: SortKey;
}

/** As many entities as are put in at a step of filling. */
const STEP = 64;

const compareText = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

/** By key, then namespace, name and, where an object was created anew before the old one went, uid. */
function comparison(descending: boolean): (a: Row, b: Row) => number {
  const sign = descending ? -1 : 1;
  return (a, b) =>
    sign * compareKeys(a.key, b.key) ||
    compareText(a.entity.namespace, b.entity.namespace) ||
    compareText(a.entity.name, b.entity.name) ||
    compareText(a.entity.uid, b.entity.uid);
}

/**
 * The rows of a table in their order, kept change by change: a change costs what it changes, times the search for its
 * place. It is filled in steps, between which the graph may change as long as every change is told; once filled it is
 * what it would be if it were sorted from the graph at once.
 */
export class RowModel {
  readonly query: RowQuery;
  readonly #keyOf: (entity: Entity) => SortKey;
  readonly #compare: (a: Row, b: Row) => number;
  readonly #rows: SortedList<Row>;

  constructor(query: RowQuery) {
    this.query = query;
    this.#keyOf = sortKeyOf(query.kind, query.order.column);
    this.#compare = comparison(query.order.descending);
    this.#rows = new SortedList(this.#compare);
  }

  get count(): number {
    return this.#rows.size;
  }

  /**
   * Takes in what the graph holds, 64 entities at a step. From the first step on `apply` is to be given every change of
   * the graph: what is changed or comes while it is filled is then put in by its change, and met again here at worst.
   */
  *fill(graph: Graph): Generator<void, void> {
    const { kind, namespace } = this.query;
    let taken = 0;
    for (const entity of namespace === null ? graph.all(kind) : graph.inNamespace(kind, namespace)) {
      if (this.#admits(entity)) this.#rows.put(this.rowOf(entity));
      taken += 1;
      if (taken % STEP === 0) yield;
    }
  }

  /** Follows a change of the graph; whether it changed any row. */
  apply({ added, updated, removed }: GraphDelta): boolean {
    let changed = false;
    for (const entity of removed) if (this.#admits(entity)) changed = this.#rows.delete(this.rowOf(entity)) || changed;
    for (const [before, after] of updated) changed = this.#update(before, after) || changed;
    for (const entity of added) {
      if (!this.#admits(entity)) continue;
      this.#rows.put(this.rowOf(entity));
      changed = true;
    }
    return changed;
  }

  /** The rows from one index up to before another, as far as there are any. */
  slice(from: number, to: number): Row[] {
    return this.#rows.slice(from, to);
  }

  /** An entity as a row of this order. */
  rowOf(entity: Entity): Row {
    return { entity, key: this.#keyOf(entity) };
  }

  /** How many rows stand before this one, which may have gone: its place is then that of those that followed it. */
  rank(row: Row): number {
    return this.#rows.rank(row);
  }

  /** The index of an entity as the graph holds it; -1 when it is not among the rows. */
  indexOf(entity: Entity): number {
    const row = this.rowOf(entity);
    return this.#admits(entity) && this.#rows.has(row) ? this.#rows.rank(row) : -1;
  }

  #update(before: Entity, after: Entity): boolean {
    const was = this.#admits(before);
    const is = this.#admits(after);
    if (!was && !is) return false;
    const next = this.rowOf(after);
    // A row that keeps its place is replaced where it is.
    if (was && !(is && this.#compare(this.rowOf(before), next) === 0)) this.#rows.delete(this.rowOf(before));
    if (is) this.#rows.put(next);
    return true;
  }

  #admits(entity: Entity): boolean {
    const { kind, namespace, filter } = this.query;
    return (
      entity.kind === kind &&
      (namespace === null || entity.namespace === namespace) &&
      (filter === null || filter(entity))
    );
  }
}
