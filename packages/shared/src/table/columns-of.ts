import type { Entity, Kind } from '../entity/entity.ts';
import { placeOf } from '../kind-place.ts';
import {
  endpointSliceColumns,
  endpointsColumns,
  eventColumns,
  namespaceColumns,
  nodeColumns,
  podColumns,
  serviceColumns,
} from './core-columns.ts';
import { type ColumnsOf, type EntityColumn, NAMESPACE } from './entity-column.ts';
import { gatewayColumns, httpRouteColumns, ingressColumns, networkPolicyColumns } from './network-columns.ts';
import { autoscalerColumns, budgetColumns, leaseColumns, metricsColumns, quotaColumns } from './policy-columns.ts';
import { claimColumns, configMapColumns, storageClassColumns, volumeColumns } from './storage-columns.ts';
import {
  cronJobColumns,
  daemonSetColumns,
  deploymentColumns,
  jobColumns,
  replicaSetColumns,
  replicationControllerColumns,
  statefulSetColumns,
} from './workload-columns.ts';

const COLUMNS: { [K in Kind]: ColumnsOf<K> } = {
  Namespace: namespaceColumns,
  Node: nodeColumns,
  Pod: podColumns,
  Service: serviceColumns,
  EndpointSlice: endpointSliceColumns,
  Endpoints: endpointsColumns,
  Deployment: deploymentColumns,
  ReplicaSet: replicaSetColumns,
  ReplicationController: replicationControllerColumns,
  StatefulSet: statefulSetColumns,
  DaemonSet: daemonSetColumns,
  Job: jobColumns,
  CronJob: cronJobColumns,
  Event: eventColumns,
  StorageClass: storageClassColumns,
  PersistentVolume: volumeColumns,
  PersistentVolumeClaim: claimColumns,
  ConfigMap: configMapColumns,
  ResourceQuota: quotaColumns,
  Ingress: ingressColumns,
  Gateway: gatewayColumns,
  HTTPRoute: httpRouteColumns,
  NetworkPolicy: networkPolicyColumns,
  HorizontalPodAutoscaler: autoscalerColumns,
  PodDisruptionBudget: budgetColumns,
  Lease: leaseColumns,
  NodeMetrics: metricsColumns,
  PodMetrics: metricsColumns,
};

/**
 * The columns of `kubectl get KIND -o wide`, as far as entities hold what they print: rules of Kubernetes' printers.go (1.32).
 * What is not known prints as `<unknown>` where kubectl would print a zero.
 */
export function columnsOf<K extends Kind>(kind: K): ColumnsOf<K> {
  return COLUMNS[kind];
}

/** The columns where `namespace` is looked at; for all of them (null), that of the namespace comes first. */
export function columnsIn(kind: Kind, namespace: string | null): readonly EntityColumn<Entity>[] {
  const columns: readonly EntityColumn<Entity>[] = columnsOf(kind);
  return placeOf(kind, namespace) === null ? [NAMESPACE, ...columns] : columns;
}
