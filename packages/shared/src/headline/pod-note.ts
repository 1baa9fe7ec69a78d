import type { PodEntity } from '../entity/core.ts';
import { deploymentMark, type PodMark, podMark } from '../mark.ts';
import type { Graph } from '../relations/graph.ts';

/** A pod that is neither ready nor completed, as it stood when it was looked at; another look makes another note. */
export interface PodNote {
  readonly pod: PodEntity;
  readonly mark: PodMark;
  /** See `applicationOf`. */
  readonly application: string;
  /** Whether its Deployment is on its way to where it was asked to be: not to be ready yet is no problem there. */
  readonly moving: boolean;
}

/** What there is to say of a pod beside its mark; null for one that is ready or completed. */
export function noteOf(pod: PodEntity, graph: Graph): PodNote | null {
  const mark = podMark(pod);
  if (mark === 'ready' || mark === 'completed') return null;
  return { pod, mark, application: applicationOf(pod, graph), moving: isMoving(pod, graph) };
}

/** The name that people know a pod by: its deployment's, else its controller's, else its own. */
export function applicationOf(pod: PodEntity, graph: Graph): string {
  if (pod.owner === null) return pod.name;
  return graph.get(pod.owner.uid)?.owner?.name ?? pod.owner.name;
}

function isMoving(pod: PodEntity, graph: Graph): boolean {
  const set = pod.owner && graph.get(pod.owner.uid);
  const top = set?.owner && graph.get(set.owner.uid);
  return top?.kind === 'Deployment' && deploymentMark(top) === 'progressing';
}
