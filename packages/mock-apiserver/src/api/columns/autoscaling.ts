import type { HorizontalPodAutoscaler, Metric, MetricAmount } from '@portolan/shared';
import type { Column } from '../resource.ts';
import { ageColumn, nameColumn, text } from './column.ts';

/** The columns of autoscaling, in the words of `pkg/printers/internalversion/printers.go`. */

const UNKNOWN = '<unknown>';

/** What one kind of metric measures: its target, its current value, and whether utilisation is what counts. */
type Reading = { target: MetricAmount; current: MetricAmount | undefined; prefix: string; resource: boolean };

function readingOf(spec: Metric<'target'>, status: Metric<'current'> | undefined): Reading | undefined {
  switch (spec.type) {
    case 'Resource':
      return (
        spec.resource && {
          target: spec.resource.target,
          current: status?.resource?.current,
          prefix: `${spec.resource.name}: `,
          resource: true,
        }
      );
    case 'ContainerResource':
      return (
        spec.containerResource && {
          target: spec.containerResource.target,
          current: status?.containerResource?.current,
          prefix: `${spec.containerResource.name}: `,
          resource: true,
        }
      );
    case 'Pods':
      return spec.pods && { target: spec.pods.target, current: status?.pods?.current, prefix: '', resource: false };
    case 'Object':
      return (
        spec.object && { target: spec.object.target, current: status?.object?.current, prefix: '', resource: false }
      );
    case 'External':
      return (
        spec.external && {
          target: spec.external.target,
          current: status?.external?.current,
          prefix: '',
          resource: false,
        }
      );
  }
}

function metricText(spec: Metric<'target'>, status: Metric<'current'> | undefined): string {
  const reading = readingOf(spec, status);
  if (!reading) return '<unknown type>';
  const { target, current, prefix, resource } = reading;
  if (target.averageValue !== undefined) {
    const average = resource || spec.type === 'Pods' ? '' : ' (avg)';
    return `${prefix}${current?.averageValue ?? UNKNOWN}/${target.averageValue}${average}`;
  }
  if (!resource) return `${current?.value ?? UNKNOWN}/${target.value ?? UNKNOWN}`;
  const used = current?.averageUtilization === undefined ? UNKNOWN : `${current.averageUtilization}%`;
  return `${prefix}${used}/${target.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`}`;
}

/** At most two metrics, then how many more. */
function targets({ spec, status }: HorizontalPodAutoscaler): string {
  const metrics = spec.metrics ?? [];
  if (metrics.length === 0) return '<none>';
  const shown = metrics.slice(0, 2).map((metric, i) => metricText(metric, status?.currentMetrics?.[i]));
  const more = metrics.length > 2 ? ` + ${metrics.length - 2} more...` : '';
  return `${shown.join(', ')}${more}`;
}

export const horizontalPodAutoscalerColumns: Column[] = [
  nameColumn,
  text<HorizontalPodAutoscaler>(
    'Reference',
    ({ spec: { scaleTargetRef } }) => `${scaleTargetRef.kind}/${scaleTargetRef.name}`,
  ),
  text<HorizontalPodAutoscaler>('Targets', targets),
  text<HorizontalPodAutoscaler>('MinPods', ({ spec }) => String(spec.minReplicas ?? '<unset>')),
  text<HorizontalPodAutoscaler>('MaxPods', ({ spec }) => spec.maxReplicas),
  text<HorizontalPodAutoscaler>('Replicas', ({ status }) => status?.currentReplicas ?? 0),
  ageColumn,
];
