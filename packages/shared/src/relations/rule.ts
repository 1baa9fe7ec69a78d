import type { Entity } from '../entity/entity.ts';
import type { EdgeType } from './edge.ts';
import type { EntityIndex } from './entity-index.ts';

/** Says that the edge between two uids may have come, gone or changed. */
export type Mark = (from: string, to: string) => void;

/**
 * One relation. A rule keeps the indexes that let it find, from one entity, the others that it may concern; whether an
 * edge is there it answers from the state alone, so the order of the changes cannot matter.
 */
export interface Rule {
  readonly type: EdgeType;

  /**
   * An entity came (`before` is null), changed, or went (`after` is null); `entities` already holds `after`. Marks every
   * pair whose answer it may have altered. The existing edges of an entity that went need no mark.
   */
  update(before: Entity | null, after: Entity | null, entities: EntityIndex, mark: Mark): void;

  /** The edge between two entities: null when there is none, else its readiness. */
  evaluate(from: Entity, to: Entity): { ready: boolean | null } | null;
}
