/** How many distinct values are shared before the table starts anew; labels and images rarely come near it. */
const LIMIT = 20_000;

/** An engine that parses shares texts as short as this by itself (V8, `JsonParser`). */
const SHORT = 10;

const shared = new Map<string, unknown>();
const texts = new Map<string, string>();

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

/** One text for all equal ones: each that was parsed is a copy of its own, such as the node's name in each of its pods. */
export function internText<T extends string>(text: T): T {
  if (text.length <= SHORT) return text;
  const known = texts.get(text);
  if (known !== undefined) return known as T;
  if (texts.size >= LIMIT) texts.clear();
  texts.set(text, text);
  return text;
}

/**
 * Interns what one field of many objects holds, flat objects or lists: a list of a ReplicaSet's pods has the same again and
 * again, which is known without a look at the table.
 */
export function interner<T extends object>(): (value: T) => T {
  let last: T | null = null;
  return (value) => {
    if (last === null || !isSame(last, value)) last = intern(value);
    return last;
  };
}

/** Equal in every field, in the same order; what is an object in them is not looked into. */
function isSame(a: object, b: object): boolean {
  const left = Object.keys(a);
  const right = Object.keys(b);
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) {
    const key = left[at] as keyof typeof a;
    if (key !== right[at] || a[key] !== b[key]) return false;
  }
  return true;
}
