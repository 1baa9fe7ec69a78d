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
  const [left, right] = [Object.entries(a), Object.entries(b)];
  const others = new Map(right);
  return left.length === right.length && left.every(([key, value]) => sameShape(value, others.get(key)));
}
