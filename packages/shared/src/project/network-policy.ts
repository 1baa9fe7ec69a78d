import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../api/networking.ts';
import type { NetworkPolicyEntity } from '../entity/network.ts';
import { projectCommon, projectSelector } from './common.ts';

/** A NetworkPolicy; without types it is for what comes in, and for what goes out if it has rules for that. */
export function projectNetworkPolicy(policy: NetworkPolicy): NetworkPolicyEntity {
  const { podSelector, policyTypes, ingress, egress } = policy.spec ?? {};
  return {
    kind: 'NetworkPolicy',
    ...projectCommon('NetworkPolicy', policy),
    health: 'ok',
    selector: projectSelector(podSelector) ?? { matchLabels: {}, matchExpressions: [] },
    types: policyTypes ?? ((egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress']),
    ingress: (ingress ?? []).map(({ from, ports }) => projectRule(from, ports)),
    egress: (egress ?? []).map(({ to, ports }) => projectRule(to, ports)),
  };
}

function projectRule(
  peers: readonly NetworkPolicyPeer[] | undefined,
  ports: readonly NetworkPolicyPort[] | undefined,
): NetworkPolicyEntity['ingress'][number] {
  return {
    peers: (peers ?? []).map(({ podSelector, namespaceSelector, ipBlock }) => ({
      pods: projectSelector(podSelector),
      namespaces: projectSelector(namespaceSelector),
      block: ipBlock === undefined ? null : { cidr: ipBlock.cidr, except: ipBlock.except ?? [] },
    })),
    ports: (ports ?? []).map(({ protocol, port, endPort }) => ({
      protocol: protocol ?? 'TCP',
      port: port ?? null,
      endPort: endPort ?? null,
    })),
  };
}
