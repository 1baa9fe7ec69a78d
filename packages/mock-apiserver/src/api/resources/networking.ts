import * as networking from '../columns/networking.ts';
import { prepareIngress, prepareNetworkPolicy } from '../defaults/kinds.ts';
import type { ApiResource } from '../resource.ts';
import * as validation from '../validation/networking.ts';
import { row } from './row.ts';

/** networking.k8s.io/v1. */
export const networkingResources: readonly ApiResource[] = [
  row('networking.k8s.io', ['v1'], {
    kind: 'IngressClass',
    plural: 'ingressclasses',
    namespaced: false,
    generation: true,
    columns: networking.ingressClassColumns,
    validate: validation.validateIngressClass,
  }),
  row('networking.k8s.io', ['v1'], {
    kind: 'Ingress',
    plural: 'ingresses',
    shortNames: ['ing'],
    generation: true,
    subresources: ['status'],
    columns: networking.ingressColumns,
    prepare: prepareIngress,
    validate: validation.validateIngress,
  }),
  row('networking.k8s.io', ['v1'], {
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    shortNames: ['netpol'],
    generation: true,
    columns: networking.networkPolicyColumns,
    prepare: prepareNetworkPolicy,
    validate: validation.validateNetworkPolicy,
  }),
];
