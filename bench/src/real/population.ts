import { type Size, sizedCluster } from '../fed/sized-cluster.ts';

/** On everything that is created, so that all of it is found again. */
export const MARK = { key: 'portolan.bench', value: 'real-fleet' } as const;

/** What objects are created with; the rest the apiserver gives. */
interface Made {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels: Record<string, string>; annotations?: object };
}

/** A node, whole: kubelets create theirs with their status too. */
export interface MadeNode extends Made {
  spec: object;
  status: { conditions: { type: string; status: string }[] };
}

/** A pod as it is created, what its kubelet would say of it (null: nothing yet), and whether it is deleted at once, to stay Terminating. */
export interface MadePod {
  pod: Made & { spec: object };
  status: PodStatus | null;
  deleted: boolean;
  /** Whether its status may change. */
  runs: boolean;
}

/** A pod's status as it is written, of one container. */
export interface PodStatus {
  phase: string;
  conditions: { type: string; status: string }[];
  containerStatuses: { ready: boolean; state: object }[];
}

/** Every so many nodes one is cordoned, and one says that it is not ready. */
const CORDONED = 67;
const NOT_READY = 101;
/** Every so many pods one waits for a node, pulls in vain, is being created, has ended, or goes and does not end. */
const PENDING = 103;
const PULLING = 97;
const CREATING = 211;
const COMPLETED = 307;
const TERMINATING = 401;

/** Namespaces, nodes and pods of a cluster such as is found, to be created through an API: the same for the same size. */
export interface Population {
  namespaces: object[];
  nodes: Iterable<MadeNode>;
  pods: Iterable<MadePod>;
}

/** What a real apiserver is filled with: the cluster that other benchmarks are fed, its pods without owners, and some in trouble. */
export function populationOf(size: Size): Population {
  const all = new Map(sizedCluster(size).map((one) => [one.kind, one]));
  const made = function* <T extends Made>(kind: string): Iterable<T> {
    const { count, version, object } = all.get(kind) ?? { count: 0, version: '', object: () => ({}) };
    for (let index = 0; index < count; index++) {
      const whole = object(index, '') as T;
      yield { ...whole, apiVersion: version, kind, metadata: kept(whole.metadata) };
    }
  };
  return {
    namespaces: [...made('Namespace')],
    nodes: indexed(made<MadeNode>('Node'), nodeOf),
    pods: indexed(made<Made & { spec: object; status: PodStatus }>('Pod'), podOf),
  };
}

function* indexed<T, U>(items: Iterable<T>, of: (item: T, index: number) => U): Iterable<U> {
  let index = 0;
  for (const item of items) yield of(item, index++);
}

/** What is kept of an object's metadata: the rest only an apiserver may say. */
function kept({ name, namespace, labels, annotations }: Made['metadata']): Made['metadata'] {
  const marked = { name, labels: { ...labels, [MARK.key]: MARK.value } };
  return { ...marked, ...(namespace && { namespace }), ...(annotations && { annotations }) };
}

function nodeOf(node: MadeNode, index: number): MadeNode {
  const spec = index % CORDONED === 5 ? { ...node.spec, unschedulable: true } : node.spec;
  if (index % NOT_READY !== 7) return { ...node, spec };
  const ill = { status: 'False', reason: 'KubeletNotReady', message: 'container runtime is down' };
  const conditions = node.status.conditions.map((one) => (one.type === 'Ready' ? { ...one, ...ill } : one));
  return { ...node, spec, status: { ...node.status, conditions } };
}

function podOf({ status, ...pod }: Made & { spec: object; status: PodStatus }, index: number): MadePod {
  const whole = { pod, status, deleted: false, runs: false };
  const nth = (every: number) => index % every === every - 1;
  if (nth(PENDING)) {
    // Its scheduler is nobody's, so that it waits and costs nobody anything.
    const { nodeName: _, ...spec } = pod.spec as { nodeName?: string };
    return { ...whole, pod: { ...pod, spec: { ...spec, schedulerName: 'nobody' } }, status: null };
  }
  const waiting = (reason: string) => ({ waiting: { reason, message: `container main: ${reason}` } });
  if (nth(PULLING)) return { ...whole, status: withState(status, 'Pending', waiting('ImagePullBackOff')) };
  if (nth(CREATING)) return { ...whole, status: withState(status, 'Pending', waiting('ContainerCreating')) };
  if (nth(COMPLETED)) {
    const terminated = { exitCode: 0, reason: 'Completed', startedAt: null, finishedAt: null };
    return { ...whole, status: withState(status, 'Succeeded', { terminated }) };
  }
  return nth(TERMINATING) ? { ...whole, deleted: true } : { ...whole, runs: true };
}

/** A status whose container is in a state and not ready. */
function withState(status: PodStatus, phase: string, state: object): PodStatus {
  return { ...readiness(status, false, state), phase };
}

/** A status in which the container, and so the pod, is ready or not. */
export function readiness(status: PodStatus, ready: boolean, state: object): PodStatus {
  const conditions = status.conditions.map((one) =>
    one.type === 'Ready' || one.type === 'ContainersReady' ? { ...one, status: ready ? 'True' : 'False' } : one,
  );
  return {
    ...status,
    conditions,
    containerStatuses: status.containerStatuses.map((one) => ({ ...one, ready, state })),
  };
}
