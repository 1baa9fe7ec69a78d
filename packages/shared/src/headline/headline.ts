import type { Graph } from '../relations/graph.ts';
import { sceneOf } from './live-scene.ts';
import { RULES } from './rules.ts';
import type { Scene } from './scene.ts';
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
  return headlineOf(sceneOf(graph, namespace));
}

/** The headline of a scene; costs what is not at rest in it. */
export function headlineOf(scene: Scene): Headline {
  return firstOf(scene, () => true) ?? atRest(scene);
}

/** The worst that is wrong in a scene, passing over what only moves; else the headline. */
export function worstOf(scene: Scene): Headline {
  const isWrong = ({ tone }: Headline) => tone === 'fail' || tone === 'warn';
  return firstOf(scene, isWrong) ?? headlineOf(scene);
}

function firstOf(scene: Scene, accepts: (said: Headline) => boolean): Headline | null {
  for (const rule of RULES) {
    const said = rule(scene);
    if (said !== null && accepts(said)) return said;
  }
  return null;
}

function atRest({ namespace, pods, deployments }: Scene): Headline {
  const { ready, completed, unknown } = pods;
  if (ready + completed + unknown === 0) return { id: 'noPods', params: { namespace }, tone: 'gone' };
  if (deployments > 0) return { id: 'healthy', params: { deployments, ready }, tone: 'ready' };
  return { id: 'podsReady', params: { ready, completed }, tone: 'ready' };
}
