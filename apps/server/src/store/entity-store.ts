import { type Counts, Digest, type Entity, KINDS, type Kind } from '@portolan/shared';
import { OneKind, type Replacement, type Transition } from './one-kind.ts';
import type { PlaceTally } from './places.ts';

export type { Transition } from './one-kind.ts';

/** The store's side for one kind; each call commits at once and tells of it once. */
export interface KindStore {
  upsert(entity: Entity): void;
  remove(uid: string): void;
  /** What is not in the list is gone. `fresh`: versions count anew, so what is the same is told by content alone. */
  replace(entities: readonly Entity[], options?: { fresh?: boolean }): void;
  readonly size: number;
  /** The same, made ready piece by piece before it takes the place of what is held at once. */
  replacing(entities: readonly Entity[], options?: { fresh?: boolean }): Replacement;
  /** In order of insertion; after a whole list, in its order. */
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

  /** With `leapt`, a commit of more steps than can be told in a frame is told as their number alone. */
  constructor(committed: (steps: readonly Transition[]) => void, leapt: ((steps: number) => void) | null = null) {
    this.#kinds = new Map(KINDS.map((kind) => [kind, new OneKind({ committed, leapt })]));
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

  /** Numbers and digests of a kind by namespace. */
  tallies(kind: Kind): Iterable<PlaceTally> {
    return this.#of(kind).tallies();
  }

  /** Of everything that is held. */
  digest(): string {
    const digest = new Digest();
    for (const one of this.#kinds.values()) for (const place of one.tallies()) digest.merge(place.digest);
    return digest.toString();
  }

  #of(kind: Kind): OneKind {
    const one = this.#kinds.get(kind);
    if (one === undefined) throw new RangeError(`no such kind: ${kind}`);
    return one;
  }
}
