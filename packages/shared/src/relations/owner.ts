import type { Entity } from '../entity/entity.ts';
import { Chains } from './chains.ts';
import type { Edge } from './edge.ts';
import type { EntityIndex } from './entity-index.ts';
import { Numbers } from './numbers.ts';
import type { EdgeDelta, Relation, Touched } from './relation.ts';

/** From a controller to what it controls, by the uid in the controlling owner reference. */
export class OwnerRelation implements Relation {
  readonly #entities: EntityIndex;
  /** What is owned by the slot of its owner, whether the owner is there or not. */
  #owned = new Chains();
  /** The slot of its owner, by the slot of what is owned. */
  #ownerOf = new Numbers();

  constructor(entities: EntityIndex) {
    this.#entities = entities;
  }

  update(slot: number, before: Entity | null, after: Entity | null): void {
    const was = before?.owner?.uid;
    const is = after?.owner?.uid;
    if (was === is) return;
    const { slots } = this.#entities;
    if (was !== undefined) {
      const owner = this.#ownerOf.get(slot);
      this.#owned.remove(owner, slot);
      slots.release(owner);
    }
    const owner = is === undefined ? 0 : slots.hold(is);
    if (owner !== 0) this.#owned.add(owner, slot);
    this.#ownerOf.set(slot, owner);
  }

  settle(touched: Touched, delta: EdgeDelta): void {
    for (const [slot, before] of touched) {
      const was = before?.owner ? this.#entities.slots.of(before.owner.uid) : 0;
      const is = this.#ownerOf.get(slot);
      const had = was !== 0 && this.#wasThere(was, touched);
      const has = this.#isThere(is);
      if (had && !(has && was === is)) delta.removed.push(this.#edge(was, slot));
      if (has && !(had && was === is)) delta.added.push(this.#edge(is, slot));
      const isThere = this.#isThere(slot);
      if ((before !== null) === isThere) continue;
      const list = isThere ? delta.added : delta.removed;
      for (const owned of this.#owned.of(slot)) if (!touched.has(owned)) list.push(this.#edge(slot, owned));
    }
  }

  from(slot: number): Edge[] {
    return this.#isThere(slot) ? this.#owned.of(slot).map((owned) => this.#edge(slot, owned)) : [];
  }

  to(slot: number): Edge[] {
    const owner = this.#ownerOf.get(slot);
    return this.#isThere(owner) ? [this.#edge(owner, slot)] : [];
  }

  countTo(slot: number): number {
    return this.#isThere(this.#ownerOf.get(slot)) ? 1 : 0;
  }

  #isThere(slot: number): boolean {
    return this.#entities.at(slot) !== undefined;
  }

  #wasThere(slot: number, touched: Touched): boolean {
    const before = touched.get(slot);
    return before === undefined ? this.#isThere(slot) : before !== null;
  }

  #edge(owner: number, owned: number): Edge {
    const { slots } = this.#entities;
    return { type: 'owner', from: slots.text(owner), to: slots.text(owned), ready: null };
  }
}
