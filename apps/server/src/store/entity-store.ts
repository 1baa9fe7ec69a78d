import { isDeepStrictEqual } from 'node:util';
import { type Counts, Digest, type Entity, KINDS, type Kind } from '@portolan/shared';

/** One entity's step: from what it was (null: it was not) to what it is (null: it is gone). Never both null. */
export interface Transition {
  before: Entity | null;
  after: Entity | null;
}

/** The store's side for one kind; each call commits at once and tells of it once. */
export interface KindStore {
  upsert(entity: Entity): void;
  remove(uid: string): void;
  /** What is not in the list is gone. `fresh`: versions count anew, so what is the same is told by content alone. */
  replace(entities: readonly Entity[], options?: { fresh?: boolean }): void;
  readonly size: number;
  /** In order of insertion. */
  entities(): Iterable<Entity>;
}

/**
 * The entities of one cluster, by uid. It is here, and only here, that a change is computed: what is told are steps
 * that differ, each entity at most once a commit, removals first. The same uid at the same version is no step; another
 * uid under the same name is the removal of the one and the insertion of the other.
 *
 * Versions are compared only for equality. After an etcd was restored its numbers are used again for other contents:
 * a `fresh` list is therefore compared by content.
 */
export class EntityStore {
  #kinds: Map<Kind, OneKind>;
  #digest = new Digest();

  constructor(committed: (steps: readonly Transition[]) => void) {
    const commit = (steps: readonly Transition[]) => {
      if (steps.length === 0) return;
      for (const { before, after } of steps) {
        if (before !== null) this.#digest.remove(before.uid, before.version);
        if (after !== null) this.#digest.add(after.uid, after.version);
      }
      committed(steps);
    };
    this.#kinds = new Map(KINDS.map((kind) => [kind, new OneKind(commit)]));
  }

  /** Where a reflector of the kind writes. */
  kind(kind: Kind): KindStore {
    return this.#of(kind);
  }

  /** The entities of a kind, in order of insertion. */
  entities(kind: Kind): Iterable<Entity> {
    return this.#of(kind).entities();
  }

  /** `namespace` is `""` for cluster-scoped kinds. */
  find(kind: Kind, namespace: string, name: string): Entity | null {
    return this.#of(kind).find(namespace, name);
  }

  counts(): Counts {
    return Object.fromEntries([...this.#kinds].map(([kind, one]) => [kind, one.size]));
  }

  /** Of everything that is held. */
  digest(): string {
    return this.#digest.toString();
  }

  #of(kind: Kind): OneKind {
    const one = this.#kinds.get(kind);
    if (one === undefined) throw new RangeError(`no such kind: ${kind}`);
    return one;
  }
}

function sameVersion(before: Entity, after: Entity): boolean {
  return before.version === after.version;
}

/** Entities of a kind have the same fields; most of what is an object is interned, and then the very same. */
function sameContent(before: Entity, after: Entity): boolean {
  if (before.version !== after.version) return false;
  const held = new Map(Object.entries(before));
  return Object.entries(after).every(([field, value]) => {
    const other: unknown = held.get(field);
    return Object.is(other, value) || isDeepStrictEqual(other, value);
  });
}

class OneKind implements KindStore {
  readonly byUid = new Map<string, Entity>();
  #uidByName = new Map<string, string>();
  #commit: (steps: readonly Transition[]) => void;

  constructor(commit: (steps: readonly Transition[]) => void) {
    this.#commit = commit;
  }

  get size(): number {
    return this.byUid.size;
  }

  entities(): Iterable<Entity> {
    return this.byUid.values();
  }

  find(namespace: string, name: string): Entity | null {
    return this.byUid.get(this.#uidByName.get(`${namespace}/${name}`) ?? '') ?? null;
  }

  upsert(entity: Entity): void {
    const steps: Transition[] = [];
    this.#put(entity, steps, steps, sameVersion);
    this.#commit(steps);
  }

  remove(uid: string): void {
    const steps: Transition[] = [];
    this.#drop(uid, steps);
    this.#commit(steps);
  }

  replace(entities: readonly Entity[], { fresh = false }: { fresh?: boolean } = {}): void {
    const same = fresh ? sameContent : sameVersion;
    const kept = new Set(entities.map((entity) => entity.uid));
    const removals: Transition[] = [];
    for (const uid of this.byUid.keys()) if (!kept.has(uid)) this.#drop(uid, removals);
    const upserts: Transition[] = [];
    for (const entity of entities) this.#put(entity, removals, upserts, same);
    for (const step of upserts) removals.push(step);
    this.#commit(removals);
  }

  #put(
    entity: Entity,
    removals: Transition[],
    upserts: Transition[],
    same: (before: Entity, after: Entity) => boolean,
  ): void {
    const before = this.byUid.get(entity.uid) ?? null;
    if (before !== null && same(before, entity)) return;
    const name = `${entity.namespace}/${entity.name}`;
    const holder = this.#uidByName.get(name);
    if (holder !== undefined && holder !== entity.uid) this.#drop(holder, removals);
    this.byUid.set(entity.uid, entity);
    this.#uidByName.set(name, entity.uid);
    upserts.push({ before, after: entity });
  }

  #drop(uid: string, removals: Transition[]): void {
    const before = this.byUid.get(uid);
    if (before === undefined) return;
    this.byUid.delete(uid);
    const name = `${before.namespace}/${before.name}`;
    if (this.#uidByName.get(name) === uid) this.#uidByName.delete(name);
    removals.push({ before, after: null });
  }
}
