import type { StatefulSet } from '../api/workloads.ts';
import type { StatefulSetEntity } from '../entity/workloads.ts';
import { projectCommon, projectConditions, projectImages, projectSelector } from './common.ts';

/** A StatefulSet; `settled` when `kubectl rollout status` would say that it is done. */
export function projectStatefulSet(set: StatefulSet): StatefulSetEntity {
  const { spec, status } = set;
  const replicas = {
    desired: spec.replicas ?? 1,
    current: status?.replicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    // Clusters before 1.22 do not tell; without minReadySeconds a ready pod is an available one.
    available: status?.availableReplicas ?? status?.readyReplicas ?? 0,
  };
  const observed = (status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 0);
  const settled = observed && isRolledOut(set, replicas);
  return {
    kind: 'StatefulSet',
    ...projectCommon('StatefulSet', set),
    health: settled && replicas.current === replicas.desired ? 'ok' : 'progressing',
    replicas,
    selector: projectSelector(spec.selector),
    serviceName: spec.serviceName || null,
    currentRevision: status?.currentRevision || null,
    updateRevision: status?.updateRevision || null,
    partition: spec.updateStrategy?.rollingUpdate?.partition ?? 0,
    observed,
    settled,
    images: projectImages(spec.template?.spec),
    conditions: projectConditions(status?.conditions),
  };
}

/** Rules of `StatefulSetStatusViewer` in kubectl's rollout_status.go; OnDelete has no rollout of its own. */
function isRolledOut({ spec, status }: StatefulSet, replicas: StatefulSetEntity['replicas']): boolean {
  if (replicas.ready < replicas.desired) return false;
  const { type = 'RollingUpdate', rollingUpdate } = spec.updateStrategy ?? {};
  if (type !== 'RollingUpdate') return true;
  const partition = rollingUpdate?.partition ?? 0;
  if (partition > 0) return replicas.updated >= replicas.desired - partition;
  return status?.updateRevision === status?.currentRevision;
}
