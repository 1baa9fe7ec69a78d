import { Numbers } from './numbers.ts';

const NONE: readonly number[] = [];
/** Stands for a list that is kept beside. */
const SEVERAL = -1;

/**
 * Positive whole numbers by place, of which most places have none or one, which then takes four bytes. A number may be
 * there more than once.
 */
export class Few {
  #one = new Numbers();
  #several = new Map<number, number[]>();

  /** In no order that can be relied on; not to be kept beyond the next change. */
  of(place: number): readonly number[] {
    const one = this.#one.get(place);
    if (one === 0) return NONE;
    return one === SEVERAL ? (this.#several.get(place) ?? NONE) : [one];
  }

  add(place: number, number: number): void {
    const one = this.#one.get(place);
    if (one === 0) this.#one.set(place, number);
    else if (one === SEVERAL) this.#several.get(place)?.push(number);
    else {
      this.#several.set(place, [one, number]);
      this.#one.set(place, SEVERAL);
    }
  }

  /** Takes a number away once, if it is there. */
  remove(place: number, number: number): void {
    const one = this.#one.get(place);
    if (one === number) this.#one.set(place, 0);
    if (one !== SEVERAL) return;
    const several = this.#several.get(place) ?? [];
    const at = several.indexOf(number);
    if (at < 0) return;
    several[at] = several[several.length - 1] as number;
    several.pop();
    if (several.length > 1) return;
    this.#several.delete(place);
    this.#one.set(place, several[0] ?? 0);
  }
}
