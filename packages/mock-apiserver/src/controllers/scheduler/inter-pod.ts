import { fromLabelSelector, matches, type Node, type Pod, type PodAffinityTerm, type Selector } from '@portolan/shared';
import { podsWithLabels } from '../../store/pods-with-labels.ts';
import type { Store } from '../../store/store.ts';
import { isEnded } from '../pod-state.ts';
import type { ClusterCache } from './cluster-cache.ts';
import type { Refusal } from './refusal.ts';

/** Where, by topology, the pods of a term are: how many at each value of its key. */
interface Placed {
  key: string;
  counts: ReadonlyMap<string, number>;
}

/** What of its affinity to other pods a pod needs to be asked for each node (`plugins/interpodaffinity`). */
export interface InterPod {
  attracted: readonly Placed[];
  /** It would be the first of the pods it is attracted by, and may begin anywhere. */
  isFirst: boolean;
  repelled: readonly Placed[];
  /** Topology values that pods already placed keep it away from. */
  forbidden: readonly { key: string; value: string }[];
  preferred: readonly { placed: Placed; weight: number }[];
}

const labelOf = (node: Node | undefined, key: string) => node?.metadata.labels?.[key];

function namespacesOf(store: Store, { namespaces = [], namespaceSelector }: PodAffinityTerm, own: string): string[] {
  if (!namespaceSelector) return namespaces.length > 0 ? namespaces : [own];
  const selector = fromLabelSelector(namespaceSelector);
  const selected = store.list('namespaces').filter(({ metadata }) => matches(selector, metadata.labels ?? {}));
  return [...new Set([...namespaces, ...selected.map(({ metadata }) => metadata.name)])];
}

function isMeant(store: Store, term: PodAffinityTerm, own: string, pod: Pod, selector: Selector): boolean {
  const { namespace = '', labels = {} } = pod.metadata;
  return namespacesOf(store, term, own).includes(namespace) && matches(selector, labels);
}

/** Where the pods that a term means are. */
function placedBy(store: Store, cache: ClusterCache, term: PodAffinityTerm, own: string): Placed {
  const selector = fromLabelSelector(term.labelSelector);
  const counts = new Map<string, number>();
  for (const namespace of namespacesOf(store, term, own)) {
    for (const pod of podsWithLabels(store, namespace, term.labelSelector?.matchLabels ?? {})) {
      if (isEnded(pod) || !matches(selector, pod.metadata.labels ?? {})) continue;
      const value = labelOf(cache.get(pod.spec.nodeName ?? '')?.node, term.topologyKey);
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return { key: term.topologyKey, counts };
}

function forbiddenTo(store: Store, cache: ClusterCache, pod: Pod): InterPod['forbidden'] {
  const forbidden: { key: string; value: string }[] = [];
  for (const other of cache.repelling()) {
    for (const term of other.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
      const value = labelOf(cache.get(other.spec.nodeName ?? '')?.node, term.topologyKey);
      const selector = fromLabelSelector(term.labelSelector);
      if (value !== undefined && isMeant(store, term, other.metadata.namespace ?? '', pod, selector)) {
        forbidden.push({ key: term.topologyKey, value });
      }
    }
  }
  return forbidden;
}

/** Looks once, for all nodes, at the pods that a pod wants to be with or without. */
export function interPodOf(store: Store, cache: ClusterCache, pod: Pod): InterPod {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const own = pod.metadata.namespace ?? '';
  const placed = (term: PodAffinityTerm) => placedBy(store, cache, term, own);
  const wanted = podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const attracted = wanted.map(placed);
  const preferences = [
    ...(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ weight, podAffinityTerm }) => ({
      weight: -weight,
      podAffinityTerm,
    })),
  ];
  return {
    attracted,
    isFirst:
      attracted.every(({ counts }) => counts.size === 0) &&
      wanted.every((term) => isMeant(store, term, own, pod, fromLabelSelector(term.labelSelector))),
    repelled: (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(placed),
    forbidden: forbiddenTo(store, cache, pod),
    preferred: preferences.map(({ weight, podAffinityTerm }) => ({ placed: placed(podAffinityTerm), weight })),
  };
}

const countAt = ({ key, counts }: Placed, node: Node) => counts.get(labelOf(node, key) ?? '') ?? 0;

/** Whether other pods let a pod on a node. */
export function refuseByPods(inter: InterPod, node: Node): Refusal | undefined {
  const hasKeys = inter.attracted.every(({ key }) => labelOf(node, key) !== undefined);
  const isWithThem = inter.attracted.every((placed) => countAt(placed, node) > 0);
  if (!hasKeys || !(isWithThem || inter.isFirst)) {
    return { reason: "node(s) didn't match pod affinity rules", helpless: true };
  }
  if (inter.repelled.some((placed) => countAt(placed, node) > 0)) {
    return { reason: "node(s) didn't match pod anti-affinity rules" };
  }
  if (inter.forbidden.some(({ key, value }) => labelOf(node, key) === value)) {
    return { reason: "node(s) didn't satisfy existing pods anti-affinity rules" };
  }
  return undefined;
}

/** How much a pod would like to be on a node for the pods around it. */
export function likingByPods({ preferred }: InterPod, node: Node): number {
  return preferred.reduce((sum, { placed, weight }) => sum + weight * countAt(placed, node), 0);
}
