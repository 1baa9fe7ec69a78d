/**
 * Numbered places. Who takes one keeps it until it is left; a newcomer gets the lowest that is free. `items` holds who
 * stands where, -1 where nobody does, and ends with the last that is taken.
 */
export class Places {
  readonly items: number[] = [];
  #taken = 0;
  /** A heap, lowest first; it may hold places that were taken since or that are beyond the end. */
  readonly #free: number[] = [];

  /** How many places are taken. */
  get taken(): number {
    return this.#taken;
  }

  /** Gives the lowest free place to an item, a number from 0 on, and answers it. */
  take(item: number): number {
    this.#taken += 1;
    for (let place = pop(this.#free); place !== undefined; place = pop(this.#free)) {
      if (this.items[place] !== -1) continue;
      this.items[place] = item;
      return place;
    }
    return this.items.push(item) - 1;
  }

  /** Frees a place that is taken. */
  leave(place: number): void {
    this.#taken -= 1;
    this.items[place] = -1;
    push(this.#free, place);
    while (this.items.at(-1) === -1) this.items.pop();
    if (this.items.length === 0) this.#free.length = 0;
  }
}

function push(heap: number[], value: number): void {
  let at = heap.push(value) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above] as number;
    if (parent <= value) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = value;
}

function pop(heap: number[]): number | undefined {
  const least = heap[0];
  const last = heap.pop();
  if (least === undefined || last === undefined || heap.length === 0) return least;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child += 1;
    const below = heap[child] as number;
    if (below >= last) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
  return least;
}
