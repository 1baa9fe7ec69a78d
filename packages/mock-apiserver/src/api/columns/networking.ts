import { type Ingress, type IngressClass, type NetworkPolicy, printBalancer, printSelector } from '@portolan/shared';
import type { Column } from '../resource.ts';
import { ageColumn, nameColumn, text } from './column.ts';

/** The columns of networking.k8s.io/v1, in the words of `pkg/printers/internalversion/printers.go`. */

/** At most three hosts; what is left out is counted in rules, those without a host included. */
function hosts({ spec }: Ingress): string {
  const rules = spec?.rules ?? [];
  const shown: string[] = [];
  let more = false;
  for (const { host } of rules) {
    if (shown.length === 3) more = true;
    else if (host) shown.push(host);
  }
  if (shown.length === 0) return '*';
  return more ? `${shown.join(',')} + ${rules.length - 3} more...` : shown.join(',');
}

export const ingressColumns: Column[] = [
  nameColumn,
  text<Ingress>('Class', ({ spec }) => spec?.ingressClassName ?? '<none>'),
  text<Ingress>('Hosts', hosts),
  text<Ingress>('Address', ({ status }) => printBalancer(status?.loadBalancer?.ingress, true)),
  text<Ingress>('Ports', ({ spec }) => (spec?.tls?.length ? '80, 443' : '80')),
  ageColumn,
];

export const ingressClassColumns: Column[] = [
  nameColumn,
  text<IngressClass>('Controller', ({ spec }) => spec?.controller ?? ''),
  text<IngressClass>('Parameters', ({ spec }) => {
    const parameters = spec?.parameters;
    if (!parameters) return '<none>';
    const group = parameters.apiGroup === undefined ? '' : `.${parameters.apiGroup}`;
    return `${parameters.kind}${group}/${parameters.name}`;
  }),
  ageColumn,
];

export const networkPolicyColumns: Column[] = [
  nameColumn,
  text<NetworkPolicy>('Pod-Selector', ({ spec }) => printSelector(spec?.podSelector)),
  ageColumn,
];
