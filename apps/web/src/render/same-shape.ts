/**
 * True when two shapes would be drawn alike: equal in every field, arrays and plain objects compared by what they hold.
 * Shapes are made anew for every scene, and most of them have not changed.
 */
export function sameShape(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameShape(item, b[index]));
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  let fields = 0;
  for (const key in left) {
    if (!sameShape(left[key], right[key])) return false;
    fields += 1;
  }
  for (const _ in right) fields -= 1;
  return fields === 0;
}
