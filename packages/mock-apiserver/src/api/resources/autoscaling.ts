import { horizontalPodAutoscalerColumns } from '../columns/autoscaling.ts';
import { autoscalingV1 } from '../conversions/autoscaling-v1.ts';
import { prepareAutoscaler } from '../defaults/kinds.ts';
import type { ApiResource } from '../resource.ts';
import { validateAutoscaler } from '../validation/policy.ts';
import { ALL, row } from './row.ts';

/** autoscaling/v2 and v1, and the v2beta2 that kubectl before 1.23 describes from. */
export const autoscalingResources: readonly ApiResource[] = [
  row('autoscaling', ['v2', 'v1', 'v2beta2'], {
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
    shortNames: ['hpa'],
    categories: ALL,
    subresources: ['status'],
    columns: horizontalPodAutoscalerColumns,
    prepare: prepareAutoscaler,
    validate: validateAutoscaler,
    conversions: { v1: autoscalingV1 },
  }),
];
