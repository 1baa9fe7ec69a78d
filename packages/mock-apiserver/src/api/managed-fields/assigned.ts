import { difference, type FieldSet, intersection, type Path, pathsOf, setOf, union } from './field-set.ts';

/**
 * Fields that the cluster assigns to an object after it has been booked who set what (`PrepareForCreate` of the strategies
 * in `pkg/registry`, and admission plugins), by storage key. Whoever names them owns them, nobody else does.
 */
const ASSIGNED: Readonly<Record<string, readonly string[]>> = {
  services: [
    'spec.clusterIP',
    'spec.clusterIPs',
    'spec.ipFamilies',
    'spec.ipFamilyPolicy',
    'spec.healthCheckNodePort',
    'spec.ports.nodePort',
  ],
  pods: [
    'spec.nodeName',
    'spec.preemptionPolicy',
    'spec.priority',
    'spec.serviceAccount',
    'spec.serviceAccountName',
    'spec.tolerations',
  ],
  namespaces: ['spec', 'spec.finalizers'],
  persistentvolumeclaims: ['metadata.finalizers', 'spec.storageClassName', 'spec.volumeName'],
  persistentvolumes: ['metadata.finalizers'],
  'jobs.batch': ['spec.selector', 'spec.template.metadata.labels', 'metadata.labels'],
  'ingresses.networking.k8s.io': ['spec.ingressClassName'],
};

/** The names of a path, without what tells the items of lists apart. */
const namesOf = (path: Path) =>
  path
    .filter((element) => element.startsWith('f:'))
    .map((element) => element.slice(2))
    .join('.');

/** The fields of a set that the cluster assigns by itself, and that were not sent. */
function assignedIn(key: string, set: FieldSet, sent: FieldSet): FieldSet {
  const names = ASSIGNED[key];
  if (!names) return setOf();
  const paths = [...pathsOf(difference(set, sent))];
  const assigned = paths.filter((path) => {
    const name = namesOf(path);
    return names.some((one) => name === one || name.startsWith(`${one}.`));
  });
  return setOf(...assigned);
}

/** A set without what the cluster assigns by itself; what was sent stays. */
export function withoutAssigned(key: string, set: FieldSet, sent: FieldSet): FieldSet {
  return union(difference(set, assignedIn(key, set, sent)), intersection(set, sent));
}
