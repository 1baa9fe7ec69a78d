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
    this.#count(uid, version, 1);
  }

  /** Counts an entity out that was counted in at this version. */
  remove(uid: string, version: string): void {
    this.#count(uid, version, -1);
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

  /** Both lanes over `uid@version` at once; the text itself need not be made. */
  #count(uid: string, version: string, sign: 1 | -1): void {
    let low = 0x811c9dc5;
    let high = 0x050c5d1f;
    for (let i = 0; i < uid.length; i++) {
      const code = uid.charCodeAt(i);
      low = Math.imul(low ^ code, PRIME);
      high = Math.imul(high ^ code, PRIME);
    }
    low = Math.imul(low ^ AT, PRIME);
    high = Math.imul(high ^ AT, PRIME);
    for (let i = 0; i < version.length; i++) {
      const code = version.charCodeAt(i);
      low = Math.imul(low ^ code, PRIME);
      high = Math.imul(high ^ code, PRIME);
    }
    this.#low = (this.#low + sign * mixed(low)) >>> 0;
    this.#high = (this.#high + sign * mixed(high)) >>> 0;
  }
}

const PRIME = 0x01000193;
const AT = '@'.charCodeAt(0);

/** FNV's low bits mix poorly over short keys; this is the finaliser of MurmurHash3. */
function mixed(hash: number): number {
  let mix = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
