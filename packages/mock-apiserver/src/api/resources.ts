import type { Event, KubeObject, Namespace, Pod } from '@portolan/shared';
import { ageColumn, nameColumn } from './columns/column.ts';
import * as core from './columns/core.ts';
import * as workloads from './columns/workloads.ts';
import { preparePod } from './defaults/pod.ts';
import { prepareService, validateService } from './defaults/service.ts';
import * as defaults from './defaults/workloads.ts';
import { type ApiResource, groupVersion, type ServedResource, type Subresource } from './resource.ts';
import { validatePod, validateWorkload } from './validate.ts';

type Row = Partial<Omit<ApiResource, 'key' | 'apiVersion'>> & Pick<ApiResource, 'kind' | 'plural'>;

/** A row with what most rows have in common filled in. */
function row(group: string, versions: string[], facts: Row): ApiResource {
  return {
    key: group ? `${facts.plural}.${group}` : facts.plural,
    group,
    versions,
    apiVersion: groupVersion(group, versions[0] ?? 'v1'),
    singular: facts.kind.toLowerCase(),
    shortNames: [],
    categories: [],
    namespaced: true,
    generation: false,
    subresources: [],
    fields: {},
    columns: [nameColumn, ageColumn],
    needsSpec: facts.validate !== undefined || facts.categories?.includes('all') === true,
    ...facts,
  };
}

const SCALED: Subresource[] = ['status', 'scale'];
const ALL = ['all'];
const NAMESPACE_KINDS = { namespaced: false };

const podFields: ApiResource['fields'] = {
  'spec.nodeName': (object) => (object as Pod).spec.nodeName ?? '',
  'spec.restartPolicy': (object) => (object as Pod).spec.restartPolicy ?? '',
  'spec.schedulerName': (object) => (object as Pod).spec.schedulerName ?? '',
  'spec.serviceAccountName': (object) => (object as Pod).spec.serviceAccountName ?? '',
  'spec.hostNetwork': (object) => String((object as Pod).spec.hostNetwork ?? false),
  'status.phase': (object) => (object as Pod).status?.phase ?? '',
  'status.podIP': (object) => (object as Pod).status?.podIP ?? '',
  'status.nominatedNodeName': (object) => (object as Pod).status?.nominatedNodeName ?? '',
};

const involved = (field: 'kind' | 'namespace' | 'name' | 'uid' | 'apiVersion' | 'resourceVersion' | 'fieldPath') =>
  [`involvedObject.${field}`, (object: KubeObject) => (object as Event).involvedObject[field] ?? ''] as const;

const eventFields: ApiResource['fields'] = {
  ...Object.fromEntries(
    (['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'] as const).map(involved),
  ),
  reason: (object) => (object as Event).reason ?? '',
  reportingComponent: (object) => (object as Event).reportingComponent || ((object as Event).source?.component ?? ''),
  source: (object) => (object as Event).source?.component ?? '',
  type: (object) => (object as Event).type ?? '',
};

function prepareNamespace(object: KubeObject): void {
  const namespace = object as Namespace;
  namespace.metadata.labels = { ...namespace.metadata.labels, 'kubernetes.io/metadata.name': namespace.metadata.name };
  namespace.spec = { finalizers: ['kubernetes'], ...namespace.spec };
  namespace.status = { phase: 'Active', ...namespace.status };
}

