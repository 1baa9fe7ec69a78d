import type { Change } from '../change.ts';
import type { Entity, EntityOf, Kind } from '../entity/entity.ts';
import type { Counts } from '../protocol.ts';
import { EDGE_TYPES, type Edge, type EdgeType } from './edge.ts';
import { EntityIndex } from './entity-index.ts';
import { OwnerRule } from './owner.ts';
import { PlacementRule } from './placement.ts';
import type { Mark, Rule } from './rule.ts';
import { SelectionRule } from './selection.ts';
import { edgeBetween, join, part, type Vertex } from './vertex.ts';

/** What one change did to entities and edges. `updated` and `changed` hold `[from, to]`. */
export interface GraphDelta {
  added: Entity[];
  updated: [Entity, Entity][];
  removed: Entity[];
  edges: { added: Edge[]; changed: [Edge, Edge][]; removed: Edge[] };
}

interface Relation {
  rule: Rule;
  mark: Mark;
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
  /** What was removed by the change under way: it still has its edges. */
  #gone = new Map<string, Vertex>();

  /** Applies a change: first its removes, then its upserts. An upsert at the version already held does nothing. */
  apply(change: Change): GraphDelta {
    const delta: GraphDelta = { added: [], updated: [], removed: [], edges: { added: [], changed: [], removed: [] } };
    for (const { uid } of change.removes) {
      const vertex = this.#entities.remove(uid);
      if (vertex === undefined) continue;
      this.#gone.set(uid, vertex);
      delta.removed.push(vertex.entity);
      this.#markAll(vertex);
      this.#update(vertex.entity, null);
    }
    for (const entity of change.upserts) {
      const vertex = this.#entities.vertex(entity.uid);
      const before = vertex?.entity ?? null;
      if (before?.version === entity.version) continue;
      this.#entities.put(entity, vertex ?? this.#gone.get(entity.uid));
      if (before === null) delta.added.push(entity);
      else delta.updated.push([before, entity]);
      this.#update(before, entity);
    }
    for (const type of EDGE_TYPES) this.#settle(this.#relations[type], delta.edges);
    this.#gone.clear();
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
    const vertex = this.#entities.vertex(uid);
    return vertex === undefined ? [] : this.#types(type).flatMap((each) => [...vertex.from(each)]);
  }

  /** The edges that arrive at an entity, of one type or of all. */
  edgesTo(uid: string, type?: EdgeType): Edge[] {
    const vertex = this.#entities.vertex(uid);
    return vertex === undefined ? [] : this.#types(type).flatMap((each) => [...vertex.to(each)]);
  }

  /** How many edges of a type arrive at an entity; costs nothing. */
  countTo(uid: string, type: EdgeType): number {
    return this.#entities.vertex(uid)?.countTo(type) ?? 0;
  }

  #types(type: EdgeType | undefined): readonly EdgeType[] {
    return type === undefined ? EDGE_TYPES : [type];
  }

  #markAll(vertex: Vertex): void {
    for (const type of EDGE_TYPES) {
      const { marked } = this.#relations[type];
      for (const { from, to } of vertex.from(type)) marked.push(from, to);
      for (const { from, to } of vertex.to(type)) marked.push(from, to);
    }
  }

  #update(before: Entity | null, after: Entity | null): void {
    for (const type of EDGE_TYPES) {
      const { rule, mark } = this.#relations[type];
      rule.update(before, after, this.#entities, mark);
    }
  }

  #settle({ rule, marked }: Relation, delta: GraphDelta['edges']): void {
    for (let at = 0; at < marked.length; at += 2) {
      const source = this.#vertex(marked[at] as string);
      const target = this.#vertex(marked[at + 1] as string);
      if (source === undefined || target === undefined) continue;
      const before = edgeBetween(rule.type, source, target);
      const after = evaluate(rule, source, target);
      if (before === undefined) {
        if (after === null) continue;
        join(after, source, target);
        delta.added.push(after);
      } else if (after === null) {
        part(before, source, target);
        delta.removed.push(before);
      } else if (after.ready !== before.ready) {
        part(before, source, target);
        join(after, source, target);
        delta.changed.push([before, after]);
      }
    }
    marked.length = 0;
  }

  #vertex(uid: string): Vertex | undefined {
    return this.#entities.vertex(uid) ?? this.#gone.get(uid);
  }
}

function evaluate(rule: Rule, source: Vertex, target: Vertex): Edge | null {
  if (!source.there || !target.there) return null;
  const answer = rule.evaluate(source.entity, target.entity);
  return answer && { type: rule.type, from: source.entity.uid, to: target.entity.uid, ready: answer.ready };
}

function newRelations(): Record<EdgeType, Relation> {
  const relation = (rule: Rule): Relation => {
    const marked: string[] = [];
    return { rule, marked, mark: (from, to) => void marked.push(from, to) };
  };
  return {
    owner: relation(new OwnerRule()),
    placement: relation(new PlacementRule()),
    selection: relation(new SelectionRule()),
  };
}
