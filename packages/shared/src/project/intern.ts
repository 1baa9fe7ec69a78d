/** How many distinct values are shared before the table starts anew; labels and images rarely come near it. */
const LIMIT = 20_000;

const shared = new Map<string, unknown>();

/**
 * One object for all equal ones, compared as JSON: the pods of a ReplicaSet then share their labels, owner and images.
 * What it returns is shared and must not be written to.
 */
export function intern<T extends object>(value: T): T {
  const key = JSON.stringify(value);
  const known = shared.get(key);
  if (known !== undefined) return known as T;
  if (shared.size >= LIMIT) shared.clear();
  shared.set(key, value);
  return value;
}
