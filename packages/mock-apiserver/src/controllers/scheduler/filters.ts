import {
  type Node,
  type NodeSelectorRequirement,
  type Pod,
  type PodSpec,
  parseQuantity,
  type Taint,
  type Toleration,
} from '@portolan/shared';

/** What a node already carries, in nano-units of cpu and memory, and in pods. */
export interface Load {
  cpu: bigint;
  memory: bigint;
  pods: number;
}

type Amounts = Partial<Record<'cpu' | 'memory' | 'pods', bigint>>;

/** Sums by what they are sums of: pods of one template share their containers, and a node's status its resources. */
const sums = new WeakMap<object, Amounts>();

function remembered(of: object, name: keyof Amounts, sum: () => bigint): bigint {
  const known = sums.get(of) ?? {};
  const amount = known[name] ?? sum();
  known[name] = amount;
  sums.set(of, known);
  return amount;
}

/** The sum of what a stored pod's containers ask for, in nano-units. */
export function requestOf({ spec: { containers } }: Pod, name: 'cpu' | 'memory'): bigint {
  return remembered(containers, name, () =>
    containers.reduce((sum, { resources }) => sum + parseQuantity(resources?.requests?.[name] ?? '0'), 0n),
  );
}

export function loadOf(pods: readonly Pod[]): Load {
  const sum = (name: 'cpu' | 'memory') => pods.reduce((total, pod) => total + requestOf(pod, name), 0n);
  return { cpu: sum('cpu'), memory: sum('memory'), pods: pods.length };
}

/** What a stored node has for pods, in nano-units. */
export function allocatable({ status }: Node, name: 'cpu' | 'memory' | 'pods'): bigint {
  const resources = status?.allocatable;
  return resources ? remembered(resources, name, () => parseQuantity(resources[name] ?? '0')) : 0n;
}

/** Whether a toleration covers a taint (`ToleratesTaint`). */
export function tolerates({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  return operator === 'Exists' || (key !== undefined && value === (taint.value ?? ''));
}

/** The part of a pod's spec that binds it to one node, as the DaemonSet controller writes it. */
export function onlyNode(name: string): Pick<PodSpec, 'affinity'> {
  const matchFields: NodeSelectorRequirement[] = [{ key: 'metadata.name', operator: 'In', values: [name] }];
  return {
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } },
    },
  };
}

/** The only node that a pod may go to, where its affinity names one; else the node it is on. */
export function wantedNode(pod: Pod): string | undefined {
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms?.[0]?.matchFields?.find(({ key }) => key === 'metadata.name')?.values?.[0] ?? pod.spec.nodeName;
}

/** The first reason why a pod may not go to a node, in the scheduler's words; undefined when it may. */
export type Filter = (pod: Pod, node: Node, load: Load) => string | undefined;

const short =
  (name: 'cpu' | 'memory'): Filter =>
  (pod, node, load) => {
    const asked = requestOf(pod, name);
    return asked > 0n && load[name] + asked > allocatable(node, name) ? `Insufficient ${name}` : undefined;
  };

/** The filters in the order of the default profile (`pkg/scheduler/framework/plugins`). */
export const FILTERS: readonly Filter[] = [
  (pod, { spec }) => {
    const taint: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
    const tolerated = pod.spec.tolerations?.some((toleration) => tolerates(toleration, taint));
    return spec?.unschedulable && !tolerated ? 'node(s) were unschedulable' : undefined;
  },
  (pod, { spec }) => {
    const taint = spec?.taints?.find(
      (candidate) =>
        candidate.effect !== 'PreferNoSchedule' &&
        !pod.spec.tolerations?.some((toleration) => tolerates(toleration, candidate)),
    );
    return taint && `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`;
  },
  (pod, { metadata }) => {
    const wanted = Object.entries(pod.spec.nodeSelector ?? {});
    const fits = wanted.every(([key, value]) => metadata.labels?.[key] === value);
    const only = wantedNode(pod);
    const here = only === undefined || only === metadata.name;
    return fits && here ? undefined : "node(s) didn't match Pod's node affinity/selector";
  },
  (_pod, node, load) =>
    BigInt(load.pods + 1) * 1_000_000_000n > allocatable(node, 'pods') ? 'Too many pods' : undefined,
  short('cpu'),
  short('memory'),
];
