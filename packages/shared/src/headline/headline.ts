import type { Graph } from '../relations/graph.ts';
import { RULES } from './rules.ts';
import { type Scene, sceneOf } from './scene.ts';
import type { Headline } from './sentence.ts';

/** What a headline speaks of: one namespace, or all with null. */
export interface HeadlineScope {
  namespace: string | null;
}

/**
 * The one sentence that says what is true now, the worst first: nodes that are not ready, failing pods, stalled
 * rollouts, rollouts, creation, replacement, scaling, unavailability, pods not ready, nodes under pressure, paused
 * deployments, pods that start or end, cordoned nodes; else that all is well, or that there is nothing. Costs one pass over the
 * scope's pods.
 */
export function headline(graph: Graph, { namespace }: HeadlineScope): Headline {
  const scene = sceneOf(graph, namespace);
  return firstOf(scene, () => true) ?? atRest(scene);
}

/** The worst that is wrong, passing over what only moves; else the headline. */
export function worst(graph: Graph, { namespace }: HeadlineScope): Headline {
  const scene = sceneOf(graph, namespace);
  const isWrong = ({ tone }: Headline) => tone === 'fail' || tone === 'warn';
  return firstOf(scene, isWrong) ?? firstOf(scene, () => true) ?? atRest(scene);
}

function firstOf(scene: Scene, accepts: (said: Headline) => boolean): Headline | null {
  for (const rule of RULES) {
    const said = rule(scene);
    if (said !== null && accepts(said)) return said;
  }
  return null;
}

function atRest({ namespace, pods, workloads }: Scene): Headline {
  const ready = pods.ready.length;
  const completed = pods.completed.length;
  if (ready + completed + pods.unknown.length === 0) return { id: 'noPods', params: { namespace }, tone: 'gone' };
  if (workloads.length > 0) return { id: 'healthy', params: { deployments: workloads.length, ready }, tone: 'ready' };
  return { id: 'podsReady', params: { ready, completed }, tone: 'ready' };
}
