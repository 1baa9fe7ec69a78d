import * as z from 'zod/mini';
import {
  endpointSliceEntity,
  endpointsEntity,
  eventEntity,
  namespaceEntity,
  nodeEntity,
  podEntity,
  serviceEntity,
} from './core.ts';
import { gatewayEntity, httpRouteEntity, ingressEntity, networkPolicyEntity } from './network.ts';
import {
  autoscalerEntity,
  budgetEntity,
  leaseEntity,
  nodeMetricsEntity,
  podMetricsEntity,
  quotaEntity,
} from './policy.ts';
import { claimEntity, configMapEntity, storageClassEntity, volumeEntity } from './storage.ts';
import {
  cronJobEntity,
  daemonSetEntity,
  deploymentEntity,
  jobEntity,
  replicaSetEntity,
  replicationControllerEntity,
  statefulSetEntity,
} from './workloads.ts';

/** The slim, whitelisted record of one object: the only form in which an object travels, is kept and is drawn. */
export const entity = z.discriminatedUnion('kind', [
  namespaceEntity,
  nodeEntity,
  podEntity,
  serviceEntity,
  endpointSliceEntity,
  endpointsEntity,
  deploymentEntity,
  replicaSetEntity,
  replicationControllerEntity,
  statefulSetEntity,
  daemonSetEntity,
  jobEntity,
  cronJobEntity,
  eventEntity,
  storageClassEntity,
  volumeEntity,
  claimEntity,
  configMapEntity,
  quotaEntity,
  ingressEntity,
  gatewayEntity,
  httpRouteEntity,
  networkPolicyEntity,
  autoscalerEntity,
  budgetEntity,
  leaseEntity,
  nodeMetricsEntity,
  podMetricsEntity,
]);
export type Entity = z.infer<typeof entity>;

/** The name of a kind, as in `kind: Pod`. */
export type Kind = Entity['kind'];

/** The entity of one kind: `EntityOf<'Pod'>` is a PodEntity. */
export type EntityOf<K extends Kind> = Extract<Entity, { kind: K }>;

/** Every kind, in the order in which snapshots travel: what others point at comes first. */
export const KINDS = [
  'Namespace',
  'Node',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ConfigMap',
  'ResourceQuota',
  'Service',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'ReplicationController',
  'ReplicaSet',
  'Pod',
  'EndpointSlice',
  'Endpoints',
  'Ingress',
  'Gateway',
  'HTTPRoute',
  'NetworkPolicy',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'Lease',
  'NodeMetrics',
  'PodMetrics',
  'Event',
] as const satisfies readonly Kind[];

export const kindName = z.enum(KINDS);
