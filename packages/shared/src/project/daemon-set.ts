import type { DaemonSet } from '../api/workloads.ts';
import type { DaemonSetEntity } from '../entity/workloads.ts';
import { projectCommon, projectConditions, projectImages, projectSelector } from './common.ts';

/** A DaemonSet; `settled` by the rules of `DaemonSetStatusViewer` in kubectl's rollout_status.go. */
export function projectDaemonSet(set: DaemonSet): DaemonSetEntity {
  const { spec, status } = set;
  const replicas = {
    desired: status?.desiredNumberScheduled ?? 0,
    current: status?.currentNumberScheduled ?? 0,
    updated: status?.updatedNumberScheduled ?? 0,
    ready: status?.numberReady ?? 0,
    available: status?.numberAvailable ?? 0,
    misscheduled: status?.numberMisscheduled ?? 0,
  };
  const observed = (status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 0);
  const settled = observed && replicas.updated >= replicas.desired && replicas.available >= replicas.desired;
  return {
    kind: 'DaemonSet',
    ...projectCommon('DaemonSet', set),
    health: settled ? 'ok' : 'progressing',
    replicas,
    selector: projectSelector(spec.selector),
    observed,
    settled,
    images: projectImages(spec.template?.spec),
    conditions: projectConditions(status?.conditions),
  };
}
