const SHARDS = 16;

/**
 * A map by string that many entries do not make slow for a moment: a `Map` doubles by entering everything again, which
 * for a quarter of a million entries takes as long as two frames; here a sixteenth does at a time. It has no order.
 */
export class ShardedMap<V> {
  readonly #shards = Array.from({ length: SHARDS }, () => new Map<string, V>());
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    return this.#shardOf(key).get(key);
  }

  set(key: string, value: V): void {
    const shard = this.#shardOf(key);
    const before = shard.size;
    shard.set(key, value);
    this.#size += shard.size - before;
  }

  /** Whether it was there. */
  delete(key: string): boolean {
    const was = this.#shardOf(key).delete(key);
    if (was) this.#size -= 1;
    return was;
  }

  /** By the end of the key, where uids and names of siblings differ. */
  #shardOf(key: string): Map<string, V> {
    const end = key.length;
    const mixed = end > 2 ? key.charCodeAt(end - 1) + 5 * key.charCodeAt(end - 2) + 25 * key.charCodeAt(end - 3) : end;
    return this.#shards[mixed % SHARDS] as Map<string, V>;
  }
}
