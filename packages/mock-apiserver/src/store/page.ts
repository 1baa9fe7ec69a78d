import type { KubeObject } from '@portolan/shared';
import { type Collection, refKey } from './collection.ts';
import type { StoreEvent } from './history.ts';

/** Which part of a list: of one namespace or all, after a key (as `refKey` writes it), at most so many that `accepts` takes. */
export interface PageOptions {
  namespace?: string | undefined;
  after?: string | undefined;
  /** None, or 0, is all. */
  limit?: number | undefined;
  accepts?: ((object: KubeObject) => boolean) | undefined;
}

/** A part of a list, the key it went up to, and how many objects, accepted or not, come after. */
export interface Page<T> {
  items: T[];
  last: string;
  remaining: number;
}

/** What stood before some writes: by key the object of then, undefined where there was none. */
function thenOf(
  later: readonly StoreEvent[],
  { namespace, after = '' }: PageOptions,
): Map<string, KubeObject | undefined> {
  const then = new Map<string, KubeObject | undefined>();
  for (const { object, previous } of later) {
    if (namespace !== undefined && object.metadata.namespace !== namespace) continue;
    const key = refKey(object.metadata);
    if (key > after && !then.has(key)) then.set(key, previous);
  }
  return then;
}

/** The objects of then, in order: those of today with the writes since taken back. */
function* walk(
  objects: Collection,
  then: ReadonlyMap<string, KubeObject | undefined>,
  gone: readonly string[],
  { namespace, after = '' }: PageOptions,
): Generator<[key: string, object: KubeObject]> {
  let next = 0;
  for (const object of objects.after(after, namespace)) {
    const key = refKey(object.metadata);
    for (let other = gone[next]; other !== undefined && other < key; other = gone[next]) {
      const before = then.get(other);
      if (before) yield [other, before];
      next += 1;
    }
    const before = then.has(key) ? then.get(key) : object;
    if (before) yield [key, before];
  }
  for (const other of gone.slice(next)) {
    const before = then.get(other);
    if (before) yield [other, before];
  }
}

/** A page of the list that stood before the writes `later`. Costs what it gives and what was written since. */
export function pageOf(objects: Collection, later: readonly StoreEvent[], options: PageOptions): Page<KubeObject> {
  const { namespace, after = '', limit = 0, accepts = () => true } = options;
  const then = thenOf(later, options);
  const gone: string[] = [];
  const born: string[] = [];
  for (const [key, before] of then) {
    const slash = key.indexOf('/');
    const today = objects.get({ namespace: key.slice(0, slash), name: key.slice(slash + 1) });
    if (before && !today) gone.push(key);
    if (!before && today) born.push(key);
  }
  gone.sort();
  const items: KubeObject[] = [];
  let last = after;
  for (const [key, object] of walk(objects, then, gone, options)) {
    last = key;
    if (accepts(object)) items.push(object);
    if (limit > 0 && items.length >= limit) {
      const beyond = (keys: readonly string[]) => keys.filter((other) => other > last).length;
      return { items, last, remaining: objects.countAfter(last, namespace) + beyond(gone) - beyond(born) };
    }
  }
  return { items, last, remaining: 0 };
}
