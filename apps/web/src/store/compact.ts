import { type Entity, intern } from '@portolan/shared';

type Fields = Readonly<Record<string, unknown>>;

/**
 * An entity that a change brought, as one holds it for long: equal to what came, with the very values of the one that it
 * replaces wherever they are equal, and with labels, owners and images that others have shared with them. A snapshot brings
 * those once for all, a change brings them each time; and what a parser made field by field is a table of its own, at
 * three times the size of its copy.
 */
export function compact(after: Entity, before: Entity | undefined): Entity {
  const kept: Record<string, unknown> = { ...after };
  const old: Fields = before?.kind === after.kind ? before : {};
  for (const [field, value] of Object.entries(after)) {
    if (equal(old[field], value)) kept[field] = old[field];
    else if (typeof value === 'object' && value !== null) kept[field] = intern(value);
  }
  return kept as Entity;
}

/** Whether two values of JSON are equal. */
function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Fields, b as Fields];
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && equal(left[key], right[key]));
}
