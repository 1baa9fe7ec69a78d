import type { Entity } from '@portolan/shared';

/**
 * Gives an entity the very values of the one that it replaces, wherever they are equal. A snapshot brings labels, owners and
 * images once for all that have them, a change brings them each time: kept so, a pod that changed once would hold ten times as much.
 */
export function shareWith(before: Entity, after: Entity): void {
  const from = before as Readonly<Record<string, unknown>>;
  const to = after as Record<string, unknown>;
  for (const field of Object.keys(to)) if (equal(from[field], to[field])) to[field] = from[field];
}

/** Whether two values of JSON are equal. */
function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && equal(left[key], right[key]));
}
