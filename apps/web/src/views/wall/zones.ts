import { type Graph, type NodeEntity, nodeMark } from '@portolan/shared';
import { byName } from '../pods-on.ts';

/** The nodes of one zone by name; `troubled` are those that wear another mark than Ready. `name` is null for no zone. */
export interface Zone {
  name: string | null;
  nodes: NodeEntity[];
  troubled: NodeEntity[];
}

/** The nodes of a cluster by zone, zones and nodes by name. */
export function zones(graph: Graph): Zone[] {
  const found = new Map<string | null, NodeEntity[]>();
  for (const node of graph.all('Node')) {
    const known = found.get(node.zone);
    if (known) known.push(node);
    else found.set(node.zone, [node]);
  }
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
