import type { KubeObject } from './api/meta.ts';
import { type EntityOf, KINDS, type Kind } from './entity/entity.ts';
import { CLUSTER_SCOPED, ONLY_IN } from './kind-place.ts';
import { POLL_MS } from './poll-interval.ts';
import { projectAutoscaler } from './project/autoscaler.ts';
import { projectConfigMap } from './project/config-map.ts';
import { projectCronJob } from './project/cron-job.ts';
import { projectDaemonSet } from './project/daemon-set.ts';
import { projectDeployment } from './project/deployment.ts';
import { projectDisruptionBudget } from './project/disruption-budget.ts';
import { projectEndpointSlice } from './project/endpoint-slice.ts';
import { projectEndpoints } from './project/endpoints.ts';
import { projectEvent } from './project/event.ts';
import { projectGateway, projectHttpRoute } from './project/gateway.ts';
import { projectIngress } from './project/ingress.ts';
import { projectJob } from './project/job.ts';
import { projectLease } from './project/lease.ts';
import { projectNodeMetrics, projectPodMetrics } from './project/metrics.ts';
import { projectNamespace } from './project/namespace.ts';
import { projectNetworkPolicy } from './project/network-policy.ts';
import { projectNode } from './project/node.ts';
import { projectPod } from './project/pod.ts';
import { projectReplicaSet } from './project/replica-set.ts';
import { projectReplicationController } from './project/replication-controller.ts';
import { projectResourceQuota } from './project/resource-quota.ts';
import { projectService } from './project/service.ts';
import { projectStatefulSet } from './project/stateful-set.ts';
import { projectClaim, projectStorageClass, projectVolume } from './project/volume.ts';

/**
 * What Portolan knows of a kind. `group` is `""` for the core; `versions` are those it can read, newest first, and what
 * the cluster serves decides; one that is written with a group (`extensions/v1beta1`) is of that group; `plural`, `singular` and `shortNames` as kubectl takes them. `required` kinds must have
 * synced before a cluster counts as ready. A kind with `instead` is read only where the kind it names is absent. `read` is
 * how it is had from the apiserver.
 * `project` makes the entity; call it through `project()`, which types its errors.
 */
interface Row<K extends Kind> {
  kind: K;
  group: string;
  versions: readonly string[];
  plural: string;
  singular: string;
  shortNames: readonly string[];
  namespaced: boolean;
  required: boolean;
  instead: Kind | null;
  read: Reading;
  project: (object: KubeObject) => EntityOf<K>;
}

/**
 * How a kind is had. `namespace` limits it to one; `metadataOnly` asks for PartialObjectMetadata, so that what the objects
 * hold never reaches us; `pollMs` is for what cannot be watched: it is listed again after that long.
 */
export interface Reading {
  namespace: string | null;
  metadataOnly: boolean;
  pollMs: number | null;
}

/** A row of the table of kinds; without an argument, the union of all rows. */
export type KindRow<K extends Kind = Kind> = { [P in K]: Row<P> }[K];

interface Facts {
  group: string;
  versions: readonly string[];
  plural: string;
  shortNames: readonly string[];
  required?: true;
  instead?: Kind;
  read?: Partial<Reading>;
}

/** What the API sends under a kind is of that kind's type; the projections take nothing of it for granted. */
function row<K extends Kind, O extends KubeObject>(
  kind: K,
  facts: Facts,
  projectObject: (object: O) => EntityOf<K>,
): Row<K> {
  return {
    kind,
    singular: kind.toLowerCase(),
    namespaced: !CLUSTER_SCOPED.has(kind),
    required: false,
    instead: null,
    ...facts,
    read: { namespace: ONLY_IN[kind] ?? null, metadataOnly: false, pollMs: POLL_MS[kind] ?? null, ...facts.read },
    project: (object) => projectObject(object as O),
  };
}

const core = { group: '', versions: ['v1'] } as const;
const apps = { group: 'apps', versions: ['v1'] } as const;
const storage = { group: 'storage.k8s.io', versions: ['v1'] } as const;
const gatewayApi = { group: 'gateway.networking.k8s.io', versions: ['v1', 'v1beta1'] } as const;
const metrics = { group: 'metrics.k8s.io', versions: ['v1beta1'], shortNames: [] } as const;

