import type { KubeObject } from './api/meta.ts';
import { type EntityOf, KINDS, type Kind } from './entity/entity.ts';
import { projectCronJob } from './project/cron-job.ts';
import { projectDaemonSet } from './project/daemon-set.ts';
import { projectDeployment } from './project/deployment.ts';
import { projectEndpointSlice } from './project/endpoint-slice.ts';
import { projectEndpoints } from './project/endpoints.ts';
import { projectEvent } from './project/event.ts';
import { projectJob } from './project/job.ts';
import { projectNamespace } from './project/namespace.ts';
import { projectNode } from './project/node.ts';
import { projectPod } from './project/pod.ts';
import { projectReplicaSet } from './project/replica-set.ts';
import { projectReplicationController } from './project/replication-controller.ts';
import { projectService } from './project/service.ts';
import { projectStatefulSet } from './project/stateful-set.ts';

/**
 * What Portolan knows of a kind. `group` is `""` for the core; `versions` are those it can read, newest first, and what
 * the cluster serves decides; `plural`, `singular` and `shortNames` as kubectl takes them. `required` kinds must have
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
  namespaced?: false;
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
    namespaced: true,
    required: false,
    instead: null,
    ...facts,
    read: { namespace: null, metadataOnly: false, pollMs: null, ...facts.read },
    project: (object) => projectObject(object as O),
  };
}

const core = { group: '', versions: ['v1'] } as const;
const apps = { group: 'apps', versions: ['v1'] } as const;

const TABLE: { [K in Kind]: Row<K> } = {
  Namespace: row(
    'Namespace',
    { ...core, plural: 'namespaces', shortNames: ['ns'], namespaced: false, required: true },
    projectNamespace,
  ),
  Node: row('Node', { ...core, plural: 'nodes', shortNames: ['no'], namespaced: false, required: true }, projectNode),
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
  Event: row('Event', { ...core, plural: 'events', shortNames: ['ev'] }, projectEvent),
};

/** The row of one kind. */
export function kindRow<K extends Kind>(kind: K): Row<K> {
  return TABLE[kind];
}

/** The one table of kinds, in the order of KINDS. */
export const KIND_TABLE: readonly KindRow[] = KINDS.map((kind) => TABLE[kind]);
