/** Random numbers in [0, 1) from a seed (mulberry32, Tommy Ettinger's public-domain generator). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of several, by chance. */
export function pick<T>(next: () => number, values: readonly T[]): T {
  const value = values[Math.floor(next() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** A copy in an order by chance (Fisher and Yates). */
export function shuffled<T>(next: () => number, values: readonly T[]): T[] {
  const rest = [...values];
  const out: T[] = [];
  while (rest.length > 0) out.push(...rest.splice(Math.floor(next() * rest.length), 1));
  return out;
}
