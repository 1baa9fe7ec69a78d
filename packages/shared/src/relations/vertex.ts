import type { Entity } from '../entity/entity.ts';
import type { Edge, EdgeType } from './edge.ts';

/** Most entities have at most one edge at an end, which then stands without a set around it: that would cost more than the entity. */
type Held = Edge | Set<Edge> | undefined;
type Slot = 'ownerFrom' | 'ownerTo' | 'placementFrom' | 'placementTo' | 'selectionFrom' | 'selectionTo';

const SLOTS: Readonly<Record<EdgeType, { from: Slot; to: Slot }>> = {
  owner: { from: 'ownerFrom', to: 'ownerTo' },
  placement: { from: 'placementFrom', to: 'placementTo' },
  selection: { from: 'selectionFrom', to: 'selectionTo' },
};

const NONE: readonly Edge[] = [];

/**
 * An entity with the edges that it has, by type and end. Whoever has the entity has its edges: a table of them for each type
 * and end would be asked a dozen times for each pod that comes.
 */
export class Vertex {
  entity: Entity;
  /** False from when the entity is removed. */
  there = true;
  ownerFrom: Held = undefined;
  ownerTo: Held = undefined;
  placementFrom: Held = undefined;
  placementTo: Held = undefined;
  selectionFrom: Held = undefined;
  selectionTo: Held = undefined;

  constructor(entity: Entity) {
    this.entity = entity;
  }

  /** The edges of a type that leave it. */
  from(type: EdgeType): Iterable<Edge> {
    return all(this[SLOTS[type].from]);
  }

  /** The edges of a type that arrive at it. */
  to(type: EdgeType): Iterable<Edge> {
    return all(this[SLOTS[type].to]);
  }

  /** How many edges of a type arrive at it. */
  countTo(type: EdgeType): number {
    return sizeOf(this[SLOTS[type].to]);
  }
}

/** The edge of a type from one to the other: there is at most one. */
export function edgeBetween(type: EdgeType, source: Vertex, target: Vertex): Edge | undefined {
  const leaving = source[SLOTS[type].from];
  const arriving = target[SLOTS[type].to];
  if (leaving === undefined || arriving === undefined) return undefined;
  // Either end may be a hub; the other one is then small.
  if (sizeOf(leaving) < sizeOf(arriving)) {
    for (const edge of all(leaving)) if (edge.to === target.entity.uid) return edge;
  } else {
    for (const edge of all(arriving)) if (edge.from === source.entity.uid) return edge;
  }
  return undefined;
}

/** Joins two by an edge, which they do not have yet. */
export function join(edge: Edge, source: Vertex, target: Vertex): void {
  const { from, to } = SLOTS[edge.type];
  source[from] = having(source[from], edge);
  target[to] = having(target[to], edge);
}

/** The inverse. */
export function part(edge: Edge, source: Vertex, target: Vertex): void {
  const { from, to } = SLOTS[edge.type];
  source[from] = lacking(source[from], edge);
  target[to] = lacking(target[to], edge);
}

function all(held: Held): Iterable<Edge> {
  if (held === undefined) return NONE;
  return held instanceof Set ? held : [held];
}

function sizeOf(held: Held): number {
  if (held === undefined) return 0;
  return held instanceof Set ? held.size : 1;
}

function having(held: Held, edge: Edge): Held {
  if (held === undefined) return edge;
  return held instanceof Set ? held.add(edge) : new Set([held, edge]);
}

function lacking(held: Held, edge: Edge): Held {
  if (!(held instanceof Set)) return held === edge ? undefined : held;
  held.delete(edge);
  return held.size === 0 ? undefined : held;
}
