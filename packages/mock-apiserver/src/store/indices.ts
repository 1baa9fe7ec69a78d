import type { EndpointSlice, Event, KubeObject, Pod, Service } from '@portolan/shared';

/** The values under which an object is found; none keeps it out of the index. */
export type Index = (object: KubeObject) => readonly string[];

const some = (value: string | undefined): readonly string[] => (value ? [value] : []);

/** What every resource is found by. */
const COMMON = {
  /** The uid of any owner. */
  owner: ({ metadata }: KubeObject) => metadata.ownerReferences?.map(({ uid }) => uid) ?? [],
  /** The uid of the owner that controls it. */
  controller: ({ metadata }: KubeObject) => some(metadata.ownerReferences?.find((owner) => owner.controller)?.uid),
};

/** The namespace of an object that nothing controls, for whoever might adopt it. */
const orphan = ({ metadata }: KubeObject) =>
  metadata.ownerReferences?.some((owner) => owner.controller) ? [] : some(metadata.namespace);

/** Labels that hardly two pods of an application have in common, or all pods of a revision: nobody selects by them alone. */
const TELLING_LITTLE = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'controller-uid',
]);

/** Under which value of the index `label` a pod with a label stands; undefined for a label that is not indexed. */
export function labelValue(namespace: string, key: string, value: string): string | undefined {
  return TELLING_LITTLE.has(key) ? undefined : `${namespace}/${key}=${value}`;
}

/** What some resources are found by beside, by storage key. */
const OWN = {
  pods: {
    /** `spec.nodeName`. */
    node: (object: KubeObject) => some((object as Pod).spec.nodeName),
    orphan,
    /** `namespace/name` of each claim among its volumes. */
    claim: ({ metadata, spec }: KubeObject & { spec?: Pod['spec'] }) =>
      (spec?.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) =>
        claim ? [`${metadata.namespace ?? ''}/${claim.claimName}`] : [],
      ),
    /** Its labels in its namespace, as `labelValue` writes them. */
    label: ({ metadata: { namespace = '', labels = {} } }: KubeObject) =>
      Object.entries(labels).flatMap(([key, value]) => labelValue(namespace, key, value) ?? []),
  },
  services: {
    /** `spec.clusterIP`. */
    clusterIP: (object: KubeObject) => some((object as Service).spec.clusterIP),
    /** Each `spec.ports[*].nodePort`. */
    nodePort: (object: KubeObject) =>
      (object as Service).spec.ports?.flatMap(({ nodePort }) => (nodePort ? [String(nodePort)] : [])) ?? [],
  },
  'replicasets.apps': { orphan },
  events: {
    /** `involvedObject.uid`. */
    involved: (object: KubeObject) => some((object as Event).involvedObject.uid),
  },
  'endpointslices.discovery.k8s.io': {
    /** `namespace/name` of the service. */
    service: (object: KubeObject) => {
      const { namespace, labels } = (object as EndpointSlice).metadata;
      const name = labels?.['kubernetes.io/service-name'];
      return name ? [`${namespace ?? ''}/${name}`] : [];
    },
  },
};

type Own = typeof OWN;

/** The names of the indices that a resource has. */
export type IndexName<K extends string> = keyof typeof COMMON | (K extends keyof Own ? keyof Own[K] & string : never);

/** The index of a resource by its name; throws for one that is not declared. */
export function indexOf(key: string, name: string): Index {
  const own: Record<string, Record<string, Index>> = OWN;
  const common: Record<string, Index> = COMMON;
  const index = own[key]?.[name] ?? common[name];
  if (!index) throw new Error(`${key} has no index "${name}"`);
  return index;
}
