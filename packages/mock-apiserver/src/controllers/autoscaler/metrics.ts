import { formatQuantity, type HorizontalPodAutoscaler, type Metric, type Pod, parseQuantity } from '@portolan/shared';
import type { Load } from '../load.ts';
import { isEnded, isReady } from '../pod-state.ts';
import type { Since } from '../since.ts';

/** How far a metric may be off its target without anything happening (`--horizontal-pod-autoscaler-tolerance`). */
const TOLERANCE = 0.1;
/** How long a pod has been ready before what it uses counts: the window that its metric is taken over. */
const WINDOW_MS = 15_000;

/** What one metric asks for. */
export interface Proposal {
  size: number;
  /** Its name in conditions and events. */
  name: string;
  current: Metric<'current'>;
}

/** Why a metric could not be had, as the conditions and events say it. */
export interface Failure {
  reason: string;
  message: string;
}

type Resource = 'cpu' | 'memory';
type Target = NonNullable<Metric<'target'>['resource']>['target'];

/** The pods whose metrics count, and those that are too young for it; ended and deleted ones are left out. */
function group(pods: readonly Pod[], since: Since): { counted: Pod[]; unready: Pod[] } {
  const staying = pods.filter((pod) => !pod.metadata.deletionTimestamp && !isEnded(pod));
  const counts = (pod: Pod) => {
    const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
    return isReady(pod) && since.of(pod.metadata.uid, ready?.lastTransitionTime ?? '') >= WINDOW_MS;
  };
  return { counted: staying.filter(counts), unready: staying.filter((pod) => !counts(pod)) };
}

/** A pod's request in millicores or bytes; the container without one, where there is one. */
function requestOf(pod: Pod, name: Resource): number | { missing: string } {
  let sum = 0;
  for (const container of pod.spec.containers) {
    const request = container.resources?.requests?.[name];
    if (request === undefined) return { missing: container.name };
    sum += Number(parseQuantity(request)) / 1e9;
  }
  return name === 'cpu' ? sum * 1000 : sum;
}

const toQuantity = (value: number, name: Resource) =>
  name === 'cpu' ? formatQuantity(BigInt(Math.round(value)) * 1_000_000n) : String(Math.round(value));

/** The size that a ratio of what is used to what is wanted asks for (`calcPlainMetricReplicas`). */
function sizeFor(ratio: number, current: number, counted: number, unready: number): number {
  if (unready === 0 || ratio <= 1) {
    return Math.abs(1 - ratio) <= TOLERANCE ? current : Math.ceil(ratio * counted);
  }
  // Pods that are too young count as using nothing before more are made.
  const rebalanced = (ratio * counted) / (counted + unready);
  if (rebalanced <= 1 || Math.abs(1 - rebalanced) <= TOLERANCE) return current;
  return Math.max(current, Math.ceil(rebalanced * (counted + unready)));
}

function resourceProposal(
  load: Load,
  since: Since,
  pods: readonly Pod[],
  replicas: number,
  { name, target }: { name: Resource; target: Target },
): Proposal | Failure {
  const fail = (why: string): Failure => ({
    reason: 'FailedGetResourceMetric',
    message: `failed to get ${name} ${target.type === 'Utilization' ? 'utilization' : 'usage'}: ${why}`,
  });
  const { counted, unready } = group(pods, since);
  if (counted.length + unready.length === 0) {
    return fail(`unable to get metrics for resource ${name}: no metrics returned from resource metrics API`);
  }
  if (counted.length === 0) return fail('did not receive metrics for targeted pods (pods might be unready)');
  const used = counted.reduce((sum, pod) => sum + (load.usageOf(pod)?.[name] ?? 0), 0);
  const averageValue = toQuantity(used / counted.length, name);
  if (target.type !== 'Utilization') {
    const wanted =
      (Number(parseQuantity(target.averageValue ?? target.value ?? '0')) / 1e9) * (name === 'cpu' ? 1000 : 1);
    const size = sizeFor(used / counted.length / wanted, replicas, counted.length, unready.length);
    return {
      size,
      name: `${name} resource`,
      current: { type: 'Resource', resource: { name, current: { averageValue } } },
    };
  }
  let asked = 0;
  for (const pod of [...counted, ...unready]) {
    const request = requestOf(pod, name);
    if (typeof request !== 'number') {
      return fail(`missing request for ${name} in container ${request.missing} of Pod ${pod.metadata.name}`);
    }
    if (counted.includes(pod)) asked += request;
  }
  const averageUtilization = Math.floor((used * 100) / asked);
  return {
    size: sizeFor(averageUtilization / (target.averageUtilization ?? 80), replicas, counted.length, unready.length),
    name: `${name} resource utilization (percentage of request)`,
    current: { type: 'Resource', resource: { name, current: { averageUtilization, averageValue } } },
  };
}

const UNSERVED: Record<string, string> = {
  Pods: 'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
  Object: 'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
  External:
    'unable to fetch metrics from external metrics API: no external metrics API (external.metrics.k8s.io) registered',
};

const isResource = (name: string): name is Resource => name === 'cpu' || name === 'memory';

/** What one metric of an autoscaler asks for (`computeReplicasForMetric`); only cpu and memory are measured. */
export function proposalOf(
  load: Load,
  since: Since,
  pods: readonly Pod[],
  replicas: number,
  metric: Metric<'target'>,
): Proposal | Failure {
  const source = metric.resource ?? metric.containerResource;
  if (source) {
    const { name, target } = source;
    if (isResource(name)) return resourceProposal(load, since, pods, replicas, { name, target });
    const message = `unable to get metrics for resource ${name}: no metrics returned from resource metrics API`;
    return { reason: 'FailedGetResourceMetric', message };
  }
  return {
    reason: `FailedGet${metric.type}Metric`,
    message: UNSERVED[metric.type] ?? `unknown metric source type ${metric.type}`,
  };
}

/** The metrics of an autoscaler: 80 % of the requested cpu where it names none. */
export function metricsOf({ spec }: HorizontalPodAutoscaler): Metric<'target'>[] {
  if (spec.metrics?.length) return spec.metrics;
  return [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }];
}
