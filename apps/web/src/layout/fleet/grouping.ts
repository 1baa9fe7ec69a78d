import type { Graph, NodeEntity, PodEntity } from '@portolan/shared';
import type { Grouping } from './plan.ts';

/** The key of the group of what has no zone, no owner, no such label; its title is null. */
export const WITHOUT = 'without';
/** The key of the last group of a grouping of nodes: pods that are on no node. */
export const UNPLACED = 'unplaced';

/** A group by what tells it from others, and its words. */
export interface GroupName {
  key: string;
  title: string | null;
}

const POOL_LABELS = [
  'cloud.google.com/gke-nodepool',
  'eks.amazonaws.com/nodegroup',
  'kubernetes.azure.com/agentpool',
  'agentpool',
  'karpenter.sh/nodepool',
  'karpenter.sh/provisioner-name',
  'alpha.eksctl.io/nodegroup-name',
  'node.kubernetes.io/pool',
  'kops.k8s.io/instancegroup',
  'doks.digitalocean.com/node-pool',
  'lke.linode.com/pool-id',
];

/** Whether a grouping gathers nodes. */
export function gathersNodes(grouping: Grouping): grouping is { by: 'zone' | 'pool' } {
  return grouping.by === 'zone' || grouping.by === 'pool';
}

/** The group of a node: its zone, or its pool by the labels of the common providers, else its roles. */
export function groupOfNode(node: NodeEntity | null, by: 'zone' | 'pool'): GroupName {
  if (node === null) return named(null);
  return named(by === 'zone' ? node.zone : poolOf(node));
}

function poolOf({ labels, roles }: NodeEntity): string | null {
  for (const label of POOL_LABELS) if (Object.hasOwn(labels, label)) return labels[label] ?? null;
  return roles === '<none>' || roles === '' ? null : roles;
}

/** The group of a pod. Its workload is the owner of its owner, where `graph` holds the latter, else its owner. */
export function groupOfPod(pod: PodEntity, grouping: Grouping, graph: Graph | null): GroupName {
  switch (grouping.by) {
    case 'zone':
    case 'pool':
      throw new RangeError(`${grouping.by} gathers nodes`);
    case 'namespace':
      return named(pod.namespace);
    case 'workload':
      return owned(pod, pod.owner && (graph?.get(pod.owner.uid)?.owner ?? pod.owner));
    case 'owner':
      return owned(pod, pod.owner);
    case 'image':
      return named(pod.images[0] ?? null);
    case 'phase':
      return named(pod.phase === '' ? null : pod.phase);
    case 'label':
      return named(Object.hasOwn(pod.labels, grouping.key) ? (pod.labels[grouping.key] ?? null) : null);
  }
}

/**
 * Whether two pods are surely of one group, told without looking anything up; pods that are may be denied it. Holds
 * between two changes of the graph.
 */
export function surelyTogether(a: PodEntity, b: PodEntity, grouping: Grouping): boolean {
  switch (grouping.by) {
    case 'zone':
    case 'pool':
      return false;
    case 'namespace':
      return a.namespace === b.namespace;
    case 'workload':
    case 'owner':
      return a.owner !== null && a.owner.uid === b.owner?.uid;
    case 'image':
      return a.images[0] === b.images[0];
    case 'phase':
      return a.phase === b.phase;
    case 'label':
      return a.labels === b.labels;
  }
}

function owned({ namespace }: PodEntity, owner: PodEntity['owner']): GroupName {
  if (owner === null) return named(null);
  return { key: `=${namespace}/${owner.kind}/${owner.name}`, title: `${namespace}/${owner.name}` };
}

function named(title: string | null): GroupName {
  return { key: title === null ? WITHOUT : `=${title}`, title };
}

/** The order in which groups are read: by title, and what has none last. */
export function compareGroups(a: GroupName, b: GroupName): number {
  if (a.title === null || b.title === null) return Number(a.title === null) - Number(b.title === null);
  if (a.title !== b.title) return a.title < b.title ? -1 : 1;
  return a.key < b.key ? -1 : Number(a.key > b.key);
}
