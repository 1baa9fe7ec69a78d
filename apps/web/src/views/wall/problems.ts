import { type Graph, LiveScene, type NodeEntity, nodeMark, type Scene } from '@portolan/shared';
import { firstOf } from '../../layout/first-of.ts';
import { PodProblems } from './pod-problems.ts';
import { byWorst, type Problem } from './problem.ts';

/** The worst problems, and how many there are in all. */
export interface Problems {
  worst: Problem[];
  all: number;
}

/** Everything that is wrong in a cluster, the worst first. */
export function problems(graph: Graph): Problem[] {
  const scene = new LiveScene(null);
  const pods = new PodProblems();
  const pieces = scene.fill(graph);
  while (!pieces.next().done);
  for (const notes of Object.values(scene.notes)) for (const note of notes.values()) pods.change([null, note]);
  return worstProblems(scene, pods, graph, Number.POSITIVE_INFINITY).worst;
}

/** The worst of a cluster's problems, so many at most; costs what is not at rest. */
export function worstProblems(scene: Scene, pods: PodProblems, graph: Graph, room: number): Problems {
  const others = [...nodeProblems(scene, graph), ...rolloutProblems(scene)];
  const worst = firstOf(each(others, pods.all()), room, byWorst);
  return { worst, all: others.length + pods.size };
}

function* each<T>(...lists: Iterable<T>[]): Generator<T> {
  for (const list of lists) yield* list;
}

function nodeProblems({ nodes }: Scene, graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const node of each(nodes.fail.values(), nodes.warn.values(), nodes.cordon.values(), nodes.unknown.values())) {
    const mark = nodeMark(node);
    const what = (mark === 'warn' && pressureOf(node)) || node.status.replace(/^Ready,/, '');
    const tone = mark === 'fail' ? 'fail' : mark === 'warn' ? 'warn' : 'gone';
    const condition = node.conditions.find(({ type }) => type === (mark === 'warn' ? what : 'Ready'));
    const pods = graph.countTo(node.uid, 'placement');
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

function rolloutProblems(scene: Scene): Problem[] {
  const found: Problem[] = [];
  for (const { deployment, mark } of scene.workloads()) {
    if (mark !== 'stalled') continue;
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
