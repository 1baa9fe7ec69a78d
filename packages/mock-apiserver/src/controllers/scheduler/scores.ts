import { matchesTerm } from '../node-affinity.ts';
import type { NodeInfo } from './cluster-cache.ts';
import type { Candidate } from './filters.ts';
import { likingByPods } from './inter-pod.ts';
import { crowding } from './spreading.ts';
import { tolerates } from './tolerates.ts';

/** One way to prefer nodes: a number for each, made 0 to 100 by `spread`, weighted (`plugins`' default weights). */
interface Scorer {
  weight: number;
  score(candidate: Candidate, info: NodeInfo): number;
  /** `most`: the highest is 100; `least`: the lowest; `range`: from the lowest to the highest; `as is`: it is 0 to 100 already. */
  spread: 'most' | 'least' | 'range' | 'as is';
}

/** What a pod that asks for nothing is taken to use (`schedutil.DefaultMilliCPURequest`, `DefaultMemoryRequest`). */
const UNASKED = { cpu: 100, memory: 200 * 1024 * 1024 };
const MEASURED = ['cpu', 'memory'] as const;

/** The parts of cpu and memory that would be taken, 0 to 1. */
function taken({ requests }: Candidate, { room, used }: NodeInfo): number[] {
  return MEASURED.map((name) => {
    const has = room[name] ?? 0;
    return has === 0 ? 1 : Math.min(1, ((used[name] ?? 0) + (requests[name] ?? UNASKED[name])) / has);
  });
}

const SCORERS: readonly Scorer[] = [
  {
    weight: 3,
    spread: 'least',
    score: ({ pod }, { node }) =>
      (node.spec?.taints ?? []).filter(
        (taint) =>
          taint.effect === 'PreferNoSchedule' &&
          !pod.spec.tolerations?.some((toleration) => tolerates(toleration, taint)),
      ).length,
  },
  {
    weight: 2,
    spread: 'most',
    score: ({ pod }, { node }) =>
      (pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).reduce(
        (sum, { weight, preference }) => sum + (matchesTerm(node, preference) ? weight : 0),
        0,
      ),
  },
  { weight: 2, spread: 'least', score: ({ spreading }, { node }) => crowding(spreading, node) },
  { weight: 2, spread: 'range', score: ({ inter }, { node }) => likingByPods(inter, node) },
  {
    weight: 1,
    spread: 'as is',
    score: (candidate, info) => {
      const [cpu = 1, memory = 1] = taken(candidate, info);
      return 100 - 50 * (cpu + memory);
    },
  },
  {
    weight: 1,
    spread: 'as is',
    score: (candidate, info) => {
      const [cpu = 1, memory = 1] = taken(candidate, info);
      return 100 - 50 * Math.abs(cpu - memory);
    },
  },
];

const NORMALISERS: Record<Scorer['spread'], (score: number, low: number, high: number) => number> = {
  most: (score, _low, high) => (high === 0 ? 0 : (100 * score) / high),
  least: (score, low, high) => (high === 0 ? 100 : (100 * (high + low - score)) / high),
  range: (score, low, high) => (high === low ? 0 : (100 * (score - low)) / (high - low)),
  'as is': (score) => score,
};

/** The node that suits a pod best; of equal ones the last. */
export function bestOf(candidate: Candidate, infos: readonly NodeInfo[]): NodeInfo | undefined {
  if (infos.length < 2) return infos[0];
  const totals = new Float64Array(infos.length);
  for (const { weight, score, spread } of SCORERS) {
    const scores = infos.map((info) => score(candidate, info));
    const low = scores.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    for (const [index, value] of scores.entries()) {
      totals[index] = (totals[index] ?? 0) + weight * Math.floor(NORMALISERS[spread](value, low, high));
    }
  }
  let best = 0;
  for (const [index, total] of totals.entries()) if (total >= (totals[best] ?? 0)) best = index;
  return infos[best];
}
