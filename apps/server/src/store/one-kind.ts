import { isDeepStrictEqual } from 'node:util';
import type { Entity } from '@portolan/shared';
import { Places, type PlaceTally } from './places.ts';

/** One entity's step: from what it was (null: it was not) to what it is (null: it is gone). Never both null. */
export interface Transition {
  before: Entity | null;
  after: Entity | null;
}

/** A replacement of a whole kind that is made ready beside what is held. */
export interface Replacement {
  /** Does some of the work; false when it is ready. What is held must not change meanwhile. */
  prepare(): boolean;
  /** Takes the place of what is held. */
  commit(): void;
}

/** Who is told of commits. */
export interface Told {
  committed(steps: readonly Transition[]): void;
  /** So many steps at once are not told one by one; null where every step is. */
  leapt: ((steps: number) => void) | null;
}

/** So many steps take the log and the streams a frame. */
const LEAP = 10_000;
/** As many entities as are prepared at a time. */
const PIECE = 250;

type Same = (before: Entity, after: Entity) => boolean;

const sameVersion: Same = (before, after) => before.version === after.version;

/** Entities of a kind have the same fields; most of what is an object is interned, and then the very same. */
const sameContent: Same = (before, after) => {
  if (before.version !== after.version) return false;
  const held = new Map(Object.entries(before));
  return Object.entries(after).every(([field, value]) => {
    const other: unknown = held.get(field);
    return Object.is(other, value) || isDeepStrictEqual(other, value);
  });
};

/** The entities of one kind; each call commits at once and tells of it once. */
export class OneKind {
  #held = new Places();
  #told: Told;

  constructor(told: Told) {
    this.#told = told;
  }

  get size(): number {
    return this.#held.byUid.size;
  }

  entities(): Iterable<Entity> {
    return this.#held.byUid.values();
  }

  tallies(): Iterable<PlaceTally> {
    return this.#held.tallies();
  }

  find(namespace: string, name: string): Entity | null {
    return this.#held.find(namespace, name);
  }

  upsert(entity: Entity): void {
    const before = this.#held.byUid.get(entity.uid) ?? null;
    if (before !== null && sameVersion(before, entity)) return;
    const steps: Transition[] = [];
    const holder = this.#held.find(entity.namespace, entity.name);
    if (holder !== null && holder.uid !== entity.uid) {
      this.#held.drop(holder);
      steps.push({ before: holder, after: null });
    }
    if (before !== null) this.#held.drop(before);
    this.#held.put(entity);
    steps.push({ before, after: entity });
    this.#told.committed(steps);
  }

  remove(uid: string): void {
    const before = this.#held.byUid.get(uid);
    if (before === undefined) return;
    this.#held.drop(before);
    this.#told.committed([{ before, after: null }]);
  }

  replace(entities: readonly Entity[], options?: { fresh?: boolean }): void {
    const replacement = this.replacing(entities, options);
    while (replacement.prepare());
    replacement.commit();
  }

  /** Each uid is in the list once. */
  replacing(entities: readonly Entity[], { fresh = false }: { fresh?: boolean } = {}): Replacement {
    const next = new Places();
    const steps = new Steps(this.#told.leapt === null ? Number.POSITIVE_INFINITY : LEAP);
    const work = this.#prepare(entities, fresh ? sameContent : sameVersion, next, steps);
    return {
      prepare: () => work.next().done !== true,
      commit: () => {
        this.#held = next;
        if (steps.all.length < steps.count) this.#told.leapt?.(steps.count);
        else if (steps.count > 0) this.#told.committed(steps.all);
      },
    };
  }

  *#prepare(entities: readonly Entity[], same: Same, next: Places, steps: Steps): Generator<void> {
    let done = 0;
    for (const entity of entities) {
      // Of two in a list under one name, the later is the one that is there.
      const namesake = next.find(entity.namespace, entity.name);
      if (namesake !== null) next.drop(namesake);
      const before = this.#held.byUid.get(entity.uid);
      next.put(before !== undefined && same(before, entity) ? before : entity);
      if (++done % PIECE === 0) yield;
    }
    for (const before of this.#held.byUid.values()) {
      if (!next.byUid.has(before.uid)) steps.add(before, null);
      if (++done % PIECE === 0) yield;
    }
    for (const after of next.byUid.values()) {
      const before = this.#held.byUid.get(after.uid) ?? null;
      if (before !== after) steps.add(before, after);
      if (++done % PIECE === 0) yield;
    }
  }
}

/** Steps in order, of which no more are kept than `most`. */
class Steps {
  readonly all: Transition[] = [];
  count = 0;
  #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(before: Entity | null, after: Entity | null): void {
    if (++this.count <= this.#most) this.all.push({ before, after });
  }
}
