import type { EntityOf } from '../entity/entity.ts';
import { AGE, type ColumnsOf, column, type EntityColumn, NAME, NONE, UNKNOWN, UNSET } from './entity-column.ts';

type Metric = EntityOf<'HorizontalPodAutoscaler'>['metrics'][number];

const TYPES = ['Resource', 'ContainerResource', 'Pods', 'Object', 'External'];

/** A metric as kubectl prints it under TARGETS, `cpu: 10%/50%` (`formatHPAMetrics`). *1.20 prints no name.* */
export function printMetric({ type, name, current, target, average }: Metric): string {
  if (!TYPES.includes(type)) return '<unknown type>';
  const resource = type === 'Resource' || type === 'ContainerResource';
  const prefix = resource ? `${name}: ` : '';
  const suffix = average && !resource && type !== 'Pods' ? ' (avg)' : '';
  return `${prefix}${current ?? UNKNOWN}/${target ?? (resource ? '<auto>' : UNKNOWN)}${suffix}`;
}

/** At most two metrics, then how many more. */
function targets({ metrics }: EntityOf<'HorizontalPodAutoscaler'>): string {
  if (metrics.length === 0) return NONE;
  const more = metrics.length > 2 ? ` + ${metrics.length - 2} more...` : '';
  return `${metrics.slice(0, 2).map(printMetric).join(', ')}${more}`;
}

export const autoscalerColumns: ColumnsOf<'HorizontalPodAutoscaler'> = [
  NAME,
  column('REFERENCE', ({ target }) => `${target.kind}/${target.name}`),
  column('TARGETS', targets),
  column('MINPODS', ({ min }) => min, UNSET),
  column('MAXPODS', ({ max }) => max),
  column('REPLICAS', ({ current }) => current, UNKNOWN),
  AGE,
];

export const budgetColumns: ColumnsOf<'PodDisruptionBudget'> = [
  NAME,
  column('MIN AVAILABLE', ({ minAvailable }) => minAvailable, 'N/A'),
  column('MAX UNAVAILABLE', ({ maxUnavailable }) => maxUnavailable, 'N/A'),
  column('ALLOWED DISRUPTIONS', ({ allowed }) => allowed, UNKNOWN),
  AGE,
];

/** `name: used/hard` of what limits bound, or of all else. */
const amounts = (limits: boolean) => (quota: EntityOf<'ResourceQuota'>) =>
  quota.resources
    .filter(({ name }) => name.startsWith('limits.') === limits)
    .map(({ name, used, hard }) => `${name}: ${used ?? UNKNOWN}/${hard}`)
    .join(', ');

export const quotaColumns: ColumnsOf<'ResourceQuota'> = [
  NAME,
  column('REQUEST', amounts(false)),
  column('LIMIT', amounts(true)),
  AGE,
];

export const leaseColumns: ColumnsOf<'Lease'> = [NAME, column('HOLDER', ({ holder }) => holder, ''), AGE];

const MEBIBYTE = 1024 ** 2;

type Used = EntityOf<'NodeMetrics' | 'PodMetrics'>;

/** As `kubectl top` prints it. */
export const printCpu = ({ cpu }: Pick<Used, 'cpu'>): string => `${cpu}m`;
export const printMemory = ({ memory }: Pick<Used, 'memory'>): string => `${Math.floor(memory / MEBIBYTE)}Mi`;

/** The columns of `kubectl top`, but for its shares; when they were created nobody tells. */
export const metricsColumns: readonly EntityColumn<Used>[] = [
  NAME,
  { title: 'CPU(cores)', cell: printCpu, orderBy: ({ cpu }) => cpu },
  { title: 'MEMORY(bytes)', cell: printMemory, orderBy: ({ memory }) => memory },
];
