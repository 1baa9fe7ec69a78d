import {
  type CronJob,
  type DaemonSet,
  type Deployment,
  formatSelector,
  fromLabelSelector,
  humanDuration,
  type Job,
  type KubeObject,
  type LabelSelector,
  type Lease,
  type PodDisruptionBudget,
  type PodTemplate,
  type PodTemplateSpec,
  printJobCompletions,
  printJobStatus,
  type ReplicaSet,
  type ReplicationController,
  type StatefulSet,
} from '@portolan/shared';
import type { Column } from '../resource.ts';
import { ageColumn, integer, nameColumn, since, text } from './column.ts';
import { selectorText } from './core.ts';

type WithTemplate = KubeObject & { spec: { template?: PodTemplateSpec; selector?: unknown } };

const containers = (object: WithTemplate) => object.spec.template?.spec.containers ?? [];
const namesColumn = text<WithTemplate>(
  'Containers',
  (object) =>
    containers(object)
      .map(({ name }) => name)
      .join(','),
  1,
);
const imagesColumn = text<WithTemplate>(
  'Images',
  (object) =>
    containers(object)
      .map(({ image }) => image)
      .join(','),
  1,
);
const selectorColumn = text<WithTemplate>(
  'Selector',
  (object) => formatSelector(fromLabelSelector(object.spec.selector as LabelSelector | undefined)),
  1,
);
const wide = [namesColumn, imagesColumn, selectorColumn];

export const deploymentColumns: Column[] = [
  nameColumn,
  text<Deployment>('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
  integer<Deployment>('Up-to-date', ({ status }) => status?.updatedReplicas ?? 0),
  integer<Deployment>('Available', ({ status }) => status?.availableReplicas ?? 0),
  ageColumn,
  ...wide,
];

const replicaColumns = [
  nameColumn,
  integer<ReplicaSet>('Desired', ({ spec }) => spec.replicas ?? 0),
  integer<ReplicaSet>('Current', ({ status }) => status?.replicas ?? 0),
  integer<ReplicaSet>('Ready', ({ status }) => status?.readyReplicas ?? 0),
  ageColumn,
];

export const replicaSetColumns: Column[] = [...replicaColumns, ...wide];

export const replicationControllerColumns: Column[] = [
  ...replicaColumns,
  namesColumn,
  imagesColumn,
  text<ReplicationController>('Selector', ({ spec }) => selectorText(spec.selector), 1),
];

export const statefulSetColumns: Column[] = [
  nameColumn,
  text<StatefulSet>('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
  ageColumn,
  namesColumn,
  imagesColumn,
];

export const daemonSetColumns: Column[] = [
  nameColumn,
  integer<DaemonSet>('Desired', ({ status }) => status?.desiredNumberScheduled ?? 0),
  integer<DaemonSet>('Current', ({ status }) => status?.currentNumberScheduled ?? 0),
  integer<DaemonSet>('Ready', ({ status }) => status?.numberReady ?? 0),
  integer<DaemonSet>('Up-to-date', ({ status }) => status?.updatedNumberScheduled ?? 0),
  integer<DaemonSet>('Available', ({ status }) => status?.numberAvailable ?? 0),
  text<DaemonSet>('Node Selector', ({ spec }) => selectorText(spec.template.spec.nodeSelector)),
  ageColumn,
  ...wide,
];

function jobDuration({ status }: Job, now: number): string {
  if (!status?.startTime) return '';
  const end = status.completionTime ? Date.parse(status.completionTime) : now;
  return humanDuration(end - Date.parse(status.startTime));
}

export const jobColumns: Column[] = [
  nameColumn,
  text<Job>('Status', printJobStatus),
  text<Job>('Completions', printJobCompletions),
  text<Job>('Duration', jobDuration),
  ageColumn,
  ...wide,
];

export const cronJobColumns: Column[] = [
  nameColumn,
  text<CronJob>('Schedule', ({ spec }) => spec.schedule),
  text<CronJob>('Timezone', ({ spec }) => spec.timeZone ?? '<none>'),
  text<CronJob>('Suspend', ({ spec }) => (spec.suspend ? 'True' : 'False')),
  integer<CronJob>('Active', ({ status }) => status?.active?.length ?? 0),
  text<CronJob>('Last Schedule', ({ status }, now) =>
    status?.lastScheduleTime ? since(status.lastScheduleTime, now) : '<none>',
  ),
  ageColumn,
];

export const controllerRevisionColumns: Column[] = [
  nameColumn,
  text('Controller', ({ metadata }) => {
    const owner = metadata.ownerReferences?.find(({ controller }) => controller);
    if (!owner) return '<none>';
    const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : '';
    return `${owner.kind.toLowerCase()}${group}/${owner.name}`;
  }),
  integer<KubeObject & { revision?: number }>('Revision', ({ revision }) => revision ?? 0),
  ageColumn,
];

export const leaseColumns: Column[] = [
  nameColumn,
  text<Lease>('Holder', ({ spec }) => spec?.holderIdentity ?? ''),
  ageColumn,
];

export const podDisruptionBudgetColumns: Column[] = [
  nameColumn,
  text<PodDisruptionBudget>('Min Available', ({ spec }) => String(spec?.minAvailable ?? 'N/A')),
  text<PodDisruptionBudget>('Max Unavailable', ({ spec }) => String(spec?.maxUnavailable ?? 'N/A')),
  integer<PodDisruptionBudget>('Allowed Disruptions', ({ status }) => status?.disruptionsAllowed ?? 0),
  ageColumn,
];

const templateContainers = ({ template }: PodTemplate) => template?.spec.containers ?? [];

export const podTemplateColumns: Column[] = [
  nameColumn,
  text<PodTemplate>('Containers', (object) =>
    templateContainers(object)
      .map(({ name }) => name)
      .join(','),
  ),
  text<PodTemplate>('Images', (object) =>
    templateContainers(object)
      .map(({ image }) => image)
      .join(','),
  ),
  text<PodTemplate>('Pod Labels', ({ template }) => selectorText(template?.metadata?.labels)),
];
