/** As many items as a block may hold; a fuller one is parted in two. */
const FULL = 512;
/** A block with fewer joins its neighbour, if that has room. */
const SPARSE = 128;

/**
 * Items in an order that leaves no two of them alike, in blocks: to put one in, take one out or find one costs a search
 * and the moving of half a block, however many there are. `compare` must be a total order, and say the same of two
 * items for as long as they are held.
 */
export class SortedList<T> {
  readonly #compare: (a: T, b: T) => number;
  /** None is empty. */
  readonly #blocks: T[][] = [];
  /** How many stand before each block; null until it is asked for. */
  #starts: number[] | null = null;
  #size = 0;
  /** The block that was looked into last: what comes in order, or nearly, is mostly found there. */
  #last = 0;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  /** Puts an item in, in the place of one that compares as it does. */
  put(item: T): void {
    const [which, within] = this.#find(item);
    const block = this.#blocks[which];
    if (block === undefined) this.#blocks.push([item]);
    else if (this.#holds(block, within, item)) {
      block[within] = item;
      return;
    } else {
      block.splice(within, 0, item);
      if (block.length > FULL) this.#blocks.splice(which + 1, 0, block.splice(FULL / 2));
    }
    this.#size += 1;
    this.#starts = null;
  }

  /** Takes out what compares as `item` does; whether there was any. */
  delete(item: T): boolean {
    const [which, within] = this.#find(item);
    const block = this.#blocks[which];
    if (block === undefined || !this.#holds(block, within, item)) return false;
    block.splice(within, 1);
    this.#size -= 1;
    this.#starts = null;
    if (block.length < SPARSE) this.#join(which, block);
    return true;
  }

  /** Whether there is one that compares as `item` does. */
  has(item: T): boolean {
    const [which, within] = this.#find(item);
    const block = this.#blocks[which];
    return block !== undefined && this.#holds(block, within, item);
  }

  /** How many stand before `item`, whether or not it is there itself. */
  rank(item: T): number {
    const [which, within] = this.#find(item);
    return (this.#startsNow()[which] ?? 0) + within;
  }

  /** The items from one index up to before another, as far as there are any. */
  slice(from: number, to: number): T[] {
    const items: T[] = [];
    const starts = this.#startsNow();
    let which = lastAtMost(starts, Math.max(0, from));
    for (; which < this.#blocks.length && (starts[which] ?? 0) < to; which += 1) {
      const start = starts[which] ?? 0;
      items.push(...(this.#blocks[which]?.slice(Math.max(0, from - start), to - start) ?? []));
    }
    return items;
  }

  /** The block in which an item is or would be, and its place there. */
  #find(item: T): [which: number, within: number] {
    const which = this.#covers(this.#last, item) ? this.#last : this.#search(item);
    this.#last = which;
    const block = this.#blocks[which] ?? [];
    let within = 0;
    let end = block.length;
    while (within < end) {
      const middle = (within + end) >> 1;
      if (this.#compare(block[middle] as T, item) < 0) within = middle + 1;
      else end = middle;
    }
    return [which, within];
  }

  /** Whether an item is in a block, or would be. */
  #covers(which: number, item: T): boolean {
    const block = this.#blocks[which];
    if (block === undefined || this.#compare(block[0] as T, item) > 0) return false;
    const next = this.#blocks[which + 1];
    return next === undefined || this.#compare(next[0] as T, item) > 0;
  }

  /** The last block that begins with or before an item; the first where none does. */
  #search(item: T): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#compare(this.#blocks[middle]?.[0] as T, item) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #holds(block: T[], within: number, item: T): boolean {
    return within < block.length && this.#compare(block[within] as T, item) === 0;
  }

  #join(which: number, block: T[]): void {
    const before = this.#blocks[which - 1];
    const after = this.#blocks[which + 1];
    if (block.length === 0) this.#blocks.splice(which, 1);
    else if (before && before.length + block.length < FULL - SPARSE) {
      before.push(...block);
      this.#blocks.splice(which, 1);
    } else if (after && after.length + block.length < FULL - SPARSE) {
      block.push(...after);
      this.#blocks.splice(which + 1, 1);
    }
  }

  #startsNow(): number[] {
    if (this.#starts === null) {
      let sum = 0;
      this.#starts = this.#blocks.map((block) => {
        sum += block.length;
        return sum - block.length;
      });
    }
    return this.#starts;
  }
}

/** The last index whose number is at most `limit`; 0 where there is none. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
