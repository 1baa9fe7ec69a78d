import type { NodeEntity, PodEntity } from '../entity/core.ts';
import type { DeploymentEntity } from '../entity/workloads.ts';
import { deploymentMark, nodeMark, podMark, type Tone } from '../mark.ts';
import type { Graph } from '../relations/graph.ts';

/** The values that a sentence needs, by the id of the headline. */
export interface HeadlineParams {
  nodesNotReady: { count: number; node: string; zone: string | null; inZone: number };
  podsFailing: { count: number; owner: string; reason: string; others: number };
  stalled: { count: number; name: string; updated: number; desired: number };
  rollingOut: { count: number; name: string; revision: number | null; updated: number; desired: number; ready: number };
  scaling: { count: number; name: string; desired: number; ready: number };
  creating: { count: number; name: string; desired: number; ready: number };
  unavailable: { count: number; name: string; desired: number; available: number };
  podsNotReady: { count: number; pod: string };
  paused: { count: number; name: string };
  podsStarting: { count: number; pod: string };
  podsTerminating: { count: number; pod: string };
  nodesCordoned: { count: number; node: string };
  healthy: { deployments: number; ready: number };
  podsReady: { ready: number; completed: number };
  noPods: { namespace: string | null };
}

/** The id of a headline: what is going on, in one word. */
export type HeadlineId = keyof HeadlineParams;

/** The verdict of a screen: a sentence as data, to be said in any language. */
export type Headline = {
  [I in HeadlineId]: { id: I; params: HeadlineParams[I]; tone: Tone };
}[HeadlineId];

/** What a headline speaks of: one namespace, or all with null. */
export interface HeadlineScope {
  namespace: string | null;
}

/** What the rules look at, gathered once. Nodes belong to every scope. */
interface Scene {
  namespace: string | null;
  nodes: NodeEntity[];
  pods: PodEntity[];
  deployments: DeploymentEntity[];
  graph: Graph;
}

/**
 * The one sentence that says what is true now, the worst first: nodes that are not ready, failing pods, stalled
 * rollouts, rollouts, scaling, creation, unavailability, pods not ready, paused deployments, pods that start or end,
 * cordoned nodes; else that all is well, or that there is nothing.
 */
export function headline(graph: Graph, scope: HeadlineScope): Headline {
  const { namespace } = scope;
  const scene: Scene = {
    namespace,
    graph,
    nodes: [...graph.all('Node')],
    pods: [...(namespace === null ? graph.all('Pod') : graph.inNamespace('Pod', namespace))],
    deployments: [...(namespace === null ? graph.all('Deployment') : graph.inNamespace('Deployment', namespace))],
  };
  for (const rule of RULES) {
    const said = rule(scene);
    if (said !== null) return said;
  }
  return atRest(scene);
}

type HeadlineRule = (scene: Scene) => Headline | null;

const RULES: readonly HeadlineRule[] = [
  nodesNotReady,
  podsFailing,
  stalled,
  rollingOut,
  scaling,
  creating,
  unavailable,
  podsNotReady,
  paused,
  podsStarting,
  podsTerminating,
  nodesCordoned,
];

function nodesNotReady({ nodes }: Scene): Headline | null {
  const bad = nodes.filter((node) => nodeMark(node) === 'fail');
  const [first] = bad;
  if (first === undefined) return null;
  const [zone, inZone] = mostFrequent(bad.map((node) => node.zone));
  return { id: 'nodesNotReady', params: { count: bad.length, node: first.name, zone, inZone }, tone: 'fail' };
}

function podsFailing({ pods, graph }: Scene): Headline | null {
  const bad = pods.filter((pod) => isFailing(pod));
  if (bad.length === 0) return null;
  const [owner, ofOwner] = mostFrequent(bad.map((pod) => applicationOf(pod, graph)));
  const [reason, count] = mostFrequent(
    bad.filter((pod) => applicationOf(pod, graph) === owner).map((pod) => pod.status),
  );
  const params = { count, owner: owner ?? '', reason: reason ?? '', others: bad.length - ofOwner + (ofOwner - count) };
  return { id: 'podsFailing', params, tone: 'fail' };
}

function stalled({ deployments }: Scene): Headline | null {
  return about(
    deployments,
    (each) => deploymentMark(each) === 'stalled',
    ({ name, replicas }, count) => ({
      id: 'stalled',
      params: { count, name, updated: replicas.updated, desired: replicas.desired },
      tone: 'fail',
    }),
  );
}

function rollingOut({ deployments, graph }: Scene): Headline | null {
  const isRollout = (each: DeploymentEntity) => inMotion(each) && revisionsOf(each, graph).length > 1;
  return about(deployments, isRollout, (each, count) => {
    const { desired, updated } = each.replicas;
    const newest = revisionsOf(each, graph).find((set) => set.revision === each.revision);
    const params = {
      count,
      name: each.name,
      revision: each.revision,
      updated,
      desired,
      ready: newest?.replicas.ready ?? 0,
    };
    return { id: 'rollingOut', params, tone: 'start' };
  });
}

