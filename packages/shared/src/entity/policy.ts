import * as z from 'zod/mini';
import { common, conditionSummary, labelSelector } from './common.ts';

const intOrPercent = z.union([z.number(), z.string()]);

/**
 * HorizontalPodAutoscaler. A metric's `current` is null until it was measured; amounts are as they stand in the API, a
 * utilisation with its `%`, and `average` ones are for each pod. `current` and `desired` are null until its controller has
 * looked, and `desired` until it could compute it.
 */
export const autoscalerEntity = z.object({
  kind: z.literal('HorizontalPodAutoscaler'),
  ...common,
  target: z.object({ kind: z.string(), name: z.string() }),
  min: z.nullable(z.number()),
  max: z.number(),
  current: z.nullable(z.number()),
  desired: z.nullable(z.number()),
  lastScale: z.nullable(z.number()),
  metrics: z.array(
    z.object({
      type: z.string(),
      name: z.nullable(z.string()),
      current: z.nullable(z.string()),
      target: z.nullable(z.string()),
      average: z.boolean(),
    }),
  ),
  conditions: z.array(conditionSummary),
});
export type HorizontalPodAutoscalerEntity = z.infer<typeof autoscalerEntity>;

/**
 * PodDisruptionBudget; `allowed` is how many of its pods may be evicted at this moment. The counts are null until its controller
 * has counted; a `selector` that is null is for no pod.
 */
export const budgetEntity = z.object({
  kind: z.literal('PodDisruptionBudget'),
  ...common,
  minAvailable: z.nullable(intOrPercent),
  maxUnavailable: z.nullable(intOrPercent),
  allowed: z.nullable(z.number()),
  healthy: z.nullable(z.number()),
  desired: z.nullable(z.number()),
  expected: z.nullable(z.number()),
  selector: z.nullable(labelSelector),
  conditions: z.array(conditionSummary),
});
export type PodDisruptionBudgetEntity = z.infer<typeof budgetEntity>;

/** ResourceQuota, sorted by resource. `used` is null until the controller has counted. */
export const quotaEntity = z.object({
  kind: z.literal('ResourceQuota'),
  ...common,
  resources: z.array(z.object({ name: z.string(), hard: z.string(), used: z.nullable(z.string()) })),
  scopes: z.array(z.string()),
});
export type ResourceQuotaEntity = z.infer<typeof quotaEntity>;

/**
 * Lease by which a component elects its leader. `renewed` (epoch ms) is rounded down to LEASE_STEP_MS, so that a leader
 * that merely goes on is a change no oftener; `version` is made of all the rest. See `leaderSilentMs`.
 */
export const leaseEntity = z.object({
  kind: z.literal('Lease'),
  ...common,
  holder: z.nullable(z.string()),
  acquired: z.nullable(z.number()),
  renewed: z.nullable(z.number()),
  durationMs: z.nullable(z.number()),
  transitions: z.number(),
});
export type LeaseEntity = z.infer<typeof leaseEntity>;

const usage = { cpu: z.number(), memory: z.number() };

/**
 * NodeMetrics: what a node uses, in millicores and bytes, coarse (see `project/metrics.ts`). It has no uid, version and
 * creation of its own: `uid` is made of its name, `version` of its contents, and `created` is 0.
 */
export const nodeMetricsEntity = z.object({ kind: z.literal('NodeMetrics'), ...common, ...usage });
export type NodeMetricsEntity = z.infer<typeof nodeMetricsEntity>;

/** PodMetrics: what the containers of a pod use together; otherwise like NodeMetrics. */
export const podMetricsEntity = z.object({ kind: z.literal('PodMetrics'), ...common, ...usage });
export type PodMetricsEntity = z.infer<typeof podMetricsEntity>;
