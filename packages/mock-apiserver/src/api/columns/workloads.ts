import {
  type ControllerRevision,
  type CronJob,
  type DaemonSet,
  type Deployment,
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
  printSelector,
  type ReplicaSet,
  type ReplicationController,
  type StatefulSet,
} from '@portolan/shared';
import type { Column } from '../resource.ts';
import { ageColumn, boolean, integer, nameColumn, since, text } from './column.ts';
import { selectorText } from './core.ts';

/** Names and images of the containers of a template, and what it is selected by: only with `-o wide` where `priority` is 1. */
function templateColumns<T extends KubeObject>(
  templateOf: (object: T) => PodTemplateSpec | undefined,
  priority: 0 | 1 = 1,
): Column[] {
  const each = (object: T, field: 'name' | 'image') =>
    (templateOf(object)?.spec.containers ?? []).map((container) => container[field]).join(',');
  return [
    text<T>('Containers', (object) => each(object, 'name'), priority),
    text<T>('Images', (object) => each(object, 'image'), priority),
  ];
}

type Workload = KubeObject & { spec: { template: PodTemplateSpec; selector?: LabelSelector } };

const ofTemplate = templateColumns<Workload>(({ spec }) => spec.template);
const wide = [...ofTemplate, text<Workload>('Selector', ({ spec }) => printSelector(spec.selector), 1)];

export const deploymentColumns: Column[] = [
  nameColumn,
  text<Deployment>('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
  text<Deployment>('Up-to-date', ({ status }) => status?.updatedReplicas ?? 0),
  text<Deployment>('Available', ({ status }) => status?.availableReplicas ?? 0),
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
  ...templateColumns<ReplicationController>(({ spec }) => spec.template),
  text<ReplicationController>('Selector', ({ spec }) => selectorText(spec.selector), 1),
];

export const statefulSetColumns: Column[] = [
  nameColumn,
  text<StatefulSet>('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
  ageColumn,
  ...ofTemplate,
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
  boolean<CronJob>('Suspend', ({ spec }) => (spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False')),
  integer<CronJob>('Active', ({ status }) => status?.active?.length ?? 0),
  text<CronJob>('Last Schedule', ({ status }, now) =>
    status?.lastScheduleTime ? since(status.lastScheduleTime, now) : '<none>',
  ),
  ageColumn,
  ...templateColumns<CronJob>(({ spec }) => spec.jobTemplate.spec.template),
  text<CronJob>('Selector', ({ spec }) => printSelector(spec.jobTemplate.spec.selector), 1),
];

export const controllerRevisionColumns: Column[] = [
  nameColumn,
  text('Controller', ({ metadata }) => {
    const owner = metadata.ownerReferences?.find(({ controller }) => controller);
    if (!owner) return '<none>';
    const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : '';
    return `${owner.kind.toLowerCase()}${group}/${owner.name}`;
  }),
  text<ControllerRevision>('Revision', ({ revision }) => revision),
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

export const podTemplateColumns: Column[] = [
  nameColumn,
  ...templateColumns<PodTemplate>(({ template }) => template, 0),
  text<PodTemplate>('Pod Labels', ({ template }) => selectorText(template?.metadata?.labels)),
];
