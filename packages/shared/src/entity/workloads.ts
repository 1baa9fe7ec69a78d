import * as z from 'zod/mini';
import { common, conditionSummary, labelMap, labelSelector } from './common.ts';

const intOrPercent = z.union([z.number(), z.string()]);

/**
 * Deployment. `settled` is true when `kubectl rollout status` would say "successfully rolled out"; `observed` when the
 * controller has seen the latest spec. `revision` from the annotation `deployment.kubernetes.io/revision`.
 */
export const deploymentEntity = z.object({
  kind: z.literal('Deployment'),
  ...common,
  replicas: z.object({
    desired: z.number(),
    current: z.number(),
    updated: z.number(),
    ready: z.number(),
    available: z.number(),
  }),
  selector: z.nullable(labelSelector),
  strategy: z.object({
    type: z.string(),
    maxSurge: z.nullable(intOrPercent),
    maxUnavailable: z.nullable(intOrPercent),
  }),
  revision: z.nullable(z.number()),
  paused: z.boolean(),
  observed: z.boolean(),
  settled: z.boolean(),
  deadlineSeconds: z.nullable(z.number()),
  images: z.array(z.string()),
  conditions: z.array(conditionSummary),
});
export type DeploymentEntity = z.infer<typeof deploymentEntity>;

/** ReplicaSet; `revision` from its deployment's annotation, `hash` from the label `pod-template-hash`. */
export const replicaSetEntity = z.object({
  kind: z.literal('ReplicaSet'),
  ...common,
  replicas: z.object({ desired: z.number(), current: z.number(), ready: z.number(), available: z.number() }),
  selector: z.nullable(labelSelector),
  revision: z.nullable(z.number()),
  hash: z.nullable(z.string()),
  images: z.array(z.string()),
  conditions: z.array(conditionSummary),
});
export type ReplicaSetEntity = z.infer<typeof replicaSetEntity>;

/** ReplicationController; its selector is a plain map. */
export const replicationControllerEntity = z.object({
  kind: z.literal('ReplicationController'),
  ...common,
  replicas: z.object({ desired: z.number(), current: z.number(), ready: z.number(), available: z.number() }),
  selector: z.nullable(labelMap),
  images: z.array(z.string()),
  conditions: z.array(conditionSummary),
});
export type ReplicationControllerEntity = z.infer<typeof replicationControllerEntity>;

/** StatefulSet. */
export const statefulSetEntity = z.object({
  kind: z.literal('StatefulSet'),
  ...common,
  replicas: z.object({
    desired: z.number(),
    current: z.number(),
    updated: z.number(),
    ready: z.number(),
    available: z.number(),
  }),
  selector: z.nullable(labelSelector),
  serviceName: z.nullable(z.string()),
  currentRevision: z.nullable(z.string()),
  updateRevision: z.nullable(z.string()),
  partition: z.number(),
  observed: z.boolean(),
  settled: z.boolean(),
  images: z.array(z.string()),
  conditions: z.array(conditionSummary),
});
export type StatefulSetEntity = z.infer<typeof statefulSetEntity>;

/** DaemonSet; `desired` counts the nodes that should run it. */
export const daemonSetEntity = z.object({
  kind: z.literal('DaemonSet'),
  ...common,
  replicas: z.object({
    desired: z.number(),
    current: z.number(),
    updated: z.number(),
    ready: z.number(),
    available: z.number(),
    misscheduled: z.number(),
  }),
  selector: z.nullable(labelSelector),
  observed: z.boolean(),
  settled: z.boolean(),
  images: z.array(z.string()),
  conditions: z.array(conditionSummary),
});
export type DaemonSetEntity = z.infer<typeof daemonSetEntity>;

/** Job; `status` as kubectl prints it: Running, Complete, Failed, Suspended. */
export const jobEntity = z.object({
  kind: z.literal('Job'),
  ...common,
  status: z.string(),
  completions: z.nullable(z.number()),
  parallelism: z.number(),
  active: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  started: z.nullable(z.number()),
  finished: z.nullable(z.number()),
  conditions: z.array(conditionSummary),
});
export type JobEntity = z.infer<typeof jobEntity>;

/** CronJob; times in epoch ms. */
export const cronJobEntity = z.object({
  kind: z.literal('CronJob'),
  ...common,
  schedule: z.string(),
  timeZone: z.nullable(z.string()),
  suspended: z.boolean(),
  active: z.number(),
  lastSchedule: z.nullable(z.number()),
});
export type CronJobEntity = z.infer<typeof cronJobEntity>;
