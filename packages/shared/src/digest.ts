/**
 * An order-independent digest over (uid, version): equal sets give equal digests, and one entity more, less or at
 * another version gives another. Kept by adding and subtracting, so a change costs O(1).
 *
 * Two 32-bit lanes of FNV-1a, summed modulo 2^32 (a multiset hash as in Clarke et al., "Incremental Multiset Hash
 * Functions", 2003). It guards against faults, not against an adversary.
 */
export class Digest {
  #low = 0;
  #high = 0;

  /** Counts an entity in. */
  add(uid: string, version: string): void {
    const key = `${uid}@${version}`;
    this.#low = (this.#low + fnv1a(key, 0x811c9dc5)) >>> 0;
    this.#high = (this.#high + fnv1a(key, 0x050c5d1f)) >>> 0;
  }

  /** Counts an entity out that was counted in at this version. */
  remove(uid: string, version: string): void {
    const key = `${uid}@${version}`;
    this.#low = (this.#low - fnv1a(key, 0x811c9dc5)) >>> 0;
    this.#high = (this.#high - fnv1a(key, 0x050c5d1f)) >>> 0;
  }

  /** Counts in all that another has counted. */
  merge(other: Digest): void {
    this.#low = (this.#low + other.#low) >>> 0;
    this.#high = (this.#high + other.#high) >>> 0;
  }

  /** Sixteen hexadecimal digits. */
  toString(): string {
    return this.#high.toString(16).padStart(8, '0') + this.#low.toString(16).padStart(8, '0');
  }
}

function fnv1a(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  // FNV's low bits mix poorly over short keys; this is the finaliser of MurmurHash3.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
