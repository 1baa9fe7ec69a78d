/** What a client has been told of objects, and what it should never have been told. */
export class Ledger {
  /** The version of each object that is there, by key. */
  readonly present = new Map<string, number>();
  readonly complaints: string[] = [];
  readonly #gone = new Map<string, number>();
  #events = 0;
  #latest = 0;

  /** How many events were told. */
  get events(): number {
    return this.#events;
  }

  /** The newest version that was told of anything. */
  get latest(): number {
    return this.#latest;
  }

  /** Takes what a list shows in place of all before. */
  list(objects: Iterable<readonly [key: string, version: number]>, version: number): void {
    this.present.clear();
    for (const [key, at] of objects) this.present.set(key, at);
    this.#latest = Math.max(this.#latest, version);
  }

  /** Takes one event; an object told of twice, or of which something came late, is complained of. */
  tell(type: string, key: string, version: number): void {
    this.#events += 1;
    this.#latest = Math.max(this.#latest, version);
    const known = this.present.get(key);
    if (known !== undefined && version <= known) this.complaints.push(`${type} ${key} at ${version} after ${known}`);
    if (type === 'ADDED' && known !== undefined) this.complaints.push(`ADDED ${key}, which was there`);
    if (type !== 'ADDED' && known === undefined) this.complaints.push(`${type} ${key}, which was not there`);
    if (type === 'DELETED') {
      this.present.delete(key);
      this.#gone.set(key, version);
    } else this.present.set(key, version);
  }

  /** Marks that everything up to a version has been told. */
  reach(version: number): void {
    this.#latest = Math.max(this.#latest, version);
  }

  /** How what was told differs from a list at a version; to be asked once `latest` has come to it. */
  differences(list: ReadonlyMap<string, number>, version: number): string[] {
    const lines: string[] = [];
    for (const [key, at] of list) {
      const known = this.present.get(key) ?? this.#gone.get(key) ?? 0;
      if (known !== at && known <= version) lines.push(`${key} is at ${at}, was told at ${known || 'no version'}`);
    }
    for (const [key, at] of this.present) {
      if (!list.has(key) && at <= version) lines.push(`${key} was told at ${at}, is not there`);
    }
    return lines;
  }
}
