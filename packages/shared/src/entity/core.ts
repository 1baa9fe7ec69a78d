import { z } from 'zod';
import { common, conditionSummary, labelMap } from './common.ts';

/** Namespace. */
export const namespaceEntity = z.object({ kind: z.literal('Namespace'), ...common, phase: z.string() });
export type NamespaceEntity = z.infer<typeof namespaceEntity>;

const resources = z.object({ cpu: z.string().nullable(), memory: z.string().nullable(), pods: z.string().nullable() });

/** Node; `status` and `roles` as `kubectl get nodes` prints them. */
export const nodeEntity = z.object({
  kind: z.literal('Node'),
  ...common,
  status: z.string(),
  roles: z.string(),
  kubelet: z.string().nullable(),
  zone: z.string().nullable(),
  address: z.string().nullable(),
  unschedulable: z.boolean(),
  capacity: resources,
  allocatable: resources,
  taints: z.array(z.object({ key: z.string(), value: z.string().nullable(), effect: z.string() })),
  conditions: z.array(conditionSummary),
});
export type NodeEntity = z.infer<typeof nodeEntity>;

/**
 * Pod. `status`, `ready` (`[n, of]`) and `restarts` are kubectl's columns; `lastRestart` (epoch ms) is the one kubectl
 * prints as `(5m ago)`. `deleting` is the deletion timestamp in epoch ms, null while it lives. `isReady` is the
 * condition Ready. `reason` is the cluster's own words for a pod that is not well.
 */
export const podEntity = z.object({
  kind: z.literal('Pod'),
  ...common,
  node: z.string().nullable(),
  ip: z.string().nullable(),
  phase: z.string(),
  status: z.string(),
  ready: z.tuple([z.number(), z.number()]),
  isReady: z.boolean(),
  restarts: z.number(),
  lastRestart: z.number().nullable(),
  images: z.array(z.string()),
  reason: z.string().nullable(),
  deleting: z.number().nullable(),
});
export type PodEntity = z.infer<typeof podEntity>;

/** Service; `selector` is null when it has none (its endpoints are then kept by somebody else). `external` as kubectl's EXTERNAL-IP. */
export const serviceEntity = z.object({
  kind: z.literal('Service'),
  ...common,
  type: z.string(),
  clusterIP: z.string().nullable(),
  external: z.array(z.string()),
  ports: z.array(
    z.object({
      name: z.string().nullable(),
      port: z.number(),
      targetPort: z.union([z.number(), z.string()]).nullable(),
      nodePort: z.number().nullable(),
      protocol: z.string(),
    }),
  ),
  selector: labelMap.nullable(),
});
export type ServiceEntity = z.infer<typeof serviceEntity>;

/** One backend of a Service. `pod` is the uid of the pod it stands for, or null. */
export const endpoint = z.object({
  pod: z.string().nullable(),
  addresses: z.array(z.string()),
  node: z.string().nullable(),
  ready: z.boolean(),
  serving: z.boolean(),
  terminating: z.boolean(),
});
export type Endpoint = z.infer<typeof endpoint>;

const backends = {
  service: z.string().nullable(),
  endpoints: z.array(endpoint),
  ports: z.array(z.object({ name: z.string().nullable(), port: z.number().nullable(), protocol: z.string() })),
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
  first: z.number().nullable(),
  last: z.number().nullable(),
  source: z.string().nullable(),
  about: z.object({ kind: z.string(), namespace: z.string(), name: z.string(), uid: z.string().nullable() }),
});
export type EventEntity = z.infer<typeof eventEntity>;
