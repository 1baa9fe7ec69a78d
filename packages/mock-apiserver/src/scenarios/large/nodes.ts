import { KUBELET_ANNOTATION } from '../../controllers/kubelet/kubelet-annotation.ts';
import type { NodeFacts } from '../scenario.ts';
import type { ClusterSize } from './size.ts';

const ZONES = ['eu-1a', 'eu-1b', 'eu-1c'] as const;
const MIB_A_CORE = 4096;

/** What is the matter with a node; most are well. */
export type NodeTrouble = 'stopped' | 'cordoned' | 'pressed' | undefined;

/** Of so many nodes one is in this trouble, where there are that many. */
const TROUBLES: [trouble: NodeTrouble, of: number][] = [
  ['stopped', 1000],
  ['cordoned', 250],
  ['pressed', 500],
];

/** What is the matter with the node of a number, of so many. The first ones are always well. */
export function troubleOf(index: number, nodes: number): NodeTrouble {
  for (const [place, [trouble, of]] of TROUBLES.entries()) {
    const every = Math.min(of, Math.max(20, Math.floor(nodes / 2)));
    if (index % every === 11 + place) return trouble;
  }
  return undefined;
}

const ip = (base: number, offset: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor((base * 2 ** 24 + offset) / 2 ** shift) % 256).join('.');

/** The name of a node by its number from 0. */
export function nodeName(index: number): string {
  return `node-${String(index + 1).padStart(5, '0')}`;
}

/** The address of the pod that is the so-manieth of a node. */
export function podAddress(node: number, place: number): string {
  return ip(100, 64 * 65_536 + node * 256 + 2 + place);
}

/** The nodes of a cluster: spread over three zones, each as big as its share of the pods needs, and a few in trouble. */
export function nodesOf({ nodes, pods }: ClusterSize): NodeFacts[] {
  const cores = Math.max(16, Math.ceil(pods / nodes / 2));
  return Array.from({ length: nodes }, (_, index): NodeFacts => {
    const trouble = troubleOf(index, nodes);
    return {
      name: nodeName(index),
      address: ip(10, 256 + index),
      podCIDR: `${ip(100, 64 * 65_536 + index * 256)}/24`,
      cpu: String(cores),
      memory: `${cores * MIB_A_CORE}Mi`,
      zone: ZONES[index % ZONES.length] ?? ZONES[0],
      ...(trouble === 'stopped' && { annotations: { [KUBELET_ANNOTATION]: 'stopped' } }),
    };
  });
}
