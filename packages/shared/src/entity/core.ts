import * as z from 'zod/mini';
import { common, conditionSummary, labelMap } from './common.ts';

/** Namespace. */
export const namespaceEntity = z.object({ kind: z.literal('Namespace'), ...common, phase: z.string() });
export type NamespaceEntity = z.infer<typeof namespaceEntity>;

const resources = z.object({
  cpu: z.nullable(z.string()),
  memory: z.nullable(z.string()),
  pods: z.nullable(z.string()),
});

/** Node; `status` and `roles` as `kubectl get nodes` prints them. */
export const nodeEntity = z.object({
  kind: z.literal('Node'),
  ...common,
  status: z.string(),
  roles: z.string(),
  kubelet: z.nullable(z.string()),
  zone: z.nullable(z.string()),
  address: z.nullable(z.string()),
  unschedulable: z.boolean(),
  capacity: resources,
  allocatable: resources,
  taints: z.array(z.object({ key: z.string(), value: z.nullable(z.string()), effect: z.string() })),
  conditions: z.array(conditionSummary),
});
export type NodeEntity = z.infer<typeof nodeEntity>;

/** Of a node, as much as pods ask for: `cpu` in millicores, `memory` in bytes; null is not asked for. */
const podResources = z.object({ cpu: z.nullable(z.number()), memory: z.nullable(z.number()) });
export type PodResources = z.infer<typeof podResources>;

/**
 * Pod. `status`, `ready` (`[n, of]`) and `restarts` are kubectl's columns; `lastRestart` (epoch ms) is the one kubectl
 * prints as `(5m ago)`. `deleting` is the deletion timestamp in epoch ms, null while it lives. `isReady` is the
 * condition Ready. `reason` is the cluster's own words for a pod that is not well. `requests` and `limits` are those of the
 * whole pod as the scheduler counts them, null where there are none.
 */
export const podEntity = z.object({
  kind: z.literal('Pod'),
  ...common,
  node: z.nullable(z.string()),
  ip: z.nullable(z.string()),
  phase: z.string(),
  status: z.string(),
  ready: z.tuple([z.number(), z.number()]),
  isReady: z.boolean(),
  restarts: z.number(),
  lastRestart: z.nullable(z.number()),
  images: z.array(z.string()),
  requests: z.nullable(podResources),
  limits: z.nullable(podResources),
  reason: z.nullable(z.string()),
  deleting: z.nullable(z.number()),
});
export type PodEntity = z.infer<typeof podEntity>;

/** Service; `selector` is null when it has none (its endpoints are then kept by somebody else). `external` as kubectl's EXTERNAL-IP. */
export const serviceEntity = z.object({
  kind: z.literal('Service'),
  ...common,
  type: z.string(),
  clusterIP: z.nullable(z.string()),
  external: z.array(z.string()),
  ports: z.array(
    z.object({
      name: z.nullable(z.string()),
      port: z.number(),
      targetPort: z.nullable(z.union([z.number(), z.string()])),
      nodePort: z.nullable(z.number()),
      protocol: z.string(),
    }),
  ),
  selector: z.nullable(labelMap),
});
export type ServiceEntity = z.infer<typeof serviceEntity>;

/** One backend of a Service. `pod` is the uid of the pod it stands for, or null. */
export const endpoint = z.object({
  pod: z.nullable(z.string()),
  addresses: z.array(z.string()),
  node: z.nullable(z.string()),
  ready: z.boolean(),
  serving: z.boolean(),
  terminating: z.boolean(),
});
export type Endpoint = z.infer<typeof endpoint>;

const backends = {
  service: z.nullable(z.string()),
  endpoints: z.array(endpoint),
  ports: z.array(z.object({ name: z.nullable(z.string()), port: z.nullable(z.number()), protocol: z.string() })),
};

/** EndpointSlice; `service` is the name in its label `kubernetes.io/service-name`. */
export const endpointSliceEntity = z.object({ kind: z.literal('EndpointSlice'), ...common, ...backends });
export type EndpointSliceEntity = z.infer<typeof endpointSliceEntity>;

/** Endpoints, read only where the cluster serves no slices; `service` is its own name. */
export const endpointsEntity = z.object({ kind: z.literal('Endpoints'), ...common, ...backends });
export type EndpointsEntity = z.infer<typeof endpointsEntity>;

/** Event. `first` and `last` in epoch ms; `about` is the object it speaks of. */
export const eventEntity = z.object({
  kind: z.literal('Event'),
  ...common,
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
  first: z.nullable(z.number()),
  last: z.nullable(z.number()),
  source: z.nullable(z.string()),
  about: z.object({ kind: z.string(), namespace: z.string(), name: z.string(), uid: z.nullable(z.string()) }),
});
export type EventEntity = z.infer<typeof eventEntity>;
