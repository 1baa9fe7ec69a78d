import type { Kind } from '@portolan/shared';

/** The kinds that have a table, grouped as one looks for them. */
export const KIND_GROUPS = {
  workloads: ['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicationController'],
  network: ['Service', 'Ingress', 'Gateway', 'HTTPRoute', 'NetworkPolicy', 'EndpointSlice', 'Endpoints'],
  storage: ['PersistentVolumeClaim', 'PersistentVolume', 'StorageClass', 'ConfigMap'],
  limits: ['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'ResourceQuota', 'PodMetrics', 'NodeMetrics'],
  cluster: ['Node', 'Namespace', 'Lease', 'Event'],
} as const satisfies Record<string, readonly Kind[]>;

/** The name of a group. */
export type KindGroup = keyof typeof KIND_GROUPS;
