import type { KubeObject } from '@portolan/shared';
import { type Index, indexOf } from './indices.ts';
import type { ObjectRef } from './kinds.ts';
import { OrderedMap } from './ordered-map.ts';

/** `namespace/name`; without a namespace it begins with the slash. */
export const refKey = ({ namespace, name }: ObjectRef): string => `${namespace ?? ''}/${name}`;

/** One index at work: the objects under each of its values. */
interface Buckets {
  of: Index;
  byValue: Map<string, OrderedMap<KubeObject>>;
}

/**
 * The objects of one resource, by namespace and name, in the order of etcd's keys. An index is made of what is there when
 * it is first asked for, and kept from then on; its objects come in the same order.
 */
export class Collection {
  readonly #key: string;
  readonly #namespaces = new Map<string, OrderedMap<KubeObject>>();
  readonly #indices = new Map<string, Buckets>();
  #size = 0;

  /** `key` is the storage key, by which the indices are declared. */
  constructor(key: string) {
    this.#key = key;
  }

  get size(): number {
    return this.#size;
  }

  get({ namespace, name }: ObjectRef): KubeObject | undefined {
    return this.#namespaces.get(namespace ?? '')?.get(name);
  }

  /** Those of one namespace, or all. The array is the caller's. */
  list(namespace?: string): KubeObject[] {
    if (namespace !== undefined) return this.#namespaces.get(namespace)?.values() ?? [];
    const objects: KubeObject[] = [];
    for (const [, place] of this.#places()) place.appendTo(objects);
    return objects;
  }

  /**
   * Those after `after` (a key as `refKey` writes it; empty for all) in order, of one namespace or all. To be read before the
   * next write.
   */
  *after(after: string, namespace?: string): Generator<KubeObject> {
    for (const [name, place] of this.#places(namespace)) {
      const start = rankIn(name, place, after);
      const keys = place.keys();
      for (let index = start; index < keys.length; index++) {
        const object = place.get(keys[index] ?? '');
        if (object) yield object;
      }
    }
  }

  /** How many `after` gives. */
  countAfter(after: string, namespace?: string): number {
    let count = 0;
    for (const [name, place] of this.#places(namespace)) count += place.size - rankIn(name, place, after);
    return count;
  }

  /** Those that an index has under a value. The array is the caller's. */
  by(index: string, value: string): KubeObject[] {
    return this.#buckets(index).byValue.get(value)?.values() ?? [];
  }

  /** Some object that an index has under a value, in constant time. */
  anyBy(index: string, value: string): KubeObject | undefined {
    return this.#buckets(index).byValue.get(value)?.any();
  }

  /** How many an index has under a value. */
  countBy(index: string, value: string): number {
    return this.#buckets(index).byValue.get(value)?.size ?? 0;
  }

  set(object: KubeObject, previous: KubeObject | undefined): void {
    const { namespace = '', name } = object.metadata;
    const place = this.#namespaces.get(namespace) ?? new OrderedMap();
    this.#namespaces.set(namespace, place);
    place.set(name, object);
    if (!previous) this.#size += 1;
    for (const buckets of this.#indices.values()) {
      const values = buckets.of(object);
      if (previous) leave(buckets, previous, values);
      enter(buckets, object, values);
    }
  }

  delete(previous: KubeObject): void {
    const { namespace = '', name } = previous.metadata;
    const place = this.#namespaces.get(namespace);
    place?.delete(name);
    if (place?.size === 0) this.#namespaces.delete(namespace);
    this.#size -= 1;
    for (const buckets of this.#indices.values()) leave(buckets, previous, []);
  }

  /** The namespaces with their objects, or the one that is asked for. */
  #places(namespace?: string): [string, OrderedMap<KubeObject>][] {
    if (namespace !== undefined) {
      const place = this.#namespaces.get(namespace);
      return place ? [[namespace, place]] : [];
    }
    // The slash takes part in the order: etcd has `a-b/x` before `a/x`.
    return [...this.#namespaces].sort(([a], [b]) => (`${a}/` < `${b}/` ? -1 : 1));
  }

  #buckets(index: string): Buckets {
    const known = this.#indices.get(index);
    if (known) return known;
    const buckets: Buckets = { of: indexOf(this.#key, index), byValue: new Map() };
    this.#indices.set(index, buckets);
    for (const place of this.#namespaces.values()) {
      for (const object of place.values()) enter(buckets, object, buckets.of(object));
    }
    return buckets;
  }
}

/** How many of a namespace's objects stand at or before a key. */
function rankIn(namespace: string, place: OrderedMap<KubeObject>, after: string): number {
  const prefix = `${namespace}/`;
  if (after.startsWith(prefix)) return place.rank(after.slice(prefix.length));
  return prefix < after ? place.size : 0;
}

function enter({ byValue }: Buckets, object: KubeObject, values: readonly string[]): void {
  for (const value of values) {
    const bucket = byValue.get(value) ?? new OrderedMap();
    byValue.set(value, bucket);
    bucket.set(refKey(object.metadata), object);
  }
}

/** Takes an object out from under the values it no longer has. */
function leave({ of, byValue }: Buckets, previous: KubeObject, kept: readonly string[]): void {
  for (const value of of(previous)) {
    if (kept.includes(value)) continue;
    const bucket = byValue.get(value);
    bucket?.delete(refKey(previous.metadata));
    if (bucket?.size === 0) byValue.delete(value);
  }
}
