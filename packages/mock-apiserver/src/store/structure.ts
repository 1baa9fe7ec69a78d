type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Sets a field as JSON.parse does: one named `__proto__` is a field like any other. */
export function setField(target: Fields, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

/** A deep copy of JSON data; fields that are undefined are left out. Several times as fast as `structuredClone`. */
export function copyOf<T>(value: T): T {
  return copied(value) as T;
}

function copied(value: unknown): unknown {
  if (!isFields(value)) return value;
  if (Array.isArray(value)) return value.map(copied);
  const copy: Fields = {};
  for (const key in value) {
    const field = value[key];
    if (field === undefined) continue;
    if (isFields(field)) setField(copy, key, copied(field));
    else setField(copy, key, field);
  }
  return copy;
}

/**
 * `next` with every part that equals its counterpart in `previous` replaced by that counterpart; `previous` itself when
 * nothing differs. An undefined field counts as absent. What is still shared need not be compared again, nor kept twice.
 * Changes the containers of `next` in place, so they must be the caller's own.
 */
export function share<T>(previous: T | undefined, next: T): T {
  return shared(previous, next) as T;
}

function shared(previous: unknown, next: unknown): unknown {
  if (previous === next) return previous;
  if (!isFields(previous) || !isFields(next)) return next;
  if (Array.isArray(next)) return Array.isArray(previous) ? sharedItems(previous, next) : next;
  if (Array.isArray(previous)) return next;
  let same = true;
  let fields = 0;
  for (const key in next) {
    const value = next[key];
    if (value === undefined) continue;
    fields += 1;
    const before = Object.hasOwn(previous, key) ? previous[key] : undefined;
    if (before === value) continue;
    const kept = shared(before, value);
    if (kept !== before) same = false;
    if (kept !== value && !Object.isFrozen(next)) setField(next, key, kept);
  }
  if (!same) return next;
  for (const key in previous) if (previous[key] !== undefined) fields -= 1;
  return fields === 0 ? previous : next;
}

function sharedItems(previous: unknown[], next: unknown[]): unknown[] {
  let same = previous.length === next.length;
  const open = !Object.isFrozen(next);
  for (let index = 0; index < next.length; index++) {
    const before = previous[index];
    const kept = shared(before, next[index]);
    if (kept !== before) same = false;
    if (open && kept !== next[index]) next[index] = kept;
  }
  return same ? previous : next;
}

/** Freezes `value` all the way down, so that a later change to what is shared throws; what is frozen already is not entered. */
export function freeze<T>(value: T): T {
  if (isFields(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key in value) freeze(value[key]);
  }
  return value;
}

/** What a field costs beside its text, in bytes: about a pointer and its share of the container. */
const FIELD_BYTES = 16;

/** Roughly the bytes that `value` holds and `previous` does not: parts that both share weigh nothing. */
export function weigh(value: unknown, previous?: unknown): number {
  if (value === previous) return 0;
  if (typeof value === 'string') return FIELD_BYTES + value.length;
  if (!isFields(value)) return FIELD_BYTES;
  const before: Fields = isFields(previous) ? previous : {};
  let bytes = FIELD_BYTES;
  for (const key in value) bytes += FIELD_BYTES + weigh(value[key], before[key]);
  return bytes;
}
