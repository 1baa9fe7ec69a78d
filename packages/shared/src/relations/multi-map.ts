/** Sets by key; a key without members is forgotten. */
export class MultiMap<K, V> {
  #sets = new Map<K, Set<V>>();

  add(key: K, value: V): void {
    const set = this.#sets.get(key);
    if (set === undefined) this.#sets.set(key, new Set([value]));
    else set.add(value);
  }

  remove(key: K, value: V): void {
    const set = this.#sets.get(key);
    if (set?.delete(value) && set.size === 0) this.#sets.delete(key);
  }

  get(key: K): Iterable<V> {
    return this.#sets.get(key) ?? [];
  }

  has(key: K, value: V): boolean {
    return this.#sets.get(key)?.has(value) === true;
  }
}
