import { Digest, type Entity } from '@portolan/shared';

/** How many entities a kind has in a namespace (`""` for cluster-scoped kinds), and their digest. */
export interface PlaceTally {
  namespace: string;
  count: number;
  digest: Digest;
}

interface Place {
  byName: Map<string, Entity>;
  digest: Digest;
}

/** The entities of one kind by uid, and by namespace and name. It has no opinion of what may take whose place. */
export class Places {
  readonly byUid = new Map<string, Entity>();
  #places = new Map<string, Place>();

  /** The entity of a name; null when there is none. */
  find(namespace: string, name: string): Entity | null {
    return this.#places.get(namespace)?.byName.get(name) ?? null;
  }

  /** Takes an entity in; the one with its uid must have been taken out. */
  put(entity: Entity): void {
    this.byUid.set(entity.uid, entity);
    let place = this.#places.get(entity.namespace);
    if (place === undefined) {
      place = { byName: new Map(), digest: new Digest() };
      this.#places.set(entity.namespace, place);
    }
    place.byName.set(entity.name, entity);
    place.digest.add(entity.uid, entity.version);
  }

  /** Takes an entity out that is held. */
  drop(entity: Entity): void {
    this.byUid.delete(entity.uid);
    const place = this.#places.get(entity.namespace);
    if (place === undefined) return;
    if (place.byName.get(entity.name) === entity) place.byName.delete(entity.name);
    place.digest.remove(entity.uid, entity.version);
    if (place.byName.size === 0) this.#places.delete(entity.namespace);
  }

  *tallies(): Iterable<PlaceTally> {
    for (const [namespace, { byName, digest }] of this.#places) yield { namespace, count: byName.size, digest };
  }
}
