import { type Graph, type NodeEntity, nodeMark, type PodEntity } from '@portolan/shared';

/** The nodes of one zone by name; `troubled` are those that wear another mark than Ready. `name` is null for no zone. */
export interface Zone {
  name: string | null;
  nodes: NodeEntity[];
  troubled: NodeEntity[];
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en', { numeric: true });

/** The nodes of a cluster by zone, zones and nodes by name. */
export function zones(graph: Graph): Zone[] {
  const found = new Map<string | null, NodeEntity[]>();
  for (const node of graph.all('Node')) found.set(node.zone, [...(found.get(node.zone) ?? []), node]);
  return [...found]
    .map(([name, nodes]) => ({
      name,
      nodes: nodes.sort(byName),
      troubled: nodes.filter((node) => nodeMark(node) !== 'ok'),
    }))
    .sort(
      (a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? '', 'en'),
    );
}

/** The pods that run on a node, by name. */
export function podsOn(graph: Graph, node: NodeEntity): PodEntity[] {
  const pods = graph.edgesTo(node.uid, 'placement').flatMap(({ from }) => {
    const pod = graph.get(from);
    return pod?.kind === 'Pod' ? [pod] : [];
  });
  return pods.sort(byName);
}
