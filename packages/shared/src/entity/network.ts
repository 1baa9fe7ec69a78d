import * as z from 'zod/mini';
import { common, conditionSummary, labelSelector } from './common.ts';

const intOrString = z.union([z.number(), z.string()]);

/** Where an Ingress or a route sends requests. `service` is null where something else stands behind it, which is not read. */
const ingressBackend = z.object({ service: z.nullable(z.string()), port: z.nullable(intOrString) });

/**
 * Ingress. `rules` has one entry a path, in order, a host without paths with a null backend; `host` is null where every
 * host is meant. `addresses` and `class` as kubectl's ADDRESS and CLASS; `tls` says whether any host has a certificate.
 */
export const ingressEntity = z.object({
  kind: z.literal('Ingress'),
  ...common,
  class: z.nullable(z.string()),
  addresses: z.array(z.string()),
  hosts: z.array(z.nullable(z.string())),
  tls: z.boolean(),
  fallback: z.nullable(ingressBackend),
  rules: z.array(
    z.object({ host: z.nullable(z.string()), path: z.nullable(z.string()), backend: z.nullable(ingressBackend) }),
  ),
});
export type IngressEntity = z.infer<typeof ingressEntity>;

/** One rule of a NetworkPolicy; no peers mean anybody, no ports mean every port. */
const policyRule = z.object({
  peers: z.array(
    z.object({
      pods: z.nullable(labelSelector),
      namespaces: z.nullable(labelSelector),
      block: z.nullable(z.object({ cidr: z.string(), except: z.array(z.string()) })),
    }),
  ),
  ports: z.array(z.object({ protocol: z.string(), port: z.nullable(intOrString), endPort: z.nullable(z.number()) })),
});

/** NetworkPolicy. A direction that `types` names and that has no rules lets nothing through. */
export const networkPolicyEntity = z.object({
  kind: z.literal('NetworkPolicy'),
  ...common,
  selector: labelSelector,
  types: z.array(z.string()),
  ingress: z.array(policyRule),
  egress: z.array(policyRule),
});
export type NetworkPolicyEntity = z.infer<typeof networkPolicyEntity>;

/** Gateway of the Gateway API; `attached` counts the routes that a listener took, null where it is not told. */
export const gatewayEntity = z.object({
  kind: z.literal('Gateway'),
  ...common,
  class: z.string(),
  addresses: z.array(z.string()),
  listeners: z.array(
    z.object({
      name: z.string(),
      hostname: z.nullable(z.string()),
      port: z.number(),
      protocol: z.string(),
      attached: z.nullable(z.number()),
    }),
  ),
  conditions: z.array(conditionSummary),
});
export type GatewayEntity = z.infer<typeof gatewayEntity>;

/**
 * HTTPRoute of the Gateway API. `accepted` is its parent's own word, null until it has said one; `refs` that do not name a
 * namespace mean the route's own, which then stands here.
 */
export const httpRouteEntity = z.object({
  kind: z.literal('HTTPRoute'),
  ...common,
  hostnames: z.array(z.string()),
  parents: z.array(
    z.object({
      kind: z.string(),
      namespace: z.string(),
      name: z.string(),
      section: z.nullable(z.string()),
      accepted: z.nullable(z.boolean()),
      resolved: z.nullable(z.boolean()),
      reason: z.nullable(z.string()),
    }),
  ),
  backends: z.array(
    z.object({
      kind: z.string(),
      namespace: z.string(),
      name: z.string(),
      port: z.nullable(z.number()),
      weight: z.number(),
    }),
  ),
});
export type HTTPRouteEntity = z.infer<typeof httpRouteEntity>;
