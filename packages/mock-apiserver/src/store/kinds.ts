import type {
  CronJob,
  DaemonSet,
  Deployment,
  EndpointSlice,
  Endpoints,
  Event,
  Job,
  KubeObject,
  Namespace,
  Node,
  Pod,
  ReplicaSet,
  ReplicationController,
  Service,
  StatefulSet,
} from '@portolan/shared';

/** The types of the resources that controllers read and write, by storage key (`plural` or `plural.group`). */
interface TypedKinds {
  pods: Pod;
  nodes: Node;
  namespaces: Namespace;
  services: Service;
  endpoints: Endpoints;
  events: Event;
  replicationcontrollers: ReplicationController;
  'deployments.apps': Deployment;
  'replicasets.apps': ReplicaSet;
  'statefulsets.apps': StatefulSet;
  'daemonsets.apps': DaemonSet;
  'jobs.batch': Job;
  'cronjobs.batch': CronJob;
  'endpointslices.discovery.k8s.io': EndpointSlice;
}

/** What is stored under a key. */
export type ObjectOf<K extends string> = K extends keyof TypedKinds ? TypedKinds[K] : KubeObject;

/** Namespace and name of an object; cluster-scoped ones have no namespace. */
export interface ObjectRef {
  namespace?: string | undefined;
  name: string;
}

/** What the store must know of a resource; the table of the API fills it in. */
export interface StoredResource {
  key: string;
  group: string;
  plural: string;
  kind: string;
  /** The version objects are stored in, such as `apps/v1`. */
  apiVersion: string;
  namespaced: boolean;
  /** True where `metadata.generation` counts the changes of the spec. */
  generation: boolean;
  /** True while something other than `metadata.finalizers` holds a deleted object back. */
  heldBack?(object: KubeObject): boolean;
  /** Seconds of grace that a deletion without its own word gives; none where the kind has no such thing. */
  graceSeconds?(object: KubeObject): number;
}
