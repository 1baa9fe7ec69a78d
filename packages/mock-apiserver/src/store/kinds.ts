import type {
  CertificateSigningRequest,
  ClusterRole,
  ConfigMap,
  ControllerRevision,
  CronJob,
  CSIDriver,
  CSINode,
  CustomResourceDefinition,
  DaemonSet,
  Deployment,
  EndpointSlice,
  Endpoints,
  Event,
  HorizontalPodAutoscaler,
  Ingress,
  IngressClass,
  Job,
  KubeObject,
  Lease,
  LimitRange,
  Namespace,
  NetworkPolicy,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  PodTemplate,
  PriorityClass,
  ReplicaSet,
  ReplicationController,
  ResourceQuota,
  Role,
  RoleBinding,
  RuntimeClass,
  Secret,
  Service,
  ServiceAccount,
  StatefulSet,
  StorageClass,
  VolumeAttachment,
} from '@portolan/shared';

/** The types of the resources that are stored, by storage key (`plural` or `plural.group`). */
interface TypedKinds {
  configmaps: ConfigMap;
  endpoints: Endpoints;
  events: Event;
  limitranges: LimitRange;
  namespaces: Namespace;
  nodes: Node;
  persistentvolumeclaims: PersistentVolumeClaim;
  persistentvolumes: PersistentVolume;
  pods: Pod;
  podtemplates: PodTemplate;
  replicationcontrollers: ReplicationController;
  resourcequotas: ResourceQuota;
  secrets: Secret;
  serviceaccounts: ServiceAccount;
  services: Service;
  'controllerrevisions.apps': ControllerRevision;
  'daemonsets.apps': DaemonSet;
  'deployments.apps': Deployment;
  'replicasets.apps': ReplicaSet;
  'statefulsets.apps': StatefulSet;
  'horizontalpodautoscalers.autoscaling': HorizontalPodAutoscaler;
  'cronjobs.batch': CronJob;
  'jobs.batch': Job;
  'customresourcedefinitions.apiextensions.k8s.io': CustomResourceDefinition;
  'certificatesigningrequests.certificates.k8s.io': CertificateSigningRequest;
  'leases.coordination.k8s.io': Lease;
  'endpointslices.discovery.k8s.io': EndpointSlice;
  'ingressclasses.networking.k8s.io': IngressClass;
  'ingresses.networking.k8s.io': Ingress;
  'networkpolicies.networking.k8s.io': NetworkPolicy;
  'runtimeclasses.node.k8s.io': RuntimeClass;
  'poddisruptionbudgets.policy': PodDisruptionBudget;
  'clusterrolebindings.rbac.authorization.k8s.io': RoleBinding;
  'clusterroles.rbac.authorization.k8s.io': ClusterRole;
  'rolebindings.rbac.authorization.k8s.io': RoleBinding;
  'roles.rbac.authorization.k8s.io': Role;
  'priorityclasses.scheduling.k8s.io': PriorityClass;
  'csidrivers.storage.k8s.io': CSIDriver;
  'csinodes.storage.k8s.io': CSINode;
  'storageclasses.storage.k8s.io': StorageClass;
  'volumeattachments.storage.k8s.io': VolumeAttachment;
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
  /** Fills in what depends on an object's name and uid, when it has just got them. */
  identify?(object: KubeObject): void;
}
