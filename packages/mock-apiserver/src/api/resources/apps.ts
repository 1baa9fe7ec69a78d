import type { ReplicaSet } from '@portolan/shared';
import * as workloads from '../columns/workloads.ts';
import * as defaults from '../defaults/workloads.ts';
import type { ApiResource } from '../resource.ts';
import * as validation from '../validation/workloads.ts';
import { ALL, row, SCALED } from './row.ts';

/** apps/v1. */
export const appsResources: readonly ApiResource[] = [
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
    validate: validation.validateDaemonSet,
  }),
  row('apps', ['v1'], {
    kind: 'Deployment',
    plural: 'deployments',
    shortNames: ['deploy'],
    categories: ALL,
    generation: true,
    annotationsAreIntent: true,
    subresources: SCALED,
    columns: workloads.deploymentColumns,
    prepare: defaults.prepareDeployment,
    validate: validation.validateDeployment,
  }),
  row('apps', ['v1'], {
    kind: 'ReplicaSet',
    plural: 'replicasets',
    shortNames: ['rs'],
    categories: ALL,
    generation: true,
    subresources: SCALED,
    columns: workloads.replicaSetColumns,
    fields: { 'status.replicas': (object) => String((object as ReplicaSet).status?.replicas ?? 0) },
    prepare: defaults.prepareReplicaSet,
    validate: validation.validateReplicaSet,
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
    validate: validation.validateStatefulSet,
  }),
];
