import { fromLabelSelector, matches, type Node, type Pod, type TopologySpreadConstraint } from '@portolan/shared';
import { podsWithLabels } from '../../store/pods-with-labels.ts';
import type { Store } from '../../store/store.ts';
import { matchesNode } from '../node-affinity.ts';
import { controllerOf } from '../ownership.ts';
import { isActive } from '../pod-state.ts';
import type { ClusterCache } from './cluster-cache.ts';
import type { Refusal } from './refusal.ts';

const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/** One constraint with what there is: how many of its pods at each value of its key. */
interface Spread {
  key: string;
  maxSkew: number;
  counts: ReadonlyMap<string, number>;
  /** The fewest anywhere. */
  least: number;
  /** Whether the pod itself counts. */
  self: number;
}

/** How a pod is to be spread over a topology (`plugins/podtopologyspread`). */
export interface Spreading {
  hard: readonly Spread[];
  soft: readonly Spread[];
}

const labelOf = (node: Node, key: string) => node.metadata.labels?.[key];

/** Counts pods by the value of a node's label; where `domains` says so, values without pods count as zero. */
function countBy(cache: ClusterCache, pods: readonly Pod[], key: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    const node = cache.get(pod.spec.nodeName ?? '')?.node;
    const value = node && labelOf(node, key);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function hardSpread(cache: ClusterCache, pod: Pod, constraint: TopologySpreadConstraint, pods: readonly Pod[]): Spread {
  const { topologyKey: key, maxSkew, labelSelector, minDomains = 1 } = constraint;
  const found = countBy(cache, pods, key);
  const domains = new Map<string, number>();
  for (const { node } of cache.list()) {
    const value = labelOf(node, key);
    if (value !== undefined && matchesNode(pod.spec, node)) domains.set(value, found.get(value) ?? 0);
  }
  const least = domains.size < minDomains ? 0 : Math.min(Number.POSITIVE_INFINITY, ...domains.values());
  const self = matches(fromLabelSelector(labelSelector), pod.metadata.labels ?? {}) ? 1 : 0;
  return { key, maxSkew, counts: domains, least: least === Number.POSITIVE_INFINITY ? 0 : least, self };
}

/** Looks once, for all nodes, at where the pods are that a pod is to be spread with; its owner's, where it says nothing. */
export function spreadingOf(store: Store, cache: ClusterCache, pod: Pod): Spreading {
  const { topologySpreadConstraints: constraints = [] } = pod.spec;
  const { namespace = '' } = pod.metadata;
  const hard: Spread[] = [];
  const soft: Spread[] = [];
  for (const constraint of constraints) {
    const selector = fromLabelSelector(constraint.labelSelector);
    const pods = podsWithLabels(store, namespace, constraint.labelSelector?.matchLabels ?? {}).filter(
      (other) => isActive(other) && matches(selector, other.metadata.labels ?? {}),
    );
    const spread = hardSpread(cache, pod, constraint, pods);
    (constraint.whenUnsatisfiable === 'DoNotSchedule' ? hard : soft).push(spread);
  }
  const owner = constraints.length === 0 ? controllerOf(pod)?.uid : undefined;
  if (owner !== undefined) {
    const siblings = store.by('pods', 'controller', owner).filter(isActive);
    for (const [key, maxSkew] of [
      [HOSTNAME, 3],
      [ZONE, 5],
    ] as const) {
      soft.push({ key, maxSkew, counts: countBy(cache, siblings, key), least: 0, self: 1 });
    }
  }
  return { hard, soft };
}

/** Whether a node would make a pod's spread too uneven. */
export function refuseBySpread({ hard }: Spreading, node: Node): Refusal | undefined {
  for (const { key, maxSkew, counts, least, self } of hard) {
    const value = labelOf(node, key);
    const reason = "node(s) didn't match pod topology spread constraints";
    if (value === undefined) return { reason: `${reason} (missing required label)`, helpless: true };
    if ((counts.get(value) ?? 0) + self - least > maxSkew) return { reason };
  }
  return undefined;
}

/** How crowded a node is by the pods that a pod is to be spread with. */
export function crowding({ soft }: Spreading, node: Node): number {
  return soft.reduce((sum, { key, counts, maxSkew }) => {
    const value = labelOf(node, key);
    if (value === undefined) return sum;
    return sum + (counts.get(value) ?? 0) * Math.log(counts.size + 2) + (maxSkew - 1);
  }, 0);
}
