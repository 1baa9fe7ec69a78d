/** Ascending, as etcd orders the bytes of its keys. */
const ascending = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * A map whose values come out in the order of their keys. The order is brought up to date when it is asked for: keys that
 * came since are sorted among themselves and merged, so that neither a load of many nor a list after each write sorts all.
 */
export class OrderedMap<T> {
  readonly #entries = new Map<string, T>();
  #sorted: string[] = [];
  #fresh: string[] = [];
  #stale = false;

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  set(key: string, value: T): void {
    if (!this.#entries.has(key)) this.#fresh.push(key);
    this.#entries.set(key, value);
  }

  delete(key: string): void {
    if (this.#entries.delete(key)) this.#stale = true;
  }

  /** Some value, in constant time; undefined when there is none. */
  any(): T | undefined {
    return this.#entries.values().next().value;
  }

  /** The keys in order; the array is the map's own. */
  keys(): readonly string[] {
    if (this.#fresh.length > 0 || this.#stale) this.#settle();
    return this.#sorted;
  }

  /** How many keys stand at or before `key`. */
  rank(key: string): number {
    const keys = this.keys();
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[middle] ?? '') <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Appends the values in order of their keys. */
  appendTo(values: T[]): void {
    for (const key of this.keys()) {
      const value = this.#entries.get(key);
      if (value !== undefined) values.push(value);
    }
  }

  /** The values in order of their keys; the array is the caller's. */
  values(): T[] {
    const values: T[] = [];
    this.appendTo(values);
    return values;
  }

  #settle(): void {
    const fresh = this.#fresh.sort(ascending);
    const merged: string[] = [];
    // A key that went and came back stands in both.
    const take = (key: string) => {
      if (this.#entries.has(key) && merged.at(-1) !== key) merged.push(key);
    };
    let next = 0;
    for (const key of this.#sorted) {
      for (let other = fresh[next]; other !== undefined && other < key; other = fresh[next]) {
        take(other);
        next += 1;
      }
      take(key);
    }
    for (; next < fresh.length; next++) take(fresh[next] ?? '');
    this.#sorted = merged;
    this.#fresh = [];
    this.#stale = false;
  }
}
