/** A copy in an order by chance (Fisher and Yates). */
export function shuffled<T>(next: () => number, values: readonly T[]): T[] {
  const rest = [...values];
  const out: T[] = [];
  while (rest.length > 0) out.push(...rest.splice(Math.floor(next() * rest.length), 1));
  return out;
}
