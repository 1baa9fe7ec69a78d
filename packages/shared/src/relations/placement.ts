import type { Entity } from '../entity/entity.ts';
import { Chains } from './chains.ts';
import type { Edge } from './edge.ts';
import type { EntityIndex } from './entity-index.ts';
import { Few } from './few.ts';
import { Numbers } from './numbers.ts';
import type { EdgeDelta, Relation, Touched } from './relation.ts';
import { Slots } from './slots.ts';

/** A node that a change gave a name or took one from, null for none: it came, went, or both under another name. */
interface Moved {
  node: number;
  was: string | null;
  is: string | null;
}

/** From a pod to the node that it is bound to, by the node's name. */
export class PlacementRelation implements Relation {
  readonly #entities: EntityIndex;
  /** Of the names of nodes, whether the node is there or not. */
  #names = new Slots();
  /** Pods by the name of their node, nodes by their own; and the name of its node by pod. */
  #pods = new Chains();
  #nodes = new Few();
  #nameOf = new Numbers();

  constructor(entities: EntityIndex) {
    this.#entities = entities;
  }

  update(slot: number, before: Entity | null, after: Entity | null): void {
    this.#updatePod(slot, boundTo(before), boundTo(after));
    this.#updateNode(slot, nodeName(before), nodeName(after));
  }

  #updatePod(pod: number, was: string | null, is: string | null): void {
    if (was === is) return;
    if (was !== null) {
      const name = this.#nameOf.get(pod);
      this.#pods.remove(name, pod);
      this.#names.release(name);
    }
    const name = is === null ? 0 : this.#names.hold(is);
    if (name !== 0) this.#pods.add(name, pod);
    this.#nameOf.set(pod, name);
  }

  #updateNode(node: number, was: string | null, is: string | null): void {
    if (was === is) return;
    if (was !== null) {
      const name = this.#names.of(was);
      this.#nodes.remove(name, node);
      this.#names.release(name);
    }
    if (is !== null) this.#nodes.add(this.#names.hold(is), node);
  }

  settle(touched: Touched, delta: EdgeDelta): void {
    const moved = this.#moved(touched);
    for (const [pod, before] of touched) {
      const was = boundTo(before);
      const is = boundTo(this.#entities.at(pod) ?? null);
      if (was === is && moved.length === 0) continue;
      const from = was === null ? [] : this.#nodesBefore(was, moved);
      const to = is === null ? [] : this.#nodes.of(this.#names.of(is));
      for (const node of from) if (!to.includes(node)) delta.removed.push(this.#edge(pod, node));
      for (const node of to) if (!from.includes(node)) delta.added.push(this.#edge(pod, node));
    }
    for (const { node, was, is } of moved) {
      for (const pod of this.#boundTo(was)) if (!touched.has(pod)) delta.removed.push(this.#edge(pod, node));
      for (const pod of this.#boundTo(is)) if (!touched.has(pod)) delta.added.push(this.#edge(pod, node));
    }
    this.#names.sweep();
  }

  from(slot: number): Edge[] {
    return this.#nodes.of(this.#nameOf.get(slot)).map((node) => this.#edge(slot, node));
  }

  to(slot: number): Edge[] {
    return this.#boundTo(nodeName(this.#entities.at(slot) ?? null)).map((pod) => this.#edge(pod, slot));
  }

  countTo(slot: number): number {
    const name = nodeName(this.#entities.at(slot) ?? null);
    return name === null ? 0 : this.#pods.size(this.#names.of(name));
  }

  #moved(touched: Touched): Moved[] {
    const moved: Moved[] = [];
    for (const [node, before] of touched) {
      const was = nodeName(before);
      const is = nodeName(this.#entities.at(node) ?? null);
      if (was !== is) moved.push({ node, was, is });
    }
    return moved;
  }

  /** The nodes that had a name before the change. */
  #nodesBefore(name: string, moved: readonly Moved[]): readonly number[] {
    const now = this.#nodes.of(this.#names.of(name));
    if (moved.length === 0) return now;
    const gone = moved.filter(({ was }) => was === name).map(({ node }) => node);
    return [...now.filter((each) => !moved.some(({ node, is }) => node === each && is === name)), ...gone];
  }

  #boundTo(name: string | null): number[] {
    return name === null ? [] : this.#pods.of(this.#names.of(name));
  }

  #edge(pod: number, node: number): Edge {
    const { slots } = this.#entities;
    return { type: 'placement', from: slots.text(pod), to: slots.text(node), ready: null };
  }
}

function boundTo(entity: Entity | null): string | null {
  return entity?.kind === 'Pod' ? entity.node : null;
}

function nodeName(entity: Entity | null): string | null {
  return entity?.kind === 'Node' ? entity.name : null;
}
