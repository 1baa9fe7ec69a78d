import type { Event, KubeObject, Namespace, Node, Pod, ReplicationController, Secret, Service } from '@portolan/shared';
import { type Binding, bind } from '../binding.ts';
import { createdAtColumns } from '../columns/column.ts';
import * as core from '../columns/core.ts';
import * as storage from '../columns/storage.ts';
import * as workloads from '../columns/workloads.ts';
import * as kinds from '../defaults/kinds.ts';
import { preparePod } from '../defaults/pod.ts';
import { prepareService } from '../defaults/service.ts';
import * as defaults from '../defaults/workloads.ts';
import { type ApiResource, VERBS } from '../resource.ts';
import { validateConfigMap, validateSecret } from '../validation/config.ts';
import { dns1035Label, dnsLabel } from '../validation/names.ts';
import { validatePod } from '../validation/pod.ts';
import { validateLimitRange, validateQuota } from '../validation/policy.ts';
import { validateService } from '../validation/service.ts';
import { validatePersistentVolume, validatePersistentVolumeClaim } from '../validation/storage.ts';
import { validateReplicationController } from '../validation/workloads.ts';
import { ALL, row, SCALED } from './row.ts';

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

const involved = (field: 'kind' | 'namespace' | 'name' | 'uid' | 'apiVersion' | 'resourceVersion' | 'fieldPath') => {
  const read = (object: KubeObject) => (object as Event).involvedObject[field] ?? '';
  return [[`involvedObject.${field}`, read] as const, [`regarding.${field}`, read] as const];
};

const reporter = (object: KubeObject) =>
  (object as Event).reportingComponent || ((object as Event).source?.component ?? '');

const eventFields: ApiResource['fields'] = {
  ...Object.fromEntries(
    (['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'] as const).flatMap(involved),
  ),
  reason: (object) => (object as Event).reason ?? '',
  reportingComponent: reporter,
  reportingController: reporter,
  source: (object) => (object as Event).source?.component ?? '',
  type: (object) => (object as Event).type ?? '',
};

/** core/v1. */
export const coreResources: readonly ApiResource[] = [
  row('', ['v1'], {
    kind: 'Binding',
    plural: 'bindings',
    verbs: ['create'],
    virtual: { create: (binding, { store }) => bind(store, binding as Binding) },
  }),
  row('', ['v1'], {
    kind: 'ComponentStatus',
    plural: 'componentstatuses',
    shortNames: ['cs'],
    namespaced: false,
    verbs: ['get', 'list'],
    columns: core.componentStatusColumns,
    deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
    virtual: { list: ({ componentStatuses }) => componentStatuses() },
  }),
  row('', ['v1'], {
    kind: 'ConfigMap',
    plural: 'configmaps',
    shortNames: ['cm'],
    columns: core.configMapColumns,
    validate: validateConfigMap,
  }),
  row('', ['v1'], { kind: 'Endpoints', plural: 'endpoints', shortNames: ['ep'], columns: core.endpointsColumns }),
  row('', ['v1'], {
    kind: 'Event',
    plural: 'events',
    shortNames: ['ev'],
    columns: core.eventColumns,
    fields: eventFields,
    prepare: kinds.prepareEvent,
  }),
  row('', ['v1'], {
    kind: 'LimitRange',
    plural: 'limitranges',
    shortNames: ['limits'],
    columns: createdAtColumns,
    prepare: kinds.prepareLimitRange,
    validate: validateLimitRange,
  }),
  row('', ['v1'], {
    kind: 'Namespace',
    plural: 'namespaces',
    shortNames: ['ns'],
    namespaced: false,
    subresources: ['status', 'finalize'],
    columns: core.namespaceColumns,
    fields: {
      name: ({ metadata }) => metadata.name,
      'status.phase': (object) => (object as Namespace).status?.phase ?? '',
    },
    nameRule: dnsLabel,
    verbs: VERBS.filter((verb) => verb !== 'deletecollection'),
    prepare: kinds.prepareNamespace,
    heldBack: (object) => ((object as Namespace).spec?.finalizers?.length ?? 0) > 0,
  }),
  row('', ['v1'], {
    kind: 'Node',
    plural: 'nodes',
    shortNames: ['no'],
    namespaced: false,
    subresources: ['status'],
    columns: core.nodeColumns,
    prepare: kinds.prepareNode,
    fields: {
      'spec.unschedulable': (object) => String((object as Node).spec?.unschedulable ?? false),
    },
  }),
  row('', ['v1'], {
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
    shortNames: ['pvc'],
    subresources: ['status'],
    columns: storage.persistentVolumeClaimColumns,
    needsSpec: true,
    prepare: kinds.prepareClaim,
    validate: validatePersistentVolumeClaim,
  }),
  row('', ['v1'], {
    kind: 'PersistentVolume',
    plural: 'persistentvolumes',
    shortNames: ['pv'],
    namespaced: false,
    subresources: ['status'],
    columns: storage.persistentVolumeColumns,
    needsSpec: true,
    prepare: kinds.preparePersistentVolume,
    validate: validatePersistentVolume,
  }),
  row('', ['v1'], {
    kind: 'Pod',
    plural: 'pods',
    shortNames: ['po'],
    categories: ALL,
    subresources: ['status', 'eviction', 'log', 'binding', 'ephemeralcontainers', 'resize'],
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
    kind: 'PodTemplate',
    plural: 'podtemplates',
    columns: workloads.podTemplateColumns,
    prepare: kinds.preparePodTemplate,
  }),
  row('', ['v1'], {
    kind: 'ReplicationController',
    plural: 'replicationcontrollers',
    shortNames: ['rc'],
    categories: ALL,
    generation: true,
    subresources: SCALED,
    columns: workloads.replicationControllerColumns,
    fields: { 'status.replicas': (object) => String((object as ReplicationController).status?.replicas ?? 0) },
    prepare: defaults.prepareReplicationController,
    validate: validateReplicationController,
  }),
  row('', ['v1'], {
    kind: 'ResourceQuota',
    plural: 'resourcequotas',
    shortNames: ['quota'],
    subresources: ['status'],
    columns: core.resourceQuotaColumns,
    prepare: kinds.prepareQuota,
    validate: validateQuota,
  }),
  row('', ['v1'], {
    kind: 'Secret',
    plural: 'secrets',
    columns: core.secretColumns,
    fields: { type: (object) => (object as Secret).type ?? '' },
    prepare: kinds.prepareSecret,
    validate: validateSecret,
  }),
  row('', ['v1'], {
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    shortNames: ['sa'],
    subresources: ['token'],
    columns: core.serviceAccountColumns,
  }),
  row('', ['v1'], {
    kind: 'Service',
    plural: 'services',
    shortNames: ['svc'],
    categories: ALL,
    subresources: ['status'],
    columns: core.serviceColumns,
    fields: {
      'spec.clusterIP': (object) => (object as Service).spec.clusterIP ?? '',
      'spec.type': (object) => (object as Service).spec.type ?? '',
    },
    nameRule: dns1035Label,
    prepare: prepareService,
    validate: validateService,
  }),
];
