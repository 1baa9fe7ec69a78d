/** More than these are found faster in a set, which takes ten times the room. */
const LISTED = 16;

const NONE: readonly number[] = [];

/** Sets of numbers by key, small ones as lists; a key without members is forgotten. */
export class MultiMap<K> {
  #members = new Map<K, number[] | Set<number>>();

  /** In the order in which they came; not to be kept beyond the next change. */
  get(key: K): Iterable<number> {
    return this.#members.get(key) ?? NONE;
  }

  add(key: K, member: number): void {
    const members = this.#members.get(key);
    if (members === undefined) this.#members.set(key, [member]);
    else if (members instanceof Set) members.add(member);
    else if (members.includes(member)) return;
    else if (members.length < LISTED) members.push(member);
    else this.#members.set(key, new Set([...members, member]));
  }

  remove(key: K, member: number): void {
    const members = this.#members.get(key);
    if (members === undefined) return;
    if (members instanceof Set) {
      if (members.delete(member) && members.size === 0) this.#members.delete(key);
      return;
    }
    const at = members.indexOf(member);
    if (at < 0) return;
    if (members.length === 1) this.#members.delete(key);
    else members.splice(at, 1);
  }
}
