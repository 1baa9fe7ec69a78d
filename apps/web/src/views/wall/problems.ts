import {
  applicationOf,
  deploymentMark,
  type Graph,
  type NodeEntity,
  nodeMark,
  type PodEntity,
  podMark,
  type Tone,
} from '@portolan/shared';
import type { GlyphName } from '../glyph.tsx';

/**
 * One thing that is wrong, with everything alike gathered into it. `what` is the cluster's own word for it, `who` the
 * name it is said of, and `others` how many more names share it. `since` is epoch milliseconds, null when nothing tells.
 */
export interface Problem {
  key: string;
  glyph: GlyphName;
  tone: Extract<Tone, 'fail' | 'warn' | 'gone'>;
  who: string;
  others: number;
  what: string;
  pods: number;
  nodes: number;
  since: number | null;
}

const SEVERITY = { fail: 0, warn: 1, gone: 2 };

/** Everything that is wrong in a cluster, the worst first: failing before degraded, then what touches more pods. */
export function problems(graph: Graph): Problem[] {
  return [...nodeProblems(graph), ...podProblems(graph), ...rolloutProblems(graph)].sort(
    (a, b) => SEVERITY[a.tone] - SEVERITY[b.tone] || b.pods - a.pods || (a.key < b.key ? -1 : 1),
  );
}

function nodeProblems(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const node of graph.all('Node')) {
    const mark = nodeMark(node);
    if (mark === 'ok') continue;
    const what = (mark === 'warn' && pressureOf(node)) || node.status.replace(/^Ready,/, '');
    const tone = mark === 'fail' ? 'fail' : mark === 'warn' ? 'warn' : 'gone';
    const condition = node.conditions.find(({ type }) => type === (mark === 'warn' ? what : 'Ready'));
    const pods = graph.edgesTo(node.uid, 'placement').length;
    const since = mark === 'cordon' ? null : (condition?.since ?? null);
    found.push({
      key: `node/${what}/${node.name}`,
      glyph: mark,
      tone,
      who: node.name,
      others: 0,
      what,
      pods,
      nodes: 1,
      since,
    });
  }
  return gather(found, ({ what, tone }) => `${tone}/${what}`);
}

function pressureOf(node: NodeEntity): string | null {
  return node.conditions.find(({ type, status }) => type !== 'Ready' && status === 'True')?.type ?? null;
}

function podProblems(graph: Graph): Problem[] {
  const groups = new Map<string, { problem: Problem; nodes: Set<string> }>();
  for (const pod of graph.all('Pod')) {
    const mark = podMark(pod);
    if (mark !== 'fail' && mark !== 'pull' && mark !== 'notready' && mark !== 'unknown') continue;
    if (mark === 'notready' && isMoving(pod, graph)) continue;
    const who = applicationOf(pod, graph);
    const what = mark === 'notready' ? 'NotReady' : pod.status;
    const tone = mark === 'notready' ? 'warn' : mark === 'unknown' ? 'gone' : 'fail';
    const key = `pod/${pod.namespace}/${who}/${what}`;
    const since = pod.lastRestart ?? pod.created;
    const group = groups.get(key) ?? {
      problem: { key, glyph: mark, tone, who, others: 0, what, pods: 0, nodes: 0, since },
      nodes: new Set<string>(),
    };
    groups.set(key, group);
    group.problem.pods += 1;
    group.problem.since = Math.min(group.problem.since ?? since, since);
    if (pod.node !== null) group.nodes.add(pod.node);
  }
  return [...groups.values()].map(({ problem, nodes }) => ({ ...problem, nodes: nodes.size }));
}

function rolloutProblems(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const deployment of graph.all('Deployment')) {
    if (deploymentMark(deployment) !== 'stalled') continue;
    const bad = deployment.conditions.find(
      ({ type, status }) =>
        (type === 'Progressing' && status === 'False') || (type === 'ReplicaFailure' && status === 'True'),
    );
    const { name, namespace, replicas } = deployment;
    found.push({
      key: `deployment/${namespace}/${name}`,
      glyph: 'fail',
      tone: 'fail',
      who: name,
      others: 0,
      what: bad?.reason ?? 'ProgressDeadlineExceeded',
      pods: replicas.desired - replicas.ready,
      nodes: 0,
      since: bad?.since ?? null,
    });
  }
  return found;
}

/** Joins the problems of one group into that of its first name. */
function gather(all: readonly Problem[], groupOf: (problem: Problem) => string): Problem[] {
  const groups = new Map<string, Problem>();
  for (const problem of all.toSorted((a, b) => (a.who < b.who ? -1 : 1))) {
    const group = groupOf(problem);
    const first = groups.get(group);
    if (!first) {
      groups.set(group, { ...problem });
      continue;
    }
    first.others += 1;
    first.nodes += 1;
    first.pods += problem.pods;
    first.since = first.since === null || problem.since === null ? null : Math.min(first.since, problem.since);
  }
  return [...groups.values()];
}

/** True for a pod of a Deployment that is on its way to where it was asked to be: not to be ready yet is no problem there. */
function isMoving(pod: PodEntity, graph: Graph): boolean {
  const set = pod.owner && graph.get(pod.owner.uid);
  const top = set?.owner && graph.get(set.owner.uid);
  return top?.kind === 'Deployment' && deploymentMark(top) === 'progressing';
}
