/** The relations: `owner` from owner to owned, `placement` from Pod to Node, `selection` from Service to Pod. */
export const EDGE_TYPES = ['owner', 'placement', 'selection'] as const;
export type EdgeType = (typeof EDGE_TYPES)[number];

/**
 * One relation between two entities that are both there. `ready` is what the endpoint slices say of a selected pod:
 * null when they do not list it, and for every other relation. Edges are values: one that changes is replaced.
 */
export interface Edge {
  readonly type: EdgeType;
  readonly from: string;
  readonly to: string;
  readonly ready: boolean | null;
}