const TABLE: { [K in Kind]: Row<K> } = {
  Namespace: row('Namespace', { ...core, plural: 'namespaces', shortNames: ['ns'], required: true }, projectNamespace),
  Node: row('Node', { ...core, plural: 'nodes', shortNames: ['no'], required: true }, projectNode),
  Service: row('Service', { ...core, plural: 'services', shortNames: ['svc'] }, projectService),
  Deployment: row('Deployment', { ...apps, plural: 'deployments', shortNames: ['deploy'] }, projectDeployment),
  StatefulSet: row('StatefulSet', { ...apps, plural: 'statefulsets', shortNames: ['sts'] }, projectStatefulSet),
  DaemonSet: row('DaemonSet', { ...apps, plural: 'daemonsets', shortNames: ['ds'] }, projectDaemonSet),
  CronJob: row(
    'CronJob',
    { group: 'batch', versions: ['v1', 'v1beta1'], plural: 'cronjobs', shortNames: ['cj'] },
    projectCronJob,
  ),
  Job: row('Job', { group: 'batch', versions: ['v1'], plural: 'jobs', shortNames: [] }, projectJob),
  ReplicationController: row(
    'ReplicationController',
    { ...core, plural: 'replicationcontrollers', shortNames: ['rc'] },
    projectReplicationController,
  ),
  ReplicaSet: row('ReplicaSet', { ...apps, plural: 'replicasets', shortNames: ['rs'] }, projectReplicaSet),
  Pod: row('Pod', { ...core, plural: 'pods', shortNames: ['po'], required: true }, projectPod),
  EndpointSlice: row(
    'EndpointSlice',
    { group: 'discovery.k8s.io', versions: ['v1', 'v1beta1'], plural: 'endpointslices', shortNames: [] },
    projectEndpointSlice,
  ),
  Endpoints: row(
    'Endpoints',
    { ...core, plural: 'endpoints', shortNames: ['ep'], instead: 'EndpointSlice' },
    projectEndpoints,
  ),
  StorageClass: row('StorageClass', { ...storage, plural: 'storageclasses', shortNames: ['sc'] }, projectStorageClass),
  PersistentVolume: row(
    'PersistentVolume',
    { ...core, plural: 'persistentvolumes', shortNames: ['pv'] },
    projectVolume,
  ),
  PersistentVolumeClaim: row(
    'PersistentVolumeClaim',
    { ...core, plural: 'persistentvolumeclaims', shortNames: ['pvc'] },
    projectClaim,
  ),
  ConfigMap: row(
    'ConfigMap',
    { ...core, plural: 'configmaps', shortNames: ['cm'], read: { metadataOnly: true } },
    projectConfigMap,
  ),
  ResourceQuota: row(
    'ResourceQuota',
    { ...core, plural: 'resourcequotas', shortNames: ['quota'] },
    projectResourceQuota,
  ),
  Ingress: row(
    'Ingress',
    {
      group: 'networking.k8s.io',
      versions: ['v1', 'v1beta1', 'extensions/v1beta1'],
      plural: 'ingresses',
      shortNames: ['ing'],
    },
    projectIngress,
  ),
  Gateway: row('Gateway', { ...gatewayApi, plural: 'gateways', shortNames: ['gtw'] }, projectGateway),
  HTTPRoute: row('HTTPRoute', { ...gatewayApi, plural: 'httproutes', shortNames: [] }, projectHttpRoute),
  NetworkPolicy: row(
    'NetworkPolicy',
    { group: 'networking.k8s.io', versions: ['v1'], plural: 'networkpolicies', shortNames: ['netpol'] },
    projectNetworkPolicy,
  ),
  HorizontalPodAutoscaler: row(
    'HorizontalPodAutoscaler',
    {
      group: 'autoscaling',
      versions: ['v2', 'v2beta2', 'v1'],
      plural: 'horizontalpodautoscalers',
      shortNames: ['hpa'],
    },
    projectAutoscaler,
  ),
  PodDisruptionBudget: row(
    'PodDisruptionBudget',
    { group: 'policy', versions: ['v1', 'v1beta1'], plural: 'poddisruptionbudgets', shortNames: ['pdb'] },
    projectDisruptionBudget,
  ),
  Lease: row(
    'Lease',
    {
      group: 'coordination.k8s.io',
      versions: ['v1'],
      plural: 'leases',
      shortNames: [],
    },
    projectLease,
  ),
  NodeMetrics: row('NodeMetrics', { ...metrics, plural: 'nodes' }, projectNodeMetrics),
  PodMetrics: row('PodMetrics', { ...metrics, plural: 'pods' }, projectPodMetrics),
  Event: row('Event', { ...core, plural: 'events', shortNames: ['ev'] }, projectEvent),
};

/** The row of one kind. */
export function kindRow<K extends Kind>(kind: K): Row<K> {
  return TABLE[kind];
}

/** The one table of kinds, in the order of KINDS. */
export const KIND_TABLE: readonly KindRow[] = KINDS.map((kind) => TABLE[kind]);

const BY_NAME = new Map<string, Kind>();
for (const { kind, plural, singular, shortNames } of KIND_TABLE) {
  for (const name of [plural, singular, ...shortNames]) if (!BY_NAME.has(name)) BY_NAME.set(name, kind);
}

/**
 * The kind that is meant by a name as kubectl takes it, whatever its case: its kind, plural, singular or short name. Names
 * that several kinds share mean the first of them (`pods` are Pods, not their metrics).
 */
export function findKind(name: string): Kind | null {
  return BY_NAME.get(name.toLowerCase()) ?? null;
}
