import type { ControllerRevision, Pod, StatefulSet } from '@portolan/shared';
import type { ControllerContext } from '../context.ts';
import { createPod } from '../create.ts';
import { isEnded, isReady } from '../pod-state.ts';
import { templateOf } from '../set-history.ts';
import { makeClaims, retainClaims } from './claims.ts';
import { identityOf, ordinalOf, revisionOf } from './identity.ts';

const SOURCE = { component: 'statefulset-controller' };

/** What the set's status counts. */
export interface Counts {
  replicas: number;
  readyReplicas: number;
  availableReplicas: number;
  currentReplicas: number;
  updatedReplicas: number;
}

/** A StatefulSet with what a turn goes by. */
export interface Standing {
  set: StatefulSet;
  pods: readonly Pod[];
  current: ControllerRevision;
  update: ControllerRevision;
  isAvailable(pod: Pod): boolean;
}

const isTerminating = ({ metadata }: Pod) => metadata.deletionTimestamp !== undefined;
const isRunning = (pod: Pod) => pod.status?.phase === 'Running' && isReady(pod);
const isHealthy = (pod: Pod) => isRunning(pod) && !isTerminating(pod);

/** `Counts` of the pods as they stand. */
function countsOf({ pods, current, update, isAvailable }: Standing): Counts {
  const staying = pods.filter((pod) => !isTerminating(pod));
  const of = (revision: ControllerRevision) =>
    staying.filter((pod) => revisionOf(pod) === revision.metadata.name).length;
  const running = pods.filter(isRunning);
  return {
    replicas: pods.length,
    readyReplicas: running.length,
    availableReplicas: running.filter(isAvailable).length,
    currentReplicas: of(current),
    updatedReplicas: of(update),
  };
}

/**
 * One turn of a StatefulSet: what is missing is made, what is too much or old is deleted, one at a time and in order
 * unless its policy is Parallel (`updateStatefulSet` in `pkg/controller/statefulset/stateful_set_control.go`). Answers the
 * counts with this turn's changes in them, as 1.20 tells them.
 */
export function takeTurn(context: ControllerContext, standing: Standing): Counts {
  const { set, pods, current, update } = standing;
  const counts = countsOf(standing);
  const monotonic = set.spec.podManagementPolicy !== 'Parallel';
  const start = set.spec.ordinals?.start ?? 0;
  const end = start + (set.spec.replicas ?? 1);
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(pod), pod]));

  const shift = (revision: string | undefined, by: number) => {
    if (revision === current.metadata.name) counts.currentReplicas += by;
    if (revision === update.metadata.name) counts.updatedReplicas += by;
  };

  const tell = (verb: 'create' | 'delete', name: string) => {
    const reason = verb === 'create' ? 'SuccessfulCreate' : 'SuccessfulDelete';
    const message = `${verb} Pod ${name} in StatefulSet ${set.metadata.name} successful`;
    context.events.record(set, SOURCE, { type: 'Normal', reason, message });
  };

  const create = (ordinal: number) => {
    const revision = wantsCurrent(standing, ordinal) ? current : update;
    makeClaims(context, set, ordinal);
    const pod = createPod(context, SOURCE, set, templateOf(revision), identityOf(set, ordinal, revision));
    if (set.spec.persistentVolumeClaimRetentionPolicy) retainClaims(context, set, pod, false);
    tell('create', pod.metadata.name);
    counts.replicas += 1;
    shift(revision.metadata.name, 1);
  };

  const remove = (pod: Pod) => {
    context.store.delete('pods', pod.metadata, { uid: pod.metadata.uid });
    tell('delete', pod.metadata.name);
    shift(revisionOf(pod), -1);
  };

  for (let ordinal = start; ordinal < end; ordinal++) {
    let pod = byOrdinal.get(ordinal);
    if (pod && isEnded(pod) && !isTerminating(pod)) {
      const message = `StatefulSet ${set.metadata.namespace}/${set.metadata.name} is recreating terminated Pod ${pod.metadata.name}`;
      context.events.record(set, SOURCE, { type: 'Warning', reason: 'RecreatingTerminatedPod', message });
      context.store.delete('pods', pod.metadata, { uid: pod.metadata.uid });
      counts.replicas -= 1;
      shift(revisionOf(pod), -1);
      pod = undefined;
    }
    if (!pod) create(ordinal);
    if (monotonic && !(pod && isHealthy(pod) && standing.isAvailable(pod))) return counts;
  }

  const condemned = pods
    .filter((pod) => ordinalOf(pod) < start || ordinalOf(pod) >= end)
    .sort((a, b) => ordinalOf(b) - ordinalOf(a));
  const firstUnhealthy = [...pods].sort((a, b) => ordinalOf(a) - ordinalOf(b)).find((pod) => !isHealthy(pod));
  for (const pod of condemned) {
    if (!isTerminating(pod)) {
      // An unhealthy one holds those below it back, unless it is the first of all.
      if (monotonic && !isRunning(pod) && pod !== firstUnhealthy) return counts;
      if (set.spec.persistentVolumeClaimRetentionPolicy) retainClaims(context, set, pod, true);
      remove(pod);
    }
    if (monotonic) return counts;
  }

  if (set.spec.updateStrategy?.type === 'OnDelete') return counts;
  const lowest = start + (set.spec.updateStrategy?.rollingUpdate?.partition ?? 0);
  for (let ordinal = end - 1; ordinal >= lowest; ordinal--) {
    const pod = byOrdinal.get(ordinal);
    if (!pod) return counts;
    if (revisionOf(pod) !== update.metadata.name && !isTerminating(pod)) {
      remove(pod);
      return counts;
    }
    if (!isHealthy(pod) || !standing.isAvailable(pod)) return counts;
  }
  return counts;
}

/** Whether a pod of this number is made from the revision before the update: those below the partition are. */
function wantsCurrent({ set }: Standing, ordinal: number): boolean {
  const { updateStrategy, ordinals } = set.spec;
  return (
    updateStrategy?.type !== 'OnDelete' &&
    ordinal < (ordinals?.start ?? 0) + (updateStrategy?.rollingUpdate?.partition ?? 0)
  );
}
