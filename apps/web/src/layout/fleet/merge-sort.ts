/** As many as are sorted, or merged, at a stretch. */
const STRETCH = 1_024;

/** The items in order, made in pieces; of equals the earlier comes first. */
export function* mergeSort<T>(items: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += STRETCH) {
    runs.push(items.slice(at, at + STRETCH).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(left: T[], right: T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  const merged: T[] = [];
  let from = 0;
  for (const item of left) {
    while (from < right.length && compare(right[from] as T, item) < 0) merged.push(right[from++] as T);
    if (merged.push(item) % STRETCH === 0) yield;
  }
  for (const item of right.slice(from)) merged.push(item);
  return merged;
}
