import { type NodeEntity, type NodeMark, nodeMark } from '@portolan/shared';
import { firstOf } from '../../layout/first-of.ts';
import { byName } from '../pods-on.ts';

/** The nodes of one zone, in no order. `name` is null for no zone. */
export interface Zone {
  name: string | null;
  /** What tells its name from those of the other zones, where there is no room for more. */
  brief: string | null;
  nodes: NodeEntity[];
  /** How many wear another mark than Ready. */
  troubled: number;
}

/** The nodes of a cluster by zone, zones by name; one pass over them. */
export function zonesOf(nodes: Iterable<NodeEntity>): Zone[] {
  const found = new Map<string | null, Zone>();
  for (const node of nodes) {
    const zone = found.get(node.zone) ?? { name: node.zone, brief: node.zone, nodes: [], troubled: 0 };
    found.set(node.zone, zone);
    zone.nodes.push(node);
    if (nodeMark(node) !== 'ok') zone.troubled += 1;
  }
  const all = [...found.values()].sort(
    (a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? '', 'en'),
  );
  const common = commonWords(all.flatMap(({ name }) => name ?? []));
  for (const zone of all) if (common > 0 && zone.name !== null) zone.brief = `…${zone.name.slice(common)}`;
  return all;
}

const RANK: Record<NodeMark, number> = { fail: 0, warn: 1, unknown: 2, cordon: 3, ok: 4 };

/** So many of the troubled nodes of a zone: the worst first, then by name. */
export function troubledOf({ nodes }: Zone, room: number): NodeEntity[] {
  const troubled = nodes.filter((node) => nodeMark(node) !== 'ok');
  return firstOf(troubled, room, (a, b) => RANK[nodeMark(a)] - RANK[nodeMark(b)] || byName(a, b));
}

/** How many letters all names begin with, up to the end of a word. */
function commonWords(names: readonly string[]): number {
  const [first, ...others] = names;
  if (first === undefined || others.length === 0) return 0;
  let common = 0;
  while (common < first.length && others.every((name) => name[common] === first[common])) common += 1;
  return first.slice(0, common).lastIndexOf('-') + 1;
}
