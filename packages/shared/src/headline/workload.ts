import type { PodEntity } from '../entity/core.ts';
import type { DeploymentEntity, ReplicaSetEntity } from '../entity/workloads.ts';
import { type DeploymentMark, deploymentMark, podMark } from '../mark.ts';
import type { Graph } from '../relations/graph.ts';

/** A deployment that is not at rest, with what the rules ask of it. */
export interface Workload {
  name: string;
  namespace: string;
  deployment: DeploymentEntity;
  mark: DeploymentMark;
  /** The ReplicaSet of the newest revision, by revision number; null before there is one. */
  newest: ReplicaSetEntity | null;
  /** Whether ReplicaSets of other revisions still have pods, or should. */
  hasOlderPods: boolean;
  /** Pods on their way to their first readiness. */
  starting: number;
  ready: number;
  terminating: number;
  /** Whether all of its pods are as old as itself. */
  young: boolean;
  /** Whether the pods of its newest revision came together, and none of them is leaving: a rollout made them just now. */
  fresh: boolean;
}

/** Pods created this long after their deployment (ms) are no longer part of its creation. */
const CREATION = 10_000;

/** Pods of a revision created within this long of each other (ms) came with one rollout. */
const ROLLOUT = 60_000;

/** Looks at a deployment's sets and pods; costs one pass over them. */
export function workloadOf(deployment: DeploymentEntity, graph: Graph): Workload {
  const sets = graph.edgesFrom(deployment.uid, 'owner').flatMap(({ to }) => {
    const set = graph.get(to);
    return set?.kind === 'ReplicaSet' ? [set] : [];
  });
  const newest = sets.reduce<ReplicaSetEntity | null>(
    (best, set) => (best === null || isNewer(set, best) ? set : best),
    null,
  );
  const workload: Workload = {
    name: deployment.name,
    namespace: deployment.namespace,
    deployment,
    mark: deploymentMark(deployment),
    newest,
    hasOlderPods: sets.some((set) => set !== newest && (set.replicas.desired > 0 || set.replicas.current > 0)),
    starting: 0,
    ready: 0,
    terminating: 0,
    young: true,
    fresh: false,
  };
  for (const set of sets) countPods(workload, set, graph);
  workload.fresh = newest !== null && cameTogether(newest, graph);
  return workload;
}

function isNewer(a: ReplicaSetEntity, b: ReplicaSetEntity): boolean {
  const by = (a.revision ?? 0) - (b.revision ?? 0);
  return by > 0 || (by === 0 && a.uid < b.uid);
}

function cameTogether(set: ReplicaSetEntity, graph: Graph): boolean {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const pod of podsOf(set, graph)) {
    if (pod.deleting !== null) return false;
    first = Math.min(first, pod.created);
    last = Math.max(last, pod.created);
  }
  return last - first <= ROLLOUT;
}

function podsOf(set: ReplicaSetEntity, graph: Graph): PodEntity[] {
  return graph.edgesFrom(set.uid, 'owner').flatMap(({ to }) => {
    const pod = graph.get(to);
    return pod?.kind === 'Pod' ? [pod] : [];
  });
}

function countPods(workload: Workload, set: ReplicaSetEntity, graph: Graph): void {
  const pods = podsOf(set, graph).map((pod) => ({ created: pod.created, mark: podMark(pod) }));
  let firstReady = Number.POSITIVE_INFINITY;
  for (const { created, mark } of pods) if (mark === 'ready') firstReady = Math.min(firstReady, created);
  const since = arrivalsSince(workload.deployment, firstReady);
  for (const { created, mark } of pods) {
    const arriving = mark === 'notready' && created > since;
    if (mark === 'pending' || mark === 'creating' || arriving) workload.starting++;
    if (mark === 'terminating') workload.terminating++;
    if (mark === 'ready') workload.ready++;
    if (created - workload.deployment.created > CREATION) workload.young = false;
  }
}

/**
 * A pod that is not ready and was created after this (epoch ms) has not been ready yet; one created before has ceased to
 * be. Told from the moment the deployment became unavailable, or else from the first pod that is ready.
 */
function arrivalsSince({ conditions }: DeploymentEntity, firstReady: number): number {
  const available = conditions.find((c) => c.type === 'Available');
  if (available?.status === 'False' && available.since !== null) return available.since - CREATION;
  return firstReady + CREATION;
}
