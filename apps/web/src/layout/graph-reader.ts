import type { Entity, EntityOf, Kind } from '@portolan/shared';

/**
 * What the layout asks of the graph. Answers are of one moment: nothing changes while a layout is made. The order of
 * what is answered does not matter.
 */
export interface GraphReader {
  /** Every entity of a kind. */
  all<K extends Kind>(kind: K): Iterable<EntityOf<K>>;
  /** Every entity of a kind in a namespace. */
  inNamespace<K extends Kind>(kind: K, namespace: string): Iterable<EntityOf<K>>;
  /** The entity with that uid, if it is there. */
  get(uid: string): Entity | undefined;
  /** The pods that a Service selects; `ready` is what its endpoint slices say, null when they do not list the pod. */
  edgesFrom(uid: string, type: 'selection'): Iterable<{ readonly to: string; readonly ready: boolean | null }>;
  /** The pods that are placed on a Node, of every namespace. */
  edgesTo(uid: string, type: 'placement'): Iterable<{ readonly from: string }>;
}
