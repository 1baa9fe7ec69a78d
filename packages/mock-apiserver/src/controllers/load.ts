import { createHash } from 'node:crypto';
import { type Pod, parseQuantity } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { controllerOf } from './ownership.ts';
import { isActive, isReady } from './pod-state.ts';

/** A workload by the object that users made: the Deployment, not its ReplicaSet; a bare pod stands for itself. */
export interface WorkloadRef {
  kind: string;
  namespace: string;
  name: string;
}

/** What a pod uses just now: cpu in millicores, memory in bytes. */
export interface Usage {
  cpu: number;
  memory: number;
}

/** How hard workloads work: what metrics are made of, and what a scenario or a fault raises. */
export interface Load {
  /** What a running pod uses; undefined for one that does not run. */
  usageOf(pod: Pod): Usage | undefined;
  /**
   * Puts a demand of cpu on a workload, in millicores, shared by its ready pods on top of what they use at rest: more pods,
   * less each. Zero takes it away.
   */
  demand(workload: WorkloadRef, milliCores: number): void;
  /** The demand on a workload, in millicores. */
  demandOn(workload: WorkloadRef): number;
}

const refKey = ({ kind, namespace, name }: WorkloadRef) => `${kind}/${namespace}/${name}`;

/** The part of its request that a pod uses at rest, and what one without requests does: cpu in millicores, memory in bytes. */
const AT_REST = { cpu: { part: 0.08, unasked: 3 }, memory: { part: 0.55, unasked: 24 * 2 ** 20 } };
/** How far, of what it uses at rest, a pod strays up and down, and in how many simulated milliseconds it comes round. */
const WOBBLE = { part: 0.15, periodMs: 240_000 };

/** A number in [0, 1) that a uid always gives. */
const noiseOf = (uid: string) => createHash('sha256').update(uid).digest().readUInt32BE(0) / 2 ** 32;

const sumOf = (pod: Pod, what: 'requests' | 'limits', name: 'cpu' | 'memory'): number =>
  pod.spec.containers.reduce(
    (sum, { resources }) => sum + Number(parseQuantity(resources?.[what]?.[name] ?? '0')) / 1e9,
    0,
  );

/** A load over a store's pods; what they use at rest strays a little, by their uids and the clock. */
export function createLoad(store: Store, clock: Clock): Load {
  const demands = new Map<string, number>();
  const workloads = new Map<string, string>();
  const ready = new Map<string, Set<string>>();

  const workloadOf = (pod: Pod): string => {
    const namespace = pod.metadata.namespace ?? '';
    const owner = controllerOf(pod);
    if (!owner) return refKey({ kind: 'Pod', namespace, name: pod.metadata.name });
    const set =
      owner.kind === 'ReplicaSet' ? store.get('replicasets.apps', { namespace, name: owner.name }) : undefined;
    return refKey({ namespace, ...((set && controllerOf(set)) ?? owner) });
  };

  const forget = (uid: string) => {
    const workload = workloads.get(uid);
    if (workload === undefined) return;
    workloads.delete(uid);
    const left = ready.get(workload);
    left?.delete(uid);
    if (left?.size === 0) ready.delete(workload);
  };

  const see = (pod: Pod) => {
    const { uid } = pod.metadata;
    if (!isActive(pod) || !isReady(pod)) forget(uid);
    else if (!workloads.has(uid)) {
      const workload = workloadOf(pod);
      workloads.set(uid, workload);
      const others = ready.get(workload) ?? new Set();
      ready.set(workload, others.add(uid));
    }
  };

  store.watch('pods', store.version, ({ type, object }) => {
    if (type === 'DELETED') forget(object.metadata.uid);
    else see(object);
  });
  for (const pod of store.list('pods')) see(pod);

  const atRest = (pod: Pod, name: 'cpu' | 'memory'): number => {
    const noise = noiseOf(pod.metadata.uid);
    const turn = 2 * Math.PI * (clock.elapsed() / WOBBLE.periodMs + noise);
    const asked = sumOf(pod, 'requests', name) * (name === 'cpu' ? 1000 : 1);
    const base = asked > 0 ? asked * AT_REST[name].part : AT_REST[name].unasked;
    return base * (0.75 + noise / 2) * (1 + WOBBLE.part * Math.sin(turn));
  };

  const withinLimit = (pod: Pod, name: 'cpu' | 'memory', value: number): number => {
    const limit = sumOf(pod, 'limits', name) * (name === 'cpu' ? 1000 : 1);
    return Math.round(limit > 0 ? Math.min(value, limit) : value);
  };

  return {
    usageOf(pod) {
      if (pod.status?.phase !== 'Running') return undefined;
      const workload = workloads.get(pod.metadata.uid);
      const demand = workload === undefined ? 0 : (demands.get(workload) ?? 0);
      const share = workload === undefined ? 0 : demand / (ready.get(workload)?.size ?? 1);
      return {
        cpu: withinLimit(pod, 'cpu', atRest(pod, 'cpu') + share),
        memory: withinLimit(pod, 'memory', atRest(pod, 'memory')),
      };
    },
    demand(workload, milliCores) {
      if (milliCores > 0) demands.set(refKey(workload), milliCores);
      else demands.delete(refKey(workload));
    },
    demandOn: (workload) => demands.get(refKey(workload)) ?? 0,
  };
}
