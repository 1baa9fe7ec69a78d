import type { Pod } from '@portolan/shared';
import { isReady, readySince, restartsOf } from './pod-state.ts';

const PHASES: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 };

type Rule = (pod: Pod) => number;

/** Lower goes first (`ActivePodsWithRanks` in `pkg/controller/controller_utils.go`), rule by rule. */
function rules(siblings: ReadonlyMap<string, number>): Rule[] {
  return [
    (pod) => (pod.spec.nodeName ? 1 : 0),
    (pod) => PHASES[pod.status?.phase ?? 'Unknown'] ?? 1,
    (pod) => (isReady(pod) ? 1 : 0),
    (pod) => -(siblings.get(pod.spec.nodeName ?? '') ?? 0),
    (pod) => -(readySince(pod) ?? 0),
    (pod) => -restartsOf(pod),
    (pod) => -Date.parse(pod.metadata.creationTimestamp),
  ];
}

/**
 * The pods to delete when `count` are too many: unassigned, Pending, not ready, with more siblings on their node, newest
 * ready, with more restarts, newest. `related` are the pods of all ReplicaSets of the same owner.
 */
export function victims(pods: readonly Pod[], related: readonly Pod[], count: number): Pod[] {
  const siblings = new Map<string, number>();
  for (const { spec } of related) {
    if (spec.nodeName) siblings.set(spec.nodeName, (siblings.get(spec.nodeName) ?? 0) + 1);
  }
  const order = rules(siblings);
  const compare = (a: Pod, b: Pod) => {
    for (const rule of order) {
      const difference = rule(a) - rule(b);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return [...pods].sort(compare).slice(0, count);
}
