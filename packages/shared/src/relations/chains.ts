import { Numbers } from './numbers.ts';

/**
 * Lists of positive whole numbers, of which each is in one list at most, in the order in which they came. A list is known by
 * a number of its own. Each member knows the one before and the next, so that any of a hundred thousand leaves at no cost.
 */
export class Chains {
  #first = new Numbers();
  #last = new Numbers();
  #next = new Numbers();
  #before = new Numbers();
  #size = new Numbers();

  /** Puts a member, which must be in no list, at the end of one. */
  add(list: number, member: number): void {
    const last = this.#last.get(list);
    if (last === 0) this.#first.set(list, member);
    else this.#next.set(last, member);
    this.#before.set(member, last);
    this.#next.set(member, 0);
    this.#last.set(list, member);
    this.#size.set(list, this.#size.get(list) + 1);
  }

  /** Takes a member out of the list in which it must be. */
  remove(list: number, member: number): void {
    const before = this.#before.get(member);
    const next = this.#next.get(member);
    if (before === 0) this.#first.set(list, next);
    else this.#next.set(before, next);
    if (next === 0) this.#last.set(list, before);
    else this.#before.set(next, before);
    this.#size.set(list, this.#size.get(list) - 1);
  }

  /** How many members a list has. */
  size(list: number): number {
    return this.#size.get(list);
  }

  /** The members of a list. */
  of(list: number): number[] {
    const members: number[] = [];
    for (let member = this.#first.get(list); member !== 0; member = this.#next.get(member)) members.push(member);
    return members;
  }
}
