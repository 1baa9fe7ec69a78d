import type { ReplicaSet } from '../api/workloads.ts';
import type { Health } from '../entity/common.ts';
import type { ReplicaSetEntity } from '../entity/workloads.ts';
import { projectCommon, projectConditions, projectImages, projectRevision, projectSelector } from './common.ts';

/** A ReplicaSet. */
export function projectReplicaSet(set: ReplicaSet): ReplicaSetEntity {
  const common = projectCommon('ReplicaSet', set);
  const replicas = projectReplicas(set);
  const conditions = projectConditions(set.status?.conditions);
  return {
    kind: 'ReplicaSet',
    ...common,
    health: replicaHealth(replicas, conditions),
    replicas,
    selector: projectSelector(set.spec.selector),
    revision: projectRevision(set),
    hash: common.labels['pod-template-hash'] ?? null,
    images: projectImages(set.spec.template?.spec),
    conditions,
  };
}

/** The counts that a ReplicaSet and a ReplicationController share. */
export function projectReplicas(set: Pick<ReplicaSet, 'status'> & { spec: { replicas?: number } }) {
  return {
    desired: set.spec.replicas ?? 1,
    current: set.status?.replicas ?? 0,
    ready: set.status?.readyReplicas ?? 0,
    available: set.status?.availableReplicas ?? 0,
  };
}

/** Failing when the API refuses its pods (condition ReplicaFailure), else progressing until all are there and ready. */
export function replicaHealth(
  { desired, current, ready }: ReplicaSetEntity['replicas'],
  conditions: ReplicaSetEntity['conditions'],
): Health {
  if (conditions.some((c) => c.type === 'ReplicaFailure' && c.status === 'True')) return 'failing';
  return current === desired && ready >= desired ? 'ok' : 'progressing';
}
