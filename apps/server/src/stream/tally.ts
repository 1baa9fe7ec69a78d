import { type Counts, Digest, type Entity, KINDS, type Kind, type Scope } from '@portolan/shared';
import { inScope, showsKind } from './scoped.ts';
import type { Step } from './stream-source.ts';

/** Counts and digest of what a scope shows, kept step by step. */
export class Tally {
  #scope: Scope;
  #digest = new Digest();
  #counts: Map<Kind, number>;

  constructor(scope: Scope, entities: Iterable<Entity>) {
    this.#scope = scope;
    this.#counts = new Map(KINDS.filter((kind) => showsKind(scope, kind)).map((kind) => [kind, 0]));
    for (const entity of entities) this.step({ before: null, after: entity });
  }

  step({ before, after }: Step): void {
    if (before !== null && inScope(this.#scope, before)) {
      this.#digest.remove(before.uid, before.version);
      this.#count(before.kind, -1);
    }
    if (after !== null && inScope(this.#scope, after)) {
      this.#digest.add(after.uid, after.version);
      this.#count(after.kind, 1);
    }
  }

  digest(): string {
    return this.#digest.toString();
  }

  /** `out` names the kinds that have no number: absent or forbidden. */
  counts(out: ReadonlySet<Kind>): Counts {
    return Object.fromEntries([...this.#counts].filter(([kind]) => !out.has(kind)));
  }

  #count(kind: Kind, by: number): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + by);
  }
}
