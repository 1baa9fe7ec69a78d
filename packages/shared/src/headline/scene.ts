import type { NodeEntity, PodEntity } from '../entity/core.ts';
import type { DeploymentEntity, ReplicaSetEntity } from '../entity/workloads.ts';
import { type DeploymentMark, deploymentMark, type PodMark, podMark } from '../mark.ts';
import type { Graph } from '../relations/graph.ts';

/** A deployment with what the rules ask of it. */
export interface Workload {
  name: string;
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

/** What the rules look at, gathered in one pass over the pods. Nodes belong to every scope. */
export interface Scene {
  namespace: string | null;
  nodes: NodeEntity[];
  pods: Record<PodMark, PodEntity[]>;
  workloads: Workload[];
  graph: Graph;
}

/** Pods created this long after their deployment (ms) are no longer part of its creation. */
const CREATION = 10_000;

/** Pods of a revision created within this long of each other (ms) came with one rollout. */
const ROLLOUT = 60_000;

/** Gathers one namespace, or all with null. */
export function sceneOf(graph: Graph, namespace: string | null): Scene {
  const pods: Scene['pods'] = {
    ready: [],
    notready: [],
    pending: [],
    creating: [],
    fail: [],
    pull: [],
    terminating: [],
    completed: [],
    unknown: [],
  };
  for (const pod of namespace === null ? graph.all('Pod') : graph.inNamespace('Pod', namespace)) {
    pods[podMark(pod)].push(pod);
  }
  const deployments = namespace === null ? graph.all('Deployment') : graph.inNamespace('Deployment', namespace);
  return {
    namespace,
    nodes: [...graph.all('Node')],
    pods,
    workloads: Array.from(deployments, (deployment) => workloadOf(deployment, graph)),
    graph,
  };
}

function workloadOf(deployment: DeploymentEntity, graph: Graph): Workload {
  const sets = graph.edgesFrom(deployment.uid, 'owner').flatMap(({ to }) => {
    const set = graph.get(to);
    return set?.kind === 'ReplicaSet' ? [set] : [];
  });
  const newest = sets.reduce<ReplicaSetEntity | null>(
    (best, set) => (best === null || (set.revision ?? 0) > (best.revision ?? 0) ? set : best),
    null,
  );
  const workload: Workload = {
    name: deployment.name,
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
  // At rest nobody asks, and most deployments of a large cluster rest.
  if (workload.mark === 'complete') return workload;
  for (const set of sets) countPods(workload, set, graph);
  workload.fresh = newest !== null && cameTogether(newest, graph);
  return workload;
}

function cameTogether(set: ReplicaSetEntity, graph: Graph): boolean {
  const pods = podsOf(set, graph);
  const created = pods.map((pod) => pod.created);
  return pods.every((pod) => pod.deleting === null) && Math.max(...created) - Math.min(...created) <= ROLLOUT;
}

function podsOf(set: ReplicaSetEntity, graph: Graph): PodEntity[] {
  return graph.edgesFrom(set.uid, 'owner').flatMap(({ to }) => {
    const pod = graph.get(to);
    return pod?.kind === 'Pod' ? [pod] : [];
  });
}

function countPods(workload: Workload, set: ReplicaSetEntity, graph: Graph): void {
  const pods = podsOf(set, graph).map((pod) => ({ created: pod.created, mark: podMark(pod) }));
  const since = arrivalsSince(
    workload.deployment,
    pods.filter((pod) => pod.mark === 'ready').map((pod) => pod.created),
  );
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
 * be. Told from the moment the deployment became unavailable, or else from the pods that are ready.
 */
function arrivalsSince({ conditions }: DeploymentEntity, readyCreated: readonly number[]): number {
  const available = conditions.find((c) => c.type === 'Available');
  if (available?.status === 'False' && available.since !== null) return available.since - CREATION;
  return Math.min(...readyCreated) + CREATION;
}

/** The name that people know a pod by: its deployment's, else its controller's, else its own. */
export function applicationOf(pod: PodEntity, graph: Graph): string {
  if (pod.owner === null) return pod.name;
  return graph.get(pod.owner.uid)?.owner?.name ?? pod.owner.name;
}
