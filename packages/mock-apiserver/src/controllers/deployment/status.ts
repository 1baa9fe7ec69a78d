import { isDeepStrictEqual } from 'node:util';
import type { Deployment, ReplicaSet } from '@portolan/shared';
import type { ControllerContext } from '../context.ts';
import { REPLICA_FAILURE } from '../replica-set.ts';
import { conditionOf, hasDeadline, newCondition, PROGRESSING, withCondition, withoutCondition } from './conditions.ts';
import { available, maxUnavailable, wanted } from './limits.ts';

type Status = NonNullable<Deployment['status']>;

const sum = (sets: readonly ReplicaSet[], field: 'replicas' | 'readyReplicas') =>
  sets.reduce((total, { status }) => total + (status?.[field] ?? 0), 0);

/** The counts and the Available condition (`calculateStatus` in `pkg/controller/deployment/sync.go`). */
export function calculateStatus(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  newest: ReplicaSet | undefined,
  now: number,
): Status {
  const up = available(all);
  const counts = {
    replicas: sum(all, 'replicas'),
    updatedReplicas: newest ? sum([newest], 'replicas') : 0,
    readyReplicas: sum(all, 'readyReplicas'),
    availableReplicas: up,
    unavailableReplicas: Math.max(0, wanted(all) - up),
  };
  const enough = up >= (deployment.spec.replicas ?? 1) - maxUnavailable(deployment);
  const condition = enough
    ? newCondition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', now)
    : newCondition(
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
        now,
      );
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    // The API leaves zeros out.
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    ...(deployment.status?.collisionCount !== undefined && { collisionCount: deployment.status.collisionCount }),
    conditions: withCondition(deployment.status?.conditions ?? [], condition),
  };
}

/** Everything wanted is there, updated and available, and nothing else (`DeploymentComplete`). */
export function isComplete({ spec, metadata }: Deployment, status: Status | undefined): boolean {
  const replicas = spec.replicas ?? 1;
  return (
    (status?.updatedReplicas ?? 0) === replicas &&
    (status?.replicas ?? 0) === replicas &&
    (status?.availableReplicas ?? 0) === replicas &&
    (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0)
  );
}

const old = (status: Status) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);

function progressed(before: Status, now: Status): boolean {
  return (
    (now.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(now) < old(before) ||
    (now.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** No progress for longer than the deadline, while progress was expected (`DeploymentTimedOut`); `sinceProgress` is simulated. */
function timedOut(deployment: Deployment, status: Status, sinceProgress: (time: string) => number): boolean {
  const condition = conditionOf(status.conditions, PROGRESSING);
  if (!condition || condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  return sinceProgress(condition.lastUpdateTime ?? '') > (deployment.spec.progressDeadlineSeconds ?? 0) * 1000;
}

/** The Progressing condition after this turn (`syncRolloutStatus` in `pkg/controller/deployment/progress.go`). */
export function progressStatus(
  deployment: Deployment,
  status: Status,
  newest: ReplicaSet | undefined,
  now: number,
  sinceProgress: (time: string) => number,
): Status {
  let conditions = status.conditions ?? [];
  if (!hasDeadline(deployment)) return { ...status, conditions: withoutCondition(conditions, PROGRESSING) };
  const current = conditionOf(deployment.status?.conditions, PROGRESSING);
  const before = deployment.status ?? {};
  const settled =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable';
  if (settled) return status;
  const subject = newest ? `ReplicaSet "${newest.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const say = (value: 'True' | 'False', reason: string, what: string) =>
    newCondition(PROGRESSING, value, reason, `${subject} ${what}`, now);
  if (isComplete(deployment, status)) {
    conditions = withCondition(conditions, say('True', 'NewReplicaSetAvailable', 'has successfully progressed.'));
  } else if (progressed(before, status)) {
    const condition = say('True', 'ReplicaSetUpdated', 'is progressing.');
    // Removed first, so that its time of update moves though status and reason may not.
    if (current?.status === 'True' && current.lastTransitionTime)
      condition.lastTransitionTime = current.lastTransitionTime;
    conditions = [...withoutCondition(conditions, PROGRESSING), condition];
  } else if (timedOut(deployment, status, sinceProgress)) {
    conditions = withCondition(conditions, say('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'));
  }
  return { ...status, conditions };
}

/** Whether its ReplicaSets cannot make their pods, the new one's word first (`getReplicaFailures`). */
export function failureStatus(status: Status, sets: readonly (ReplicaSet | undefined)[], now: number): Status {
  const conditions = status.conditions ?? [];
  const failure = sets
    .flatMap((set) => set?.status?.conditions ?? [])
    .find((condition) => condition.type === REPLICA_FAILURE && condition.status === 'True');
  if (!failure) return { ...status, conditions: withoutCondition(conditions, REPLICA_FAILURE) };
  const { reason = '', message = '' } = failure;
  return {
    ...status,
    conditions: withCondition(conditions, newCondition(REPLICA_FAILURE, 'True', reason, message, now)),
  };
}

/**
 * Writes a status where it differs, and answers the Deployment with it at the version it was read: a turn's second write
 * loses against its first, and the turn is taken again, as the real controller's is.
 */
export function writeStatus({ store }: ControllerContext, deployment: Deployment, status: Status): Deployment {
  if (isDeepStrictEqual(deployment.status, status)) return deployment;
  const { metadata } = deployment;
  store.update('deployments.apps', metadata, (draft) => Object.assign(draft, { status }), metadata.resourceVersion);
  return { ...deployment, status };
}
