import type { Tone } from '../mark.ts';
import type { Graph } from '../relations/graph.ts';
import { worstOf } from './headline.ts';
import { sceneOf } from './live-scene.ts';
import type { Scene } from './scene.ts';
import type { Headline } from './sentence.ts';

/** The state of a whole cluster in one word. */
export type VerdictWord = 'Healthy' | 'Degraded' | 'Critical' | 'Unknown';

/** A verdict and the headline that gives its reason. */
export interface Verdict {
  word: VerdictWord;
  tone: Tone;
  reason: Headline;
}

const TONES: Record<VerdictWord, Tone> = { Healthy: 'ready', Degraded: 'warn', Critical: 'fail', Unknown: 'gone' };

/**
 * The verdict over a cluster, for the wall. Unknown without a single node: nothing was heard of it. Critical when a
 * quarter of the nodes, or more, are not ready. Degraded when anything is failing, stalled, unavailable, not ready or
 * under pressure. Healthy when all rests or moves as it was asked to; a pause and a cordon were asked for.
 */
export function verdict(graph: Graph): Verdict {
  return verdictOf(sceneOf(graph, null));
}

/** The verdict over the scene of a whole cluster; costs what is not at rest in it. */
export function verdictOf(scene: Scene): Verdict {
  const reason = worstOf(scene);
  const nodes = Object.values(scene.nodes).reduce((sum, some) => sum + some.size, 0);
  const word = wordFor(nodes, scene.nodes.fail.size, reason.tone);
  return { word, tone: TONES[word], reason };
}

function wordFor(nodes: number, down: number, tone: Tone): VerdictWord {
  if (nodes === 0) return 'Unknown';
  if (down * 4 >= nodes) return 'Critical';
  return tone === 'fail' || tone === 'warn' ? 'Degraded' : 'Healthy';
}
