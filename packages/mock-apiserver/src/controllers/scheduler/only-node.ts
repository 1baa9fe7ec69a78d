import type { Affinity, Pod } from '@portolan/shared';

/** The part of a pod's spec that binds it to one node, as the DaemonSet controller writes it. */
export function onlyNode(name: string): { affinity?: Affinity } {
  const matchFields = [{ key: 'metadata.name', operator: 'In' as const, values: [name] }];
  return {
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } },
    },
  };
}

/** The only node that a pod may go to, where its affinity names one. */
export function affineNode({ spec: { affinity } }: Pod): string | undefined {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (terms?.length !== 1) return undefined;
  return terms[0]?.matchFields?.find(({ key, operator }) => key === 'metadata.name' && operator === 'In')?.values?.[0];
}

/** The only node that a pod may go to, where its affinity names one; else the node it is on. */
export function wantedNode(pod: Pod): string | undefined {
  return affineNode(pod) ?? pod.spec.nodeName;
}
