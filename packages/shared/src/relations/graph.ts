import type { Change } from '../change.ts';
import type { Entity, EntityOf, Kind } from '../entity/entity.ts';
import type { Counts } from '../protocol.ts';
import { EDGE_TYPES, type Edge, type EdgeType } from './edge.ts';
import { EdgeSet } from './edge-set.ts';
import { EntityIndex } from './entity-index.ts';
import { OwnerRule } from './owner.ts';
import { PlacementRule } from './placement.ts';
import type { Rule } from './rule.ts';
import { SelectionRule } from './selection.ts';

/** What one change did to entities and edges. `updated` and `changed` hold `[from, to]`. */
export interface GraphDelta {
  added: Entity[];
  updated: [Entity, Entity][];
  removed: Entity[];
  edges: { added: Edge[]; changed: [Edge, Edge][]; removed: Edge[] };
}

interface Relation {
  rule: Rule;
  edges: EdgeSet;
  /** Pairs to evaluate once the change is in, `from` and `to` by turns; a pair that is there twice is evaluated twice. */
  marked: string[];
}

/**
 * The entities of a cluster and the relations between them, kept change by change. Entities may come in any order, a
 * reference to one that is not there yet resolves when it comes, and the graph is always what it would be if it were
 * built from its entities at once. Applying a change costs what the change touches, not what the graph holds.
 */
export class Graph {
  #entities = new EntityIndex();
  #relations = newRelations();

  /** Applies a change: first its removes, then its upserts. An upsert at the version already held does nothing. */
  apply(change: Change): GraphDelta {
    const delta: GraphDelta = { added: [], updated: [], removed: [], edges: { added: [], changed: [], removed: [] } };
    for (const { uid } of change.removes) {
      const before = this.#entities.remove(uid);
      if (before === null) continue;
      delta.removed.push(before);
      this.#update(before, null);
    }
    for (const entity of change.upserts) {
      const before = this.#entities.get(entity.uid) ?? null;
      if (before?.version === entity.version) continue;
      this.#entities.put(entity, before);
      if (before === null) delta.added.push(entity);
      else delta.updated.push([before, entity]);
      this.#update(before, entity);
    }
    for (const type of EDGE_TYPES) this.#settle(this.#relations[type], delta.edges);
    return delta;
  }

  /** Forgets everything. */
  clear(): void {
    this.#entities = new EntityIndex();
    this.#relations = newRelations();
  }

  get(uid: string): Entity | undefined {
    return this.#entities.get(uid);
  }

  /** All entities of a kind, in the order in which they came. */
  all<K extends Kind>(kind: K): Iterable<EntityOf<K>> {
    return this.#entities.all(kind);
  }

  /** The entities of a kind in one namespace (`""` for cluster-scoped kinds). */
  inNamespace<K extends Kind>(kind: K, namespace: string): Iterable<EntityOf<K>> {
    return this.#entities.inNamespace(kind, namespace);
  }

  find<K extends Kind>(kind: K, namespace: string, name: string): EntityOf<K> | undefined {
    return this.#entities.find(kind, namespace, name);
  }

  /** How many there are of a kind, in one namespace or everywhere; costs nothing. */
  count(kind: Kind, namespace?: string): number {
    return this.#entities.count(kind, namespace);
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
    return this.#types(type).flatMap((each) => [...this.#relations[each].edges.from(uid)]);
  }

  /** The edges that arrive at an entity, of one type or of all. */
  edgesTo(uid: string, type?: EdgeType): Edge[] {
    return this.#types(type).flatMap((each) => [...this.#relations[each].edges.to(uid)]);
  }

  /** How many edges of a type arrive at an entity; costs nothing. */
  countTo(uid: string, type: EdgeType): number {
    return this.#relations[type].edges.countTo(uid);
  }

  #types(type: EdgeType | undefined): readonly EdgeType[] {
    return type === undefined ? EDGE_TYPES : [type];
  }

  #update(before: Entity | null, after: Entity | null): void {
    for (const type of EDGE_TYPES) {
      const { rule, edges, marked } = this.#relations[type];
      const mark = (from: string, to: string) => {
        marked.push(from, to);
      };
      if (before !== null && after === null) {
        for (const edge of edges.from(before.uid)) mark(edge.from, edge.to);
        for (const edge of edges.to(before.uid)) mark(edge.from, edge.to);
      }
      rule.update(before, after, this.#entities, mark);
    }
  }

  #settle({ rule, edges, marked }: Relation, delta: GraphDelta['edges']): void {
    for (let at = 0; at < marked.length; at += 2) {
      const from = marked[at] as string;
      const to = marked[at + 1] as string;
      const before = edges.get(from, to);
      const after = this.#evaluate(rule, from, to);
      if (before === undefined) {
        if (after === null) continue;
        edges.add(after);
        delta.added.push(after);
      } else if (after === null) {
        edges.remove(before);
        delta.removed.push(before);
      } else if (after.ready !== before.ready) {
        edges.remove(before);
        edges.add(after);
        delta.changed.push([before, after]);
      }
    }
    marked.length = 0;
  }

  #evaluate(rule: Rule, from: string, to: string): Edge | null {
    const source = this.#entities.get(from);
    const target = this.#entities.get(to);
    const answer = source === undefined || target === undefined ? null : rule.evaluate(source, target);
    return answer === null ? null : { type: rule.type, from, to, ready: answer.ready };
  }
}

function newRelations(): Record<EdgeType, Relation> {
  const relation = (rule: Rule): Relation => ({ rule, edges: new EdgeSet(), marked: [] });
  return {
    owner: relation(new OwnerRule()),
    placement: relation(new PlacementRule()),
    selection: relation(new SelectionRule()),
  };
}
