import type { DaemonSet, Node, PodSpec, Taint, Toleration } from '@portolan/shared';
import { matchesNode } from '../node-affinity.ts';
import { onlyNode } from '../scheduler/only-node.ts';
import { tolerates } from '../scheduler/tolerates.ts';

/** What every daemon tolerates, and one on the host's network beside (`AddOrUpdateDaemonPodTolerations`). */
const TOLERATED: readonly [condition: string, effect: string][] = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
];

const ON_HOST_NETWORK: [condition: string, effect: string] = ['network-unavailable', 'NoSchedule'];

function tolerationsOf({ tolerations = [], hostNetwork }: PodSpec): Toleration[] {
  const own = [...TOLERATED, ...(hostNetwork ? [ON_HOST_NETWORK] : [])].map(
    ([condition, effect]): Toleration => ({ key: `node.kubernetes.io/${condition}`, operator: 'Exists', effect }),
  );
  const isOwn = ({ key, effect }: Toleration) => own.some((other) => other.key === key && other.effect === effect);
  return [...tolerations.filter((toleration) => !isOwn(toleration)), ...own];
}

/** How the spec of a daemon on a node differs from its template: bound by its affinity, with the daemons' tolerations. */
export function specOn({ spec }: DaemonSet, node: Node): Partial<PodSpec> {
  const { affinity } = spec.template.spec;
  const only = onlyNode(node.metadata.name).affinity;
  return {
    affinity: { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, ...only?.nodeAffinity } },
    tolerations: tolerationsOf(spec.template.spec),
  };
}

/** Whether a daemon ought to be on a node, and whether one that is there may stay (`nodeShouldRunDaemonPod`). */
export function placementOn({ spec }: DaemonSet, node: Node): { start: boolean; stay: boolean } {
  const template = spec.template.spec;
  const named = template.nodeName === undefined || template.nodeName === node.metadata.name;
  if (!named || !matchesNode(template, node)) return { start: false, stay: false };
  const tolerations = tolerationsOf(template);
  const untolerated =
    (effects: readonly string[]) =>
    ({ effect, ...taint }: Taint) =>
      effects.includes(effect) && !tolerations.some((toleration) => tolerates(toleration, { ...taint, effect }));
  const taints = node.spec?.taints ?? [];
  return {
    start: !taints.some(untolerated(['NoSchedule', 'NoExecute'])),
    stay: !taints.some(untolerated(['NoExecute'])),
  };
}
