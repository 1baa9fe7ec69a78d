import { fromLabelSelector, type Pod, type StatefulSet } from '@portolan/shared';
import { templateHash } from '../names.ts';
import type { ControllerContext } from './context.ts';
import { createPod } from './create-pod.ts';
import { fromKey, toKey } from './object-key.ts';
import { claim, controllerOf } from './ownership.ts';
import { isEnded, isReady } from './pod-state.ts';
import { WorkQueue } from './work-queue.ts';

const COMPONENT = { component: 'statefulset-controller' };
const REVISION = 'controller-revision-hash';

const ordinal = ({ metadata }: Pod) => Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));

/**
 * Keeps the numbered pods of StatefulSets: in order, each ready before the next, down from the top, and updated from the
 * top (`pkg/controller/statefulset`). Volume claims and partitions are not simulated.
 */
export function startStatefulSetController(context: ControllerContext): void {
  const { store, events } = context;

  const create = (set: StatefulSet, index: number, revision: string) => {
    const name = `${set.metadata.name}-${index}`;
    const labels = {
      'statefulset.kubernetes.io/pod-name': name,
      'apps.kubernetes.io/pod-index': String(index),
      [REVISION]: revision,
    };
    createPod(context, set, set.spec.template, { name, labels });
    const message = `create Pod ${name} in StatefulSet ${set.metadata.name} successful`;
    events.record(set, COMPONENT, { type: 'Normal', reason: 'SuccessfulCreate', message });
  };

  const remove = (set: StatefulSet, pod: Pod) => {
    store.delete('pods', pod.metadata);
    const message = `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`;
    events.record(set, COMPONENT, { type: 'Normal', reason: 'SuccessfulDelete', message });
  };

  /** One step towards what is wanted: what is missing first, then what is too much, then what is old. */
  const step = (set: StatefulSet, pods: Map<number, Pod>, revision: string) => {
    const replicas = set.spec.replicas ?? 1;
    const parallel = set.spec.podManagementPolicy === 'Parallel';
    for (let index = 0; index < replicas; index++) {
      const pod = pods.get(index);
      if (!pod) create(set, index, revision);
      if (!parallel && !(pod && isReady(pod) && !pod.metadata.deletionTimestamp)) return;
    }
    const downwards = [...pods.values()].sort((a, b) => ordinal(b) - ordinal(a));
    const leaving = downwards.filter((pod) => ordinal(pod) >= replicas);
    const stale = downwards.filter(
      (pod) => pod.metadata.labels?.[REVISION] !== revision && set.spec.updateStrategy?.type !== 'OnDelete',
    );
    const next = leaving[0] ?? stale[0];
    if (next && !next.metadata.deletionTimestamp) remove(set, next);
  };

  const queue = new WorkQueue(context, (key) => {
    const set = store.get('statefulsets.apps', fromKey(key));
    if (!set || set.metadata.deletionTimestamp) return;
    const revision = templateHash(set.spec.template);
    const claimed = claim(store, 'pods', set, fromLabelSelector(set.spec.selector)).filter((pod) => !isEnded(pod));
    const pods = new Map(claimed.map((pod) => [ordinal(pod), pod]));
    step(set, pods, revision);
    const staying = claimed.filter(({ metadata }) => !metadata.deletionTimestamp);
    const ready = staying.filter(isReady).length;
    const updated = staying.filter(({ metadata }) => metadata.labels?.[REVISION] === revision).length;
    const current = updated === staying.length ? revision : (set.status?.currentRevision ?? revision);
    const named = (hash: string) => (hash.startsWith(`${set.metadata.name}-`) ? hash : `${set.metadata.name}-${hash}`);
    const status = {
      observedGeneration: set.metadata.generation ?? 1,
      replicas: staying.length,
      readyReplicas: ready,
      availableReplicas: ready,
      currentReplicas: updated === staying.length ? updated : staying.length - updated,
      updatedReplicas: updated,
      currentRevision: named(current),
      updateRevision: named(revision),
      collisionCount: 0,
    };
    store.update('statefulsets.apps', set.metadata, (draft) => Object.assign(draft, { status }));
  });
  store.watch('statefulsets.apps', store.version, ({ type, object, previous }) => {
    if (type !== 'DELETED' && object.metadata.generation !== previous?.metadata.generation) queue.add(toKey(object));
  });
  store.watch('pods', store.version, ({ object }) => {
    const owner = controllerOf(object);
    if (owner?.kind === 'StatefulSet') queue.add(`${object.metadata.namespace}/${owner.name}`);
  });
}
