import type { DeploymentMark, PodMark } from '@portolan/shared';
import type { KindIcon } from './kind-icons.ts';

/** The name of a silhouette or of a kind's icon. Pods and nodes are drawn by the name of their mark. */
export type Glyph = PodMark | 'ok' | 'warn' | 'cordon' | 'paused' | KindIcon;

const BY_KIND: Record<string, KindIcon> = {
  Service: 'kind-service',
  Deployment: 'kind-deployment',
  ReplicaSet: 'kind-replicaset',
  ReplicationController: 'kind-replicaset',
  StatefulSet: 'kind-statefulset',
  DaemonSet: 'kind-daemonset',
  Job: 'kind-job',
  CronJob: 'kind-cronjob',
  Node: 'kind-node',
  Namespace: 'kind-namespace',
  Ingress: 'kind-ingress',
  Gateway: 'kind-gateway',
  HTTPRoute: 'kind-route',
  NetworkPolicy: 'kind-networkpolicy',
  EndpointSlice: 'kind-endpoints',
  Endpoints: 'kind-endpoints',
  PersistentVolume: 'kind-volume',
  PersistentVolumeClaim: 'kind-claim',
  StorageClass: 'kind-storageclass',
  ConfigMap: 'kind-configmap',
  HorizontalPodAutoscaler: 'kind-autoscaler',
  PodDisruptionBudget: 'kind-budget',
  ResourceQuota: 'kind-quota',
  Lease: 'kind-lease',
  NodeMetrics: 'kind-metrics',
  PodMetrics: 'kind-metrics',
  Event: 'kind-event',
};

/** The icon of a kind; that of a pod for kinds without one. */
export function kindIcon(kind: string): KindIcon {
  return Object.hasOwn(BY_KIND, kind) ? (BY_KIND[kind] ?? 'kind-pod') : 'kind-pod';
}

const BY_DEPLOYMENT_MARK: Record<DeploymentMark, Glyph> = {
  complete: 'ok',
  progressing: 'creating',
  stalled: 'fail',
  unavailable: 'warn',
  paused: 'paused',
};

/** The silhouette of a deployment's mark. */
export function deploymentGlyph(mark: DeploymentMark): Glyph {
  return BY_DEPLOYMENT_MARK[mark];
}
