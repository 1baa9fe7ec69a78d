import type { HorizontalPodAutoscaler, Json, KubeObject, Metric } from '@portolan/shared';
import { isObject } from '../patch/json.ts';
import type { Conversion } from '../resource.ts';

/** An autoscaler as autoscaling/v1 writes it: one target of cpu, everything else in annotations. */
interface AutoscalerV1 extends KubeObject {
  spec: Pick<HorizontalPodAutoscaler['spec'], 'scaleTargetRef' | 'minReplicas' | 'maxReplicas'> & {
    targetCPUUtilizationPercentage?: number;
  };
  status?: Omit<NonNullable<HorizontalPodAutoscaler['status']>, 'currentMetrics' | 'conditions'> & {
    currentCPUUtilizationPercentage?: number;
  };
}

/** Where v1 keeps what it has no fields for (`pkg/apis/autoscaling/annotations.go`). */
const PREFIX = 'autoscaling.alpha.kubernetes.io/';
const KEPT = ['metrics', 'current-metrics', 'conditions', 'behavior'] as const;
type Kept = Record<(typeof KEPT)[number], unknown>;

const isCpuUtilization = <A extends 'target' | 'current'>({ type, resource }: Metric<A>, side: A) =>
  type === 'Resource' && resource?.name === 'cpu' && resource[side].averageUtilization !== undefined;

function annotate(object: KubeObject, kept: Kept): void {
  for (const name of KEPT) {
    const value = kept[name];
    const empty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!empty)
      object.metadata.annotations = { ...object.metadata.annotations, [PREFIX + name]: JSON.stringify(value) };
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    // What is no JSON says nothing, as it does to the apiserver.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Takes the kept fields out of the annotations of `object`. */
function unannotate(object: KubeObject): Partial<Kept> {
  const kept: Partial<Kept> = {};
  const annotations = { ...object.metadata.annotations };
  for (const name of KEPT) {
    const text = annotations[PREFIX + name];
    if (text === undefined) continue;
    const value = parsed(text);
    if (name === 'behavior' ? isObject(value) : Array.isArray(value)) kept[name] = value;
    delete annotations[PREFIX + name];
  }
  if (Object.keys(annotations).length > 0) object.metadata.annotations = annotations;
  else delete object.metadata.annotations;
  return kept;
}

function fromStored(object: KubeObject): KubeObject {
  const { spec, status, ...rest } = structuredClone(object) as HorizontalPodAutoscaler;
  const { metrics = [], behavior, ...plain } = spec;
  const { currentMetrics, conditions, ...counts } = status ?? {};
  const cpu = metrics.find((metric) => isCpuUtilization(metric, 'target'));
  const used = currentMetrics?.find((metric) => isCpuUtilization(metric, 'current'));
  const converted: AutoscalerV1 = {
    ...rest,
    spec: {
      ...plain,
      ...(cpu && { targetCPUUtilizationPercentage: cpu.resource?.target.averageUtilization }),
    },
    ...(status && {
      status: {
        ...counts,
        ...(used && { currentCPUUtilizationPercentage: used.resource?.current.averageUtilization }),
      },
    }),
  };
  annotate(converted, {
    metrics: metrics.filter((metric) => metric !== cpu),
    'current-metrics': currentMetrics?.filter((metric) => metric !== used || metrics.length > 1),
    conditions,
    behavior,
  });
  return converted;
}

function toStored(object: KubeObject): KubeObject {
  const { spec, status, ...rest } = structuredClone(object) as AutoscalerV1;
  const kept = unannotate(rest);
  const { targetCPUUtilizationPercentage: target, ...plain } = spec ?? {};
  const { currentCPUUtilizationPercentage: used, ...counts } = status ?? {};
  const metrics = [
    ...((kept.metrics ?? []) as Metric<'target'>[]),
    ...(target === undefined ? [] : [cpuMetric('target', { type: 'Utilization', averageUtilization: target })]),
  ];
  const current = [
    ...((kept['current-metrics'] ?? []) as Metric<'current'>[]),
    ...(used === undefined ? [] : [cpuMetric('current', { averageUtilization: used })]),
  ];
  return {
    ...rest,
    spec: {
      ...plain,
      ...(metrics.length > 0 && { metrics }),
      ...(kept.behavior !== undefined && { behavior: kept.behavior }),
    },
    ...(status && {
      status: {
        ...counts,
        ...(current.length > 0 && { currentMetrics: current }),
        ...(kept.conditions !== undefined && { conditions: kept.conditions }),
      },
    }),
  } as KubeObject;
}

const cpuMetric = <A extends 'target' | 'current'>(side: A, amount: object) =>
  ({ type: 'Resource', resource: { name: 'cpu', [side]: amount } }) as unknown as Metric<A>;

/** autoscaling/v1 beside the v2 that is stored (`pkg/apis/autoscaling/v1/conversion.go`). */
export const autoscalingV1: Conversion = { fromStored, toStored };
