import type { HorizontalPodAutoscaler, Metric, MetricAmount } from '../api/autoscaling.ts';
import type { ConditionSummary, Health } from '../entity/common.ts';
import type { HorizontalPodAutoscalerEntity } from '../entity/policy.ts';
import { epochMs } from '../print/time.ts';
import { projectCommon, projectConditions } from './common.ts';

type AutoscalerStatus = NonNullable<HorizontalPodAutoscaler['status']>;
type Reading = HorizontalPodAutoscalerEntity['metrics'][number];

/** A HorizontalPodAutoscaler of autoscaling v2, v2beta2 or v1. v1 keeps conditions and other metrics in annotations, which are not read. */
export function projectAutoscaler(autoscaler: HorizontalPodAutoscaler): HorizontalPodAutoscalerEntity {
  const { spec, status } = autoscaler;
  const conditions = projectConditions(status?.conditions);
  // A status without conditions is the one that the API fills in with zeros; v1 keeps them elsewhere, and says when it looked.
  const looked = conditions.length > 0 || status?.observedGeneration ? status : undefined;
  const current = looked ? (looked.currentReplicas ?? 0) : null;
  const desired = looked ? desiredOf(looked, spec.minReplicas ?? 1) : null;
  return {
    kind: 'HorizontalPodAutoscaler',
    ...projectCommon('HorizontalPodAutoscaler', autoscaler),
    health: looked ? healthOf(conditions, desired === null || current === desired) : 'unknown',
    target: { kind: spec.scaleTargetRef?.kind ?? '', name: spec.scaleTargetRef?.name ?? '' },
    min: spec.minReplicas ?? null,
    max: spec.maxReplicas ?? 0,
    current,
    desired,
    lastScale: epochMs(status?.lastScaleTime),
    metrics: metricsOf(autoscaler),
    conditions,
  };
}

/** None is wanted only where the least is none, or where there is nothing; else it has never been computed. */
function desiredOf({ currentReplicas = 0, desiredReplicas = 0 }: AutoscalerStatus, least: number): number | null {
  return desiredReplicas === 0 && currentReplicas > 0 && least > 0 ? null : desiredReplicas;
}

/** It is no ill health that a target of no replicas is left alone. */
function healthOf(conditions: readonly ConditionSummary[], settled: boolean): Health {
  const ill = conditions.some(
    ({ type, status, reason }) =>
      (type === 'AbleToScale' || type === 'ScalingActive') && status === 'False' && reason !== 'ScalingDisabled',
  );
  if (ill) return 'warning';
  return settled ? 'ok' : 'progressing';
}

function metricsOf({ spec, status }: HorizontalPodAutoscaler): Reading[] {
  if (spec.targetCPUUtilizationPercentage !== undefined) {
    return [
      {
        type: 'Resource',
        name: 'cpu',
        current: percent(status?.currentCPUUtilizationPercentage),
        target: percent(spec.targetCPUUtilizationPercentage),
        average: true,
      },
    ];
  }
  return (spec.metrics ?? []).map((metric, i) => readMetric(metric, status?.currentMetrics?.[i]));
}

/** Rules of `formatHPAMetrics` in Kubernetes' printers.go: what the target is given in decides what is read. */
function readMetric(spec: Metric<'target'>, status: Metric<'current'> | undefined): Reading {
  const { name, target } = sideOf(spec, 'target');
  const current = status?.type === spec.type ? sideOf(status, 'current').target : undefined;
  const average = target?.averageValue !== undefined;
  const utilised = spec.type === 'Resource' || spec.type === 'ContainerResource';
  const read = (amount: MetricAmount | undefined) =>
    average ? amount?.averageValue : utilised ? percent(amount?.averageUtilization) : amount?.value;
  return {
    type: spec.type,
    name: name ?? null,
    current: read(current) ?? null,
    target: read(target) ?? null,
    average: average || utilised,
  };
}

function sideOf<A extends 'target' | 'current'>(
  { type, resource, containerResource, pods, object, external }: Metric<A>,
  side: A,
): { name?: string; target?: MetricAmount } {
  switch (type) {
    case 'Resource':
      return { name: resource?.name, target: resource?.[side] };
    case 'ContainerResource':
      return { name: containerResource?.name, target: containerResource?.[side] };
    case 'Pods':
      return { name: pods?.metric?.name, target: pods?.[side] };
    case 'Object':
      return { name: object?.metric?.name, target: object?.[side] };
    case 'External':
      return { name: external?.metric?.name, target: external?.[side] };
    default:
      return {};
  }
}

function percent(value: number | undefined): string | null {
  return value === undefined ? null : `${value}%`;
}
