import type { Node, Pod } from '@portolan/shared';
import { matchesNode } from '../node-affinity.ts';
import { isActive } from '../pod-state.ts';
import { amountsOf, requestsOf } from '../scheduler/requests.ts';

/** Why a kubelet does not take a pod, as its status says it. */
export interface Rejection {
  reason: string;
  message: string;
}

/**
 * What a kubelet has against a pod that was put on its node by hand (`pkg/kubelet/lifecycle/predicate.go`): the node is not the
 * one that the pod selects, or has not enough left. `others` are the pods that it already has. Static pods are always taken.
 */
export function rejectionOf(pod: Pod, node: Node, others: readonly Pod[]): Rejection | undefined {
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return undefined;
  if (!matchesNode(pod.spec, node)) {
    const why = "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector";
    return { reason: 'NodeAffinity', message: why };
  }
  const room = amountsOf(node.status?.allocatable);
  const here = others.filter((other) => isActive(other) && other.metadata.uid !== pod.metadata.uid);
  for (const [name, asked] of Object.entries(requestsOf(pod))) {
    const used = here.reduce((sum, other) => sum + (requestsOf(other)[name] ?? 0), 0);
    const capacity = room[name] ?? 0;
    if (asked === 0 || used + asked <= capacity) continue;
    const amounts = `requested: ${asked}, used: ${used}, capacity: ${capacity}`;
    return { reason: `OutOf${name}`, message: `Node didn't have enough resource: ${name}, ${amounts}` };
  }
  return undefined;
}
