/** What is drawn for one object of a seed: the same whenever it is made, in whatever order. */
export interface Draw {
  /** In [0, 1). */
  next(): number;
  /** A whole number below `n`. */
  below(n: number): number;
  /** A UUID of version 4, as the apiserver gives. */
  uuid(): string;
  /** Characters of the apiserver's alphabet for generated names, without vowels and what is mistaken. */
  suffix(length: number): string;
}

// apimachinery, `pkg/util/rand`.
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** The draw of one object, by a number of its kind and its own. */
export function drawOf(kind: number, index: number): Draw {
  // mulberry32, begun apart for each object by the finaliser of MurmurHash3, which takes no two to the same.
  let state = (index + kind * 0x2000_0000) | 0;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  state ^= state >>> 16;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  const hex = (digits: number) =>
    below(16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return {
    next,
    below,
    uuid: () => `${hex(4)}${hex(4)}-${hex(4)}-4${hex(3)}-${'89ab'[below(4)]}${hex(3)}-${hex(4)}${hex(4)}${hex(4)}`,
    suffix: (length) => Array.from({ length }, () => ALPHABET[below(ALPHABET.length)]).join(''),
  };
}
