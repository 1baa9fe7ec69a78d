import type { Entity } from '../entity/entity.ts';
import type { Edge } from './edge.ts';

/** What a change did to edges; `changed` holds `[from, to]`. An edge is in one of them at most. */
export interface EdgeDelta {
  added: Edge[];
  changed: [Edge, Edge][];
  removed: Edge[];
}

/** The slots that a change has touched so far, each with the entity that it held before the change, null for none. */
export type Touched = ReadonlyMap<number, Entity | null>;

/**
 * One relation. It keeps what leads from an entity to the others that it concerns, in slots of the index; which edges there
 * are follows from the entities that are there alone, so the order of the changes cannot matter.
 */
export interface Relation {
  /** The entity of a slot came (`before` is null), changed, or went (`after` is null); the index already holds `after`. */
  update(slot: number, before: Entity | null, after: Entity | null): void;

  /** Adds to `delta` what the whole change did to the edges: every update of it is told. */
  settle(touched: Touched, delta: EdgeDelta): void;

  /** The edges that leave the entity of a slot. */
  from(slot: number): Edge[];

  /** The edges that arrive at the entity of a slot. */
  to(slot: number): Edge[];

  /** How many edges arrive at the entity of a slot, without going through them. */
  countTo(slot: number): number;
}
