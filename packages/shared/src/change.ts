import type { Entity, Kind } from './entity/entity.ts';

/** What names an entity once it is gone. */
export interface Removal {
  kind: Kind;
  uid: string;
}

/**
 * One step from a state to a later one: the currency from the store to the screen. `upserts` are whole entities; an
 * entity stands at most once in a change, either in `upserts` or in `removes`.
 */
export interface Change {
  upserts: Entity[];
  removes: Removal[];
}

/** True when nothing would be different after it. */
export function isEmpty(change: Change): boolean {
  return change.upserts.length === 0 && change.removes.length === 0;
}
