import type { Entity } from '../entity/entity.ts';
import type { EntityIndex } from './entity-index.ts';
import { MultiMap } from './multi-map.ts';
import type { Mark, Rule } from './rule.ts';

/** From a pod to the node that it is bound to, by the node's name. */
export class PlacementRule implements Rule {
  readonly type = 'placement';
  #pods = new MultiMap<string, string>();

  update(before: Entity | null, after: Entity | null, entities: EntityIndex, mark: Mark): void {
    this.#updatePod(nodeName(before), nodeName(after), (after ?? before)?.uid ?? '', entities, mark);
    if (after?.kind !== 'Node' || before !== null) return;
    for (const pod of this.#pods.get(after.name)) mark(pod, after.uid);
  }

  #updatePod(was: string | null, is: string | null, pod: string, entities: EntityIndex, mark: Mark): void {
    if (was === is) return;
    if (was !== null) this.#pods.remove(was, pod);
    if (is !== null) this.#pods.add(is, pod);
    for (const name of [was, is]) {
      const node = name === null ? undefined : entities.find('Node', '', name);
      if (node !== undefined) mark(pod, node.uid);
    }
  }

  evaluate(from: Entity, to: Entity): { ready: null } | null {
    return to.kind === 'Node' && nodeName(from) === to.name ? { ready: null } : null;
  }
}

function nodeName(entity: Entity | null): string | null {
  return entity?.kind === 'Pod' ? entity.node : null;
}
