import type { Change } from '../change.ts';
import type { Entity, EntityOf, Kind } from '../entity/entity.ts';
import type { Counts } from '../protocol.ts';
import { EDGE_TYPES, type Edge, type EdgeType } from './edge.ts';
import { EntityIndex } from './entity-index.ts';
import { OwnerRelation } from './owner.ts';
import { PlacementRelation } from './placement.ts';
import type { EdgeDelta, Relation } from './relation.ts';
import { SelectionRelation } from './selection.ts';

/** What one change did to entities and edges. `updated` and `edges.changed` hold `[from, to]`. */
export interface GraphDelta {
  added: Entity[];
  updated: [Entity, Entity][];
  removed: Entity[];
  edges: EdgeDelta;
}

/**
 * The entities of a cluster and the relations between them, kept change by change. Entities may come in any order, a
 * reference to one that is not there yet resolves when it comes, and the graph is always what it would be if it were
 * built from its entities at once. Applying a change costs what the change touches, not what the graph holds.
 */
export class Graph {
  #entities = new EntityIndex();
  #relations = relationsOf(this.#entities);

  /** Applies a change: first its removes, then its upserts. An upsert at the version already held does nothing. */
  apply(change: Change): GraphDelta {
    const delta: GraphDelta = { added: [], updated: [], removed: [], edges: { added: [], changed: [], removed: [] } };
    const touched = new Map<number, Entity | null>();
    for (const { uid } of change.removes) {
      const slot = this.#entities.slots.of(uid);
      const before = this.#entities.at(slot);
      if (before === undefined) continue;
      if (!touched.has(slot)) touched.set(slot, before);
      this.#entities.remove(slot);
      delta.removed.push(before);
      this.#update(slot, before, null);
    }
    for (const entity of change.upserts) {
      const known = this.#entities.slots.of(entity.uid);
      const before = this.#entities.at(known) ?? null;
      if (before?.version === entity.version) continue;
      const slot = this.#entities.put(entity, known);
      if (!touched.has(slot)) touched.set(slot, before);
      if (before === null) delta.added.push(entity);
      else delta.updated.push([before, entity]);
      this.#update(slot, before, entity);
    }
    for (const type of EDGE_TYPES) this.#relations[type].settle(touched, delta.edges);
    this.#entities.slots.sweep();
    return delta;
  }

  /** Forgets everything. */
  clear(): void {
    this.#entities = new EntityIndex();
    this.#relations = relationsOf(this.#entities);
  }

  get(uid: string): Entity | undefined {
    return this.#entities.get(uid);
  }

  /** All entities of a kind, in the order in which they came. */
  all<K extends Kind>(kind: K): Iterable<EntityOf<K>> {
    return this.#entities.all(kind).values() as Iterable<EntityOf<K>>;
  }

  /** The entities of a kind in one namespace (`""` for cluster-scoped kinds). */
  inNamespace<K extends Kind>(kind: K, namespace: string): Iterable<EntityOf<K>> {
    return this.#entities.inNamespace(kind, namespace).values() as Iterable<EntityOf<K>>;
  }

  /** The entity of a name; where one has taken the name of another that is still there, the one that came last. */
  find<K extends Kind>(kind: K, namespace: string, name: string): EntityOf<K> | undefined {
    const slot = this.#entities.named(kind, namespace, name).at(-1);
    return slot === undefined ? undefined : (this.#entities.at(slot) as EntityOf<K> | undefined);
  }

  /** How many there are of a kind, in one namespace or everywhere; costs nothing. */
  count(kind: Kind, namespace?: string): number {
    return (namespace === undefined ? this.#entities.all(kind) : this.#entities.inNamespace(kind, namespace)).size;
  }

  /** Numbers by kind; a kind that never came has none. */
  counts(): Counts {
    return this.#entities.counts();
  }

  /** The number of entities of all kinds. */
  get size(): number {
    return this.#entities.size;
  }

  /** The digest over all entities, to hold against that of `synced` and `heartbeat`. */
  get digest(): string {
    return this.#entities.digest();
  }

  /** The edges that leave an entity, of one type or of all. */
  edgesFrom(uid: string, type?: EdgeType): Edge[] {
    const slot = this.#entities.slots.of(uid);
    return typesOf(type).flatMap((each) => this.#relations[each].from(slot));
  }

  /** The edges that arrive at an entity, of one type or of all. */
  edgesTo(uid: string, type?: EdgeType): Edge[] {
    const slot = this.#entities.slots.of(uid);
    return typesOf(type).flatMap((each) => this.#relations[each].to(slot));
  }

  /** How many edges of a type arrive at an entity; costs nothing. */
  countTo(uid: string, type: EdgeType): number {
    return this.#relations[type].countTo(this.#entities.slots.of(uid));
  }

  #update(slot: number, before: Entity | null, after: Entity | null): void {
    for (const type of EDGE_TYPES) this.#relations[type].update(slot, before, after);
  }
}

function typesOf(type: EdgeType | undefined): readonly EdgeType[] {
  return type === undefined ? EDGE_TYPES : [type];
}

function relationsOf(entities: EntityIndex): Readonly<Record<EdgeType, Relation>> {
  return {
    owner: new OwnerRelation(entities),
    placement: new PlacementRelation(entities),
    selection: new SelectionRelation(entities),
  };
}
