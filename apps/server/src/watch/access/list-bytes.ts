import { withoutManagedFields } from '../without-managed-fields.ts';

/** Where the items of a list begin, and where one ends and the next begins, as an apiserver writes them: without spaces, metadata first. */
const BEGIN = Buffer.from('"items":[{"metadata":{');
const FIRST = '{"metadata":{'.length;
const BETWEEN = Buffer.from('},{"metadata":{');
const END = ']}';
/** What comes before the items is no longer than this. */
const LONGEST_HEAD = 16 * 1024;

/** A list without its items. */
export type Envelope = Readonly<Record<string, unknown>>;

/** Takes an item of a list. */
export type TakeItem = (item: unknown, list: Envelope) => void;

/**
 * The bytes of a document, of which a list is parsed item by item as they come: as one text and one value a list of 500 is so
 * large that an engine moves it to where it is long-lived, and takes longer than others may wait. Every other document is
 * parsed at the end.
 *
 * The bytes are cut where an item may end. A piece that is no JSON by itself was cut within an item and is joined with the
 * next. Since what is before, between and behind the pieces makes up a list, the pieces are its items and nothing else.
 */
export class ListBytes {
  #take: TakeItem;
  #held: Buffer = Buffer.alloc(0);
  #at = 0;
  /** From where the end of the item at `#at` is looked for. */
  #from = 0;
  #list: Envelope | null = null;
  #whole: Buffer[] | null = null;

  constructor(take: TakeItem) {
    this.#take = take;
  }

  /** More bytes; what is whole of them is to be had by `step`. */
  push(chunk: Buffer): void {
    if (this.#whole !== null) {
      this.#whole.push(chunk);
      return;
    }
    this.#held = this.#at === this.#held.length ? chunk : Buffer.concat([this.#held.subarray(this.#at), chunk]);
    this.#from -= this.#at;
    this.#at = 0;
    if (this.#list === null) this.#begin();
  }

  /** Hands an item on; false when none is whole. */
  step(): boolean {
    if (this.#list === null) return false;
    for (;;) {
      const cut = this.#held.indexOf(BETWEEN, this.#from);
      if (cut < 0) {
        // What two items are parted by may be cut itself.
        this.#from = Math.max(this.#from, this.#held.length - BETWEEN.length);
        return false;
      }
      this.#from = cut + 1;
      try {
        this.#hand(this.#list, cut + 1);
      } catch (error) {
        if (error instanceof SyntaxError) continue;
        throw error;
      }
      this.#at = cut + 2;
      this.#from = this.#at;
      return true;
    }
  }

  /** All bytes have come: hands on the last item and answers the list without its items, or whatever else it was. Throws a SyntaxError. */
  end(): unknown {
    if (this.#list === null) return JSON.parse(Buffer.concat(this.#whole ?? [this.#held]).toString());
    let end = this.#held.length;
    while (end > 0 && (this.#held[end - 1] as number) <= 0x20) end -= 1;
    end -= END.length;
    if (this.#held.toString('latin1', end, end + END.length) !== END) throw new SyntaxError('the list does not end');
    this.#hand(this.#list, end);
    return { ...this.#list, items: [] };
  }

  #hand(list: Envelope, end: number): void {
    this.#take(parsed(this.#held.toString('utf8', this.#at, end)), list);
  }

  #begin(): void {
    const begin = this.#held.subarray(0, LONGEST_HEAD).indexOf(BEGIN);
    if (begin >= 0) this.#list = listOf(this.#held.toString('utf8', 0, begin));
    if (this.#list !== null) {
      this.#at = begin + BEGIN.length - FIRST;
      this.#from = this.#at;
    } else if (begin >= 0 || this.#held.length >= LONGEST_HEAD) this.#whole = [this.#held];
  }
}

/** An object, without its managed fields where they can be cut out. Throws a SyntaxError. */
function parsed(json: string): unknown {
  const cut = withoutManagedFields(json);
  try {
    return JSON.parse(cut);
  } catch (error) {
    if (cut.length === json.length) throw error;
    return JSON.parse(json);
  }
}

/** The list that begins so; null when that is none, and whoever parses it whole will tell. */
function listOf(head: string): Envelope | null {
  try {
    const list = JSON.parse(`${head}"items":[]}`) as Envelope;
    return typeof list.kind === 'string' ? list : null;
  } catch {
    return null;
  }
}
