import { type ControllerRevision, fromLabelSelector, type Pod, type StatefulSet } from '@portolan/shared';
import { untilAvailable } from '../availability.ts';
import type { ControllerContext } from '../context.ts';
import { fromKey, toKey } from '../object-key.ts';
import { claim } from '../ownership.ts';
import { syncHistory, trimHistory } from '../set-history.ts';
import { Since } from '../since.ts';
import { watchPodsOf } from '../watch-owned.ts';
import { WorkQueue } from '../work-queue.ts';
import { revisionOf } from './identity.ts';
import { type Counts, takeTurn } from './turn.ts';

const KEY = 'statefulsets.apps';
/** The label that bears a revision's hash. */
const HASH_LABEL = 'controller.kubernetes.io/hash';

type Status = NonNullable<StatefulSet['status']>;

/** The status that the counts give; when every pod is updated and ready, the update becomes what is current. */
function statusOf(
  set: StatefulSet,
  counts: Counts,
  current: ControllerRevision,
  update: ControllerRevision,
  collisionCount: number,
): Status {
  const { replicas, readyReplicas, availableReplicas, currentReplicas, updatedReplicas } = counts;
  const complete =
    set.spec.updateStrategy?.type !== 'OnDelete' && updatedReplicas === replicas && readyReplicas === replicas;
  const now = complete ? { ...counts, currentReplicas: updatedReplicas } : { ...counts, currentReplicas };
  return {
    observedGeneration: set.metadata.generation ?? 1,
    replicas,
    // The API leaves zeros out.
    ...(readyReplicas > 0 && { readyReplicas }),
    ...(now.currentReplicas > 0 && { currentReplicas: now.currentReplicas }),
    ...(updatedReplicas > 0 && { updatedReplicas }),
    availableReplicas,
    currentRevision: (complete ? update : current).metadata.name,
    updateRevision: update.metadata.name,
    collisionCount,
    ...(set.status?.conditions && { conditions: set.status.conditions }),
  };
}

/** Keeps the numbered pods of StatefulSets, their claims and their history (`pkg/controller/statefulset`). */
export function startStatefulSetController(context: ControllerContext): void {
  const { store, clock } = context;
  const since = new Since(clock);

  const queue = new WorkQueue(context, (key) => {
    const set = store.get(KEY, fromKey(key));
    if (!set || set.metadata.deletionTimestamp) return;
    const pods = claim(store, 'pods', set, fromLabelSelector(set.spec.selector));
    const { update, all, collisions } = syncHistory(context, set, HASH_LABEL);
    const current = all.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
    const waits = (pod: Pod) => untilAvailable(since, pod, set.spec.minReadySeconds ?? 0);
    const isAvailable = (pod: Pod) => (waits(pod) ?? 1) <= 0;
    const counts = takeTurn(context, { set, pods, current, update, isAvailable });
    const status = statusOf(set, counts, current, update, collisions);
    store.update(KEY, set.metadata, (draft) => Object.assign(draft, { status }));
    const live = new Set([
      current.metadata.name,
      update.metadata.name,
      ...pods.flatMap((pod) => revisionOf(pod) ?? []),
    ]);
    trimHistory(context, set, all, live);
    const soon = pods.flatMap((pod) => waits(pod) ?? []).filter((wait) => wait > 0);
    if (soon.length > 0) queue.addAfter(key, Math.min(...soon));
  });

  store.watch(KEY, store.version, ({ type, object, previous }) => {
    if (type !== 'DELETED' && object.metadata.generation !== previous?.metadata.generation) queue.add(toKey(object));
  });
  const selectorOf = ({ spec }: StatefulSet) => fromLabelSelector(spec.selector);
  watchPodsOf(context, { key: KEY, kind: 'StatefulSet', selectorOf }, (key, { type, object }) => {
    if (type === 'DELETED') since.forget(object.metadata.uid);
    queue.add(key);
  });
  for (const set of store.list(KEY)) queue.add(toKey(set));
}
