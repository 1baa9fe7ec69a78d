import { type KubeObject, matches, type Selector } from '@portolan/shared';
import type { StoreEvent } from '../store/history.ts';
import type { ObjectOf } from '../store/kinds.ts';
import type { ControllerContext } from './context.ts';
import { toKey } from './object-key.ts';
import { controllerOf } from './ownership.ts';

/** What a controller wants to hear of pods: the key of the owner concerned, and the event. */
export type Concern<K extends string> = (key: string, event: StoreEvent<ObjectOf<K>>) => void;

/**
 * Tells a controller which of its objects a change of a pod concerns: the owner, the one it had before, and for a pod
 * without an owner whoever might adopt it (`addPod` and `updatePod` of the controllers).
 */
export function watchPodsOf<K extends string>(
  { store }: ControllerContext,
  { key, kind, selectorOf }: { key: K; kind: string; selectorOf(owner: ObjectOf<K>): Selector },
  concern: Concern<'pods'>,
): void {
  store.watch('pods', store.version, (event) => {
    const { object, previous } = event;
    const owner = controllerOf(object);
    const before = previous && controllerOf(previous);
    if (owner?.kind === kind) concern(`${object.metadata.namespace}/${owner.name}`, event);
    if (before?.kind === kind && before.uid !== owner?.uid) {
      concern(`${object.metadata.namespace}/${before.name}`, event);
    }
    if (owner || event.type === 'DELETED' || sameForOrphans(object, previous)) return;
    for (const candidate of store.list(key, object.metadata.namespace)) {
      if (matches(selectorOf(candidate), object.metadata.labels ?? {})) concern(toKey(candidate), event);
    }
  });
}

/** Whether nobody who left a pod alone before has a reason to adopt it. */
function sameForOrphans(pod: KubeObject, previous: KubeObject | undefined): boolean {
  return (
    previous !== undefined && previous.metadata.labels === pod.metadata.labels && controllerOf(previous) === undefined
  );
}
