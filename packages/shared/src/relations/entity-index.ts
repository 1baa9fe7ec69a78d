import { Digest } from '../digest.ts';
import { type Entity, type EntityOf, KINDS, type Kind } from '../entity/entity.ts';
import type { Counts } from '../protocol.ts';
import { ShardedMap } from './sharded-map.ts';

/** Entities by uid, by kind, by kind and namespace, and by name, with their digest. */
export class EntityIndex {
  #byUid = new ShardedMap<Entity>();
  #byKind = new Map<Kind, Map<string, Entity>>();
  #byNamespace = new Map<string, Map<string, Entity>>();
  #byName = new ShardedMap<string>();
  #digest = new Digest();

  /** Takes an entity in, in place of the one with its uid, which is returned. */
  put(entity: Entity): Entity | null {
    const before = this.remove(entity.uid);
    this.#byUid.set(entity.uid, entity);
    inner(this.#byKind, entity.kind).set(entity.uid, entity);
    inner(this.#byNamespace, placeOf(entity.kind, entity.namespace)).set(entity.uid, entity);
    this.#byName.set(nameOf(entity.kind, entity.namespace, entity.name), entity.uid);
    this.#digest.add(entity.uid, entity.version);
    return before;
  }

  /** Takes an entity out and returns it; null when it was not there. */
  remove(uid: string): Entity | null {
    const entity = this.#byUid.get(uid);
    if (entity === undefined) return null;
    this.#byUid.delete(uid);
    this.#byKind.get(entity.kind)?.delete(uid);
    const place = placeOf(entity.kind, entity.namespace);
    const inPlace = this.#byNamespace.get(place);
    if (inPlace?.delete(uid) && inPlace.size === 0) this.#byNamespace.delete(place);
    // The name may already belong to a successor with another uid.
    const name = nameOf(entity.kind, entity.namespace, entity.name);
    if (this.#byName.get(name) === uid) this.#byName.delete(name);
    this.#digest.remove(uid, entity.version);
    return entity;
  }

  get(uid: string): Entity | undefined {
    return this.#byUid.get(uid);
  }

  all<K extends Kind>(kind: K): Iterable<EntityOf<K>> {
    return (this.#byKind.get(kind)?.values() ?? []) as Iterable<EntityOf<K>>;
  }

  inNamespace<K extends Kind>(kind: K, namespace: string): Iterable<EntityOf<K>> {
    return (this.#byNamespace.get(placeOf(kind, namespace))?.values() ?? []) as Iterable<EntityOf<K>>;
  }

  find<K extends Kind>(kind: K, namespace: string, name: string): EntityOf<K> | undefined {
    const uid = this.#byName.get(nameOf(kind, namespace, name));
    return uid === undefined ? undefined : (this.#byUid.get(uid) as EntityOf<K> | undefined);
  }

  get size(): number {
    return this.#byUid.size;
  }

  count(kind: Kind): number {
    return this.#byKind.get(kind)?.size ?? 0;
  }

  counts(): Counts {
    const counts: Counts = {};
    for (const kind of KINDS) if (this.#byKind.has(kind)) counts[kind] = this.count(kind);
    return counts;
  }

  digest(): string {
    return this.#digest.toString();
  }
}

function placeOf(kind: Kind, namespace: string): string {
  return `${kind}/${namespace}`;
}

function nameOf(kind: Kind, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

function inner<K>(outer: Map<K, Map<string, Entity>>, key: K): Map<string, Entity> {
  const known = outer.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, Entity>();
  outer.set(key, made);
  return made;
}
