import type { Graph, NodeEntity, PodEntity } from '@portolan/shared';

// A collator that is kept is ten times faster than `localeCompare` with options.
const COLLATOR = new Intl.Collator('en', { numeric: true });

/** The order of names as people count: node-2 before node-10. */
export const byName = (a: { name: string }, b: { name: string }) => COLLATOR.compare(a.name, b.name);

/** The pods that run on a node, by name. */
export function podsOn(graph: Graph, node: NodeEntity): PodEntity[] {
  const pods = graph.edgesTo(node.uid, 'placement').flatMap(({ from }) => {
    const pod = graph.get(from);
    return pod?.kind === 'Pod' ? [pod] : [];
  });
  return pods.sort(byName);
}
