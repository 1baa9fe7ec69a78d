/**
 * The first `room` of all in an order, in that order: in one pass, without sorting what is left out. `order` is as for
 * `Array.sort`.
 */
export function firstOf<T>(all: Iterable<T>, room: number, order: (a: T, b: T) => number): T[] {
  const first: T[] = [];
  for (const one of all) {
    let at = first.length;
    while (at > 0 && order(one, first[at - 1] as T) < 0) at -= 1;
    if (at === room) continue;
    first.splice(at, 0, one);
    if (first.length > room) first.pop();
  }
  return first;
}
