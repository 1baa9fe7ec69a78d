import type { Entity } from '../entity/entity.ts';
import type { EntityIndex } from './entity-index.ts';
import { MultiMap } from './multi-map.ts';
import type { Mark, Rule } from './rule.ts';

/** From a controller to what it controls, by the uid in the controlling owner reference. */
export class OwnerRule implements Rule {
  readonly type = 'owner';
  /** Every owned uid by its owner's, whether the owner is there or not. */
  #owned = new MultiMap<string, string>();

  update(before: Entity | null, after: Entity | null, _entities: EntityIndex, mark: Mark): void {
    const uid = (after ?? before)?.uid ?? '';
    const was = before?.owner?.uid;
    const is = after?.owner?.uid;
    if (was !== is) {
      if (was !== undefined) {
        this.#owned.remove(was, uid);
        mark(was, uid);
      }
      if (is !== undefined) {
        this.#owned.add(is, uid);
        mark(is, uid);
      }
    }
    if (before === null) for (const owned of this.#owned.get(uid)) mark(uid, owned);
  }

  evaluate(from: Entity, to: Entity): { ready: null } | null {
    return to.owner?.uid === from.uid ? { ready: null } : null;
  }
}
