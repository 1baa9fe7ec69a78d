import type { Entity, Kind, KubeObject } from '@portolan/shared';

/** The objects of a kind that could not be projected: set aside and said, so that the rest of the kind goes on. */
export class Quarantine {
  #kind: Kind;
  #project: (object: KubeObject) => Entity;
  /** How often an object was set aside. */
  counted = 0;
  #words = new Map<string, string>();

  constructor(kind: Kind, project: (object: KubeObject) => Entity) {
    this.#kind = kind;
    this.#project = project;
  }

  get size(): number {
    return this.#words.size;
  }

  /** The entity of an object; null when it is set aside. */
  project(object: KubeObject): Entity | null {
    const { uid, namespace, name } = object.metadata;
    try {
      const entity = this.#project(object);
      this.#words.delete(uid);
      return entity;
    } catch (error) {
      this.counted++;
      const where = namespace === undefined ? name : `${namespace}/${name}`;
      const why = error instanceof Error ? error.message : String(error);
      this.#words.set(uid, `${this.#kind} ${where} cannot be read: ${why}`);
      return null;
    }
  }

  /** The object is gone; true when it had been set aside. */
  release(uid: string): boolean {
    return this.#words.delete(uid);
  }

  /** Only these still exist. */
  keep(uids: ReadonlySet<string>): void {
    for (const uid of this.#words.keys()) if (!uids.has(uid)) this.#words.delete(uid);
  }

  /** What is set aside, in a sentence; null when nothing is. */
  inWords(): string | null {
    const [first] = this.#words.values();
    if (first === undefined) return null;
    return this.#words.size === 1 ? first : `${first} (and ${this.#words.size - 1} more)`;
  }
}
