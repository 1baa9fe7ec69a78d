import type { Edge } from './edge.ts';
import { ShardedMap } from './sharded-map.ts';

/** The edges of one type, found from either end; at most one between two uids. */
export class EdgeSet {
  #from = new Bag();
  #to = new Bag();

  get(from: string, to: string): Edge | undefined {
    const leaving = this.#from.held(from);
    if (leaving === undefined) return undefined;
    const arriving = this.#to.held(to);
    if (arriving === undefined) return undefined;
    // Either end may be a hub; the other one is then small.
    if (sizeOf(leaving) < sizeOf(arriving)) {
      for (const edge of all(leaving)) if (edge.to === to) return edge;
    } else {
      for (const edge of all(arriving)) if (edge.from === from) return edge;
    }
    return undefined;
  }

  add(edge: Edge): void {
    this.#from.add(edge.from, edge);
    this.#to.add(edge.to, edge);
  }

  remove(edge: Edge): void {
    this.#from.remove(edge.from, edge);
    this.#to.remove(edge.to, edge);
  }

  from(uid: string): Iterable<Edge> {
    return this.#from.all(uid);
  }

  to(uid: string): Iterable<Edge> {
    return this.#to.all(uid);
  }

  countTo(uid: string): number {
    return this.#to.size(uid);
  }
}

const NONE: readonly Edge[] = [];

type Held = Edge | Set<Edge>;

const all = (held: Held): Iterable<Edge> => (held instanceof Set ? held : [held]);
const sizeOf = (held: Held): number => (held instanceof Set ? held.size : 1);

/** Edges by uid. Most uids have just one, which then stands without a set around it: a set a pod would cost more than the pod. */
class Bag {
  #edges = new ShardedMap<Held>();

  held(uid: string): Held | undefined {
    return this.#edges.get(uid);
  }

  all(uid: string): Iterable<Edge> {
    const held = this.#edges.get(uid);
    return held === undefined ? NONE : all(held);
  }

  add(uid: string, edge: Edge): void {
    const held = this.#edges.get(uid);
    if (held === undefined) this.#edges.set(uid, edge);
    else if (held instanceof Set) held.add(edge);
    else this.#edges.set(uid, new Set([held, edge]));
  }

  remove(uid: string, edge: Edge): void {
    const held = this.#edges.get(uid);
    if (held instanceof Set) {
      held.delete(edge);
      if (held.size === 0) this.#edges.delete(uid);
    } else if (held === edge) this.#edges.delete(uid);
  }
}
