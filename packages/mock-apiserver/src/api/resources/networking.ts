import * as networking from '../columns/networking.ts';
import type { ApiResource } from '../resource.ts';
import { row } from './row.ts';

/** networking.k8s.io/v1. */
export const networkingResources: readonly ApiResource[] = [
  row('networking.k8s.io', ['v1'], {
    kind: 'IngressClass',
    plural: 'ingressclasses',
    namespaced: false,
    generation: true,
    columns: networking.ingressClassColumns,
  }),
  row('networking.k8s.io', ['v1'], {
    kind: 'Ingress',
    plural: 'ingresses',
    shortNames: ['ing'],
    generation: true,
    subresources: ['status'],
    columns: networking.ingressColumns,
  }),
  row('networking.k8s.io', ['v1'], {
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    shortNames: ['netpol'],
    generation: true,
    columns: networking.networkPolicyColumns,
  }),
];
