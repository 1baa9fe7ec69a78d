import type { Pod, PriorityClass } from '@portolan/shared';
import type { NewObject, Store } from '../../store/store.ts';
import { admissionForbidden } from './forbidden.ts';

/** The classes that every cluster has (`pkg/apis/scheduling/v1/helpers.go`). */
export const PRIORITY_CLASSES: NewObject<PriorityClass>[] = [
  {
    metadata: { name: 'system-node-critical' },
    value: 2_000_001_000,
    description: 'Used for system critical pods that must not be moved from their current node.',
    preemptionPolicy: 'PreemptLowerPriority',
  },
  {
    metadata: { name: 'system-cluster-critical' },
    value: 2_000_000_000,
    description:
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
    preemptionPolicy: 'PreemptLowerPriority',
  },
];

/** Gives a new pod the priority of its class, or of the default one (admission plugin Priority). */
export function admitPriority(pod: Pod, store: Store): void {
  const { spec } = pod;
  const classes = 'priorityclasses.scheduling.k8s.io';
  const name = spec.priorityClassName;
  const found = name
    ? store.get(classes, { name })
    : store
        .list(classes)
        .filter(({ globalDefault }) => globalDefault)
        .sort((a, b) => a.value - b.value)[0];
  if (name && !found) {
    const why = `no PriorityClass with name ${name} was found`;
    throw admissionForbidden({ group: '', plural: 'pods', kind: 'Pod' }, pod, [why]);
  }
  if (found) spec.priorityClassName = found.metadata.name;
  spec.priority = found?.value ?? 0;
  spec.preemptionPolicy ??= found?.preemptionPolicy ?? 'PreemptLowerPriority';
}