function scaling({ deployments }: Scene): Headline | null {
  const isScaling = (each: DeploymentEntity) => inMotion(each) && wasRolledOut(each);
  return about(deployments, isScaling, ({ name, replicas: { desired, ready } }, count) => ({
    id: 'scaling',
    params: { count, name, desired, ready },
    tone: 'start',
  }));
}

function creating({ deployments }: Scene): Headline | null {
  return about(deployments, inMotion, ({ name, replicas: { desired, ready } }, count) => ({
    id: 'creating',
    params: { count, name, desired, ready },
    tone: 'start',
  }));
}

function unavailable({ deployments }: Scene): Headline | null {
  const isUnavailable = (each: DeploymentEntity) => deploymentMark(each) === 'unavailable';
  return about(deployments, isUnavailable, ({ name, replicas: { desired, available } }, count) => ({
    id: 'unavailable',
    params: { count, name, desired, available },
    tone: 'warn',
  }));
}

function podsNotReady({ pods }: Scene): Headline | null {
  return about(
    pods,
    (pod) => podMark(pod) === 'notready',
    ({ name }, count) => ({
      id: 'podsNotReady',
      params: { count, pod: name },
      tone: 'warn',
    }),
  );
}

function paused({ deployments }: Scene): Headline | null {
  return about(
    deployments,
    (each) => each.paused,
    ({ name }, count) => ({
      id: 'paused',
      params: { count, name },
      tone: 'warn',
    }),
  );
}

function podsStarting({ pods }: Scene): Headline | null {
  const isStarting = (pod: PodEntity) => podMark(pod) === 'pending' || podMark(pod) === 'creating';
  return about(pods, isStarting, ({ name }, count) => ({
    id: 'podsStarting',
    params: { count, pod: name },
    tone: 'start',
  }));
}

function podsTerminating({ pods }: Scene): Headline | null {
  return about(
    pods,
    (pod) => podMark(pod) === 'terminating',
    ({ name }, count) => ({
      id: 'podsTerminating',
      params: { count, pod: name },
      tone: 'gone',
    }),
  );
}

function nodesCordoned({ nodes }: Scene): Headline | null {
  return about(
    nodes,
    (node) => node.unschedulable,
    ({ name }, count) => ({
      id: 'nodesCordoned',
      params: { count, node: name },
      tone: 'warn',
    }),
  );
}

function atRest({ namespace, pods, deployments }: Scene): Headline {
  if (pods.length === 0) return { id: 'noPods', params: { namespace }, tone: 'gone' };
  const ready = pods.filter((pod) => podMark(pod) === 'ready').length;
  if (deployments.length > 0) {
    return { id: 'healthy', params: { deployments: deployments.length, ready }, tone: 'ready' };
  }
  const completed = pods.filter((pod) => podMark(pod) === 'completed').length;
  return { id: 'podsReady', params: { ready, completed }, tone: 'ready' };
}

/** The headline about the first by name of those that match, and how many they are; null when none matches. */
function about<E extends { name: string }>(
  all: readonly E[],
  matches: (each: E) => boolean,
  say: (first: E, count: number) => Headline,
): Headline | null {
  const found = all.filter(matches);
  const first = found.reduce<E | undefined>((a, b) => (a === undefined || b.name < a.name ? b : a), undefined);
  return first === undefined ? null : say(first, found.length);
}

function isFailing(pod: PodEntity): boolean {
  const mark = podMark(pod);
  return mark === 'fail' || mark === 'pull';
}

function inMotion(deployment: DeploymentEntity): boolean {
  return deploymentMark(deployment) === 'progressing';
}

/** Its newest revision was complete before: what moves it now is a change of its size, or a pod that was lost. */
function wasRolledOut({ conditions }: DeploymentEntity): boolean {
  return conditions.some((c) => c.type === 'Progressing' && c.reason === 'NewReplicaSetAvailable');
}

/** The ReplicaSets of a deployment that have pods, or should. */
function revisionsOf(deployment: DeploymentEntity, graph: Graph) {
  return graph.edgesFrom(deployment.uid, 'owner').flatMap(({ to }) => {
    const set = graph.get(to);
    return set?.kind === 'ReplicaSet' && (set.replicas.desired > 0 || set.replicas.current > 0) ? [set] : [];
  });
}

/** The name that people know a pod by: its deployment's, else its controller's, else its own. */
function applicationOf(pod: PodEntity, graph: Graph): string {
  if (pod.owner === null) return pod.name;
  return graph.get(pod.owner.uid)?.owner?.name ?? pod.owner.name;
}

/** The most frequent value and how often it stands; ties go to the first. */
function mostFrequent<T>(values: readonly T[]): [T | null, number] {
  const numbers = new Map<T, number>();
  for (const value of values) numbers.set(value, (numbers.get(value) ?? 0) + 1);
  let best: [T | null, number] = [null, 0];
  for (const entry of numbers) if (entry[1] > best[1]) best = entry;
  return best;
}
