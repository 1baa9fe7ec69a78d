import type { Json } from '@portolan/shared';
import { isObject } from './json.ts';

/** What tells an item of a list from the others: the value of its merge key, or itself where there is none. */
export function identity(item: Json, key: string): string {
  return JSON.stringify((key !== '' && isObject(item) ? item[key] : item) ?? null);
}

/** The place of each item of a list, the first of those that are the same. */
export function places(list: readonly Json[], key: string): Map<string, number> {
  const found = new Map<string, number>();
  list.forEach((item, index) => {
    const name = identity(item, key);
    if (!found.has(name)) found.set(name, index);
  });
  return found;
}

/** An item with its places in the order that is wanted and in the live one; infinite where it stands in neither. */
interface Placed {
  item: Json;
  wanted: number;
  live: number;
}

/**
 * The items of a merged list in order (strategicpatch `normalizeElementOrder`): those that `wanted` names in its order,
 * the others in that of `live`; one of these goes before the first wanted item that it stood before, else to the end.
 */
export function inOrder(items: readonly Json[], wanted: readonly Json[], live: readonly Json[], key: string): Json[] {
  const [wantedPlaces, livePlaces] = [places(wanted, key), places(live, key)];
  const placed = items.map((item): Placed => {
    const name = identity(item, key);
    const nowhere = Number.POSITIVE_INFINITY;
    return { item, wanted: wantedPlaces.get(name) ?? nowhere, live: livePlaces.get(name) ?? nowhere };
  });
  const named = placed.filter((each) => Number.isFinite(each.wanted)).sort((a, b) => a.wanted - b.wanted);
  // Equal places keep their order; the difference of two infinities is no number.
  const others = placed.filter((each) => !Number.isFinite(each.wanted)).sort((a, b) => a.live - b.live || 0);
  const merged: Json[] = [];
  let next = 0;
  for (const theirs of named) {
    for (
      let ours = others[next];
      ours && Number.isFinite(theirs.live) && ours.live < theirs.live;
      ours = others[next]
    ) {
      merged.push(ours.item);
      next += 1;
    }
    merged.push(theirs.item);
  }
  return [...merged, ...others.slice(next).map(({ item }) => item)];
}
