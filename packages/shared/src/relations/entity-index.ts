import { Digest } from '../digest.ts';
import { type Entity, type EntityOf, KINDS, type Kind } from '../entity/entity.ts';
import type { Counts } from '../protocol.ts';
import { ShardedMap } from './sharded-map.ts';
import { Vertex } from './vertex.ts';

/** The entities of one kind in one namespace. */
interface Place {
  byUid: Map<string, Entity>;
  byName: Map<string, Entity>;
}

/** The entities of one kind. */
interface OneKind {
  byUid: Map<string, Entity>;
  places: Map<string, Place>;
}

/**
 * Entities by uid, by kind, by kind and namespace, and by name, with their digest. What it finds them by are texts that they
 * have themselves: there are many, and a key for each would take more than its fields.
 */
export class EntityIndex {
  #byUid = new ShardedMap<Vertex>();
  #kinds = new Map<Kind, OneKind>();
  #digest = new Digest();

  /** Takes an entity in: at the vertex that it has, or had until now, else at a new one. */
  put(entity: Entity, vertex: Vertex | undefined): void {
    if (vertex?.there) this.#drop(vertex.entity);
    if (vertex === undefined || !vertex.there) this.#byUid.set(entity.uid, vertex ?? new Vertex(entity));
    if (vertex !== undefined) {
      vertex.entity = entity;
      vertex.there = true;
    }
    const kind = this.#kindOf(entity);
    kind.byUid.set(entity.uid, entity);
    const place = placeOf(kind, entity);
    place.byUid.set(entity.uid, entity);
    place.byName.set(entity.name, entity);
    this.#digest.add(entity.uid, entity.version);
  }

  /** Takes an entity out and returns its vertex, which still has its edges; undefined when it was not there. */
  remove(uid: string): Vertex | undefined {
    const vertex = this.#byUid.get(uid);
    if (vertex === undefined) return undefined;
    this.#byUid.delete(uid);
    vertex.there = false;
    this.#drop(vertex.entity);
    return vertex;
  }

  /** The vertex of an entity that is there. */
  vertex(uid: string): Vertex | undefined {
    return this.#byUid.get(uid);
  }

  get(uid: string): Entity | undefined {
    return this.#byUid.get(uid)?.entity;
  }

  all<K extends Kind>(kind: K): Iterable<EntityOf<K>> {
    return (this.#kinds.get(kind)?.byUid.values() ?? []) as Iterable<EntityOf<K>>;
  }

  inNamespace<K extends Kind>(kind: K, namespace: string): Iterable<EntityOf<K>> {
    return (this.#place(kind, namespace)?.byUid.values() ?? []) as Iterable<EntityOf<K>>;
  }

  find<K extends Kind>(kind: K, namespace: string, name: string): EntityOf<K> | undefined {
    return this.#place(kind, namespace)?.byName.get(name) as EntityOf<K> | undefined;
  }

  get size(): number {
    return this.#byUid.size;
  }

  count(kind: Kind, namespace?: string): number {
    const held = this.#kinds.get(kind);
    return (namespace === undefined ? held : held?.places.get(namespace))?.byUid.size ?? 0;
  }

  counts(): Counts {
    const counts: Counts = {};
    for (const kind of KINDS) if (this.#kinds.has(kind)) counts[kind] = this.count(kind);
    return counts;
  }

  digest(): string {
    return this.#digest.toString();
  }

  #drop(entity: Entity): void {
    const { uid } = entity;
    const kind = this.#kindOf(entity);
    kind.byUid.delete(uid);
    const place = placeOf(kind, entity);
    place.byUid.delete(uid);
    // The name may already belong to a successor with another uid.
    if (place.byName.get(entity.name) === entity) place.byName.delete(entity.name);
    if (place.byUid.size === 0) kind.places.delete(entity.namespace);
    this.#digest.remove(uid, entity.version);
  }

  #place(kind: Kind, namespace: string): Place | undefined {
    return this.#kinds.get(kind)?.places.get(namespace);
  }

  #kindOf({ kind }: Entity): OneKind {
    const known = this.#kinds.get(kind);
    if (known !== undefined) return known;
    const made: OneKind = { byUid: new Map(), places: new Map() };
    this.#kinds.set(kind, made);
    return made;
  }
}

function placeOf({ places }: OneKind, { namespace }: Entity): Place {
  const known = places.get(namespace);
  if (known !== undefined) return known;
  const made: Place = { byUid: new Map(), byName: new Map() };
  places.set(namespace, made);
  return made;
}