/** The table of resources, in the order discovery lists them. */
export const RESOURCES: readonly ApiResource[] = [
  row('', ['v1'], { kind: 'ConfigMap', plural: 'configmaps', shortNames: ['cm'], columns: core.configMapColumns }),
  row('', ['v1'], { kind: 'Endpoints', plural: 'endpoints', shortNames: ['ep'], columns: core.endpointsColumns }),
  row('', ['v1'], {
    kind: 'Event',
    plural: 'events',
    shortNames: ['ev'],
    columns: core.eventColumns,
    fields: eventFields,
  }),
  row('', ['v1'], {
    kind: 'Namespace',
    plural: 'namespaces',
    shortNames: ['ns'],
    ...NAMESPACE_KINDS,
    subresources: ['status', 'finalize'],
    columns: core.namespaceColumns,
    fields: { 'status.phase': (object) => (object as Namespace).status?.phase ?? '' },
    prepare: prepareNamespace,
    heldBack: (object) => ((object as Namespace).spec?.finalizers?.length ?? 0) > 0,
  }),
  row('', ['v1'], {
    kind: 'Node',
    plural: 'nodes',
    shortNames: ['no'],
    ...NAMESPACE_KINDS,
    subresources: ['status'],
    columns: core.nodeColumns,
    fields: {
      'spec.unschedulable': (object) =>
        String((object as KubeObject & { spec?: { unschedulable?: boolean } }).spec?.unschedulable ?? false),
    },
  }),
  row('', ['v1'], {
    kind: 'Pod',
    plural: 'pods',
    shortNames: ['po'],
    categories: ALL,
    subresources: ['status', 'eviction', 'log', 'binding'],
    columns: core.podColumns,
    fields: podFields,
    prepare: preparePod,
    validate: validatePod,
    graceSeconds: (object) => {
      const pod = object as Pod;
      const ended = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
      return !pod.spec.nodeName || ended ? 0 : (pod.spec.terminationGracePeriodSeconds ?? 30);
    },
  }),
  row('', ['v1'], {
    kind: 'ReplicationController',
    plural: 'replicationcontrollers',
    shortNames: ['rc'],
    categories: ALL,
    generation: true,
    subresources: SCALED,
    columns: workloads.replicationControllerColumns,
    prepare: defaults.prepareReplicationController,
  }),
  row('', ['v1'], {
    kind: 'Secret',
    plural: 'secrets',
    columns: core.secretColumns,
    prepare: (object) => {
      (object as KubeObject & { type?: string }).type ??= 'Opaque';
    },
  }),
  row('', ['v1'], {
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    shortNames: ['sa'],
    columns: core.serviceAccountColumns,
  }),
  row('', ['v1'], {
    kind: 'Service',
    plural: 'services',
    shortNames: ['svc'],
    categories: ALL,
    subresources: ['status'],
    columns: core.serviceColumns,
    prepare: prepareService,
    validate: validateService,
  }),
  row('apps', ['v1'], {
    kind: 'ControllerRevision',
    plural: 'controllerrevisions',
    columns: workloads.controllerRevisionColumns,
  }),
  row('apps', ['v1'], {
    kind: 'DaemonSet',
    plural: 'daemonsets',
    shortNames: ['ds'],
    categories: ALL,
    generation: true,
    subresources: ['status'],
    columns: workloads.daemonSetColumns,
    prepare: defaults.prepareDaemonSet,
    validate: validateWorkload,
  }),
  row('apps', ['v1'], {
    kind: 'Deployment',
    plural: 'deployments',
    shortNames: ['deploy'],
    categories: ALL,
    generation: true,
    subresources: SCALED,
    columns: workloads.deploymentColumns,
    prepare: defaults.prepareDeployment,
    validate: validateWorkload,
  }),
  row('apps', ['v1'], {
    kind: 'ReplicaSet',
    plural: 'replicasets',
    shortNames: ['rs'],
    categories: ALL,
    generation: true,
    subresources: SCALED,
    columns: workloads.replicaSetColumns,
    prepare: defaults.prepareReplicaSet,
    validate: validateWorkload,
  }),
  row('apps', ['v1'], {
    kind: 'StatefulSet',
    plural: 'statefulsets',
    shortNames: ['sts'],
    categories: ALL,
    generation: true,
    subresources: SCALED,
    columns: workloads.statefulSetColumns,
    prepare: defaults.prepareStatefulSet,
    validate: validateWorkload,
  }),
  row('batch', ['v1'], {
    kind: 'CronJob',
    plural: 'cronjobs',
    shortNames: ['cj'],
    categories: ALL,
    generation: true,
    subresources: ['status'],
    columns: workloads.cronJobColumns,
    prepare: defaults.prepareCronJob,
  }),
  row('batch', ['v1'], {
    kind: 'Job',
    plural: 'jobs',
    categories: ALL,
    generation: true,
    subresources: ['status'],
    columns: workloads.jobColumns,
    prepare: defaults.prepareJob,
  }),
  row('coordination.k8s.io', ['v1'], { kind: 'Lease', plural: 'leases', columns: workloads.leaseColumns }),
  row('discovery.k8s.io', ['v1'], {
    kind: 'EndpointSlice',
    plural: 'endpointslices',
    generation: true,
    columns: core.endpointSliceColumns,
  }),
  row('policy', ['v1'], {
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    shortNames: ['pdb'],
    generation: true,
    subresources: ['status'],
    columns: workloads.podDisruptionBudgetColumns,
  }),
  // Served empty: a client that misses a kind in the OpenAPI document asks for the custom ones.
  row('apiextensions.k8s.io', ['v1'], {
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    shortNames: ['crd', 'crds'],
    ...NAMESPACE_KINDS,
  }),
];

const own: ServedResource[] = RESOURCES.flatMap((resource) =>
  resource.versions.map((version) => ({
    group: resource.group,
    version,
    resource,
    alias: false,
    prepare: resource.prepare,
  })),
);

const aliases: ServedResource[] = RESOURCES.filter(({ key }) => key === 'deployments.apps').map((resource) => ({
  group: 'extensions',
  version: 'v1beta1',
  resource,
  alias: true,
  prepare: defaults.prepareExtensionsDeployment,
}));

/** Everything served, aliases last: a client that looks a kind up takes the first group that has it. */
export const SERVED: readonly ServedResource[] = [...own, ...aliases];
