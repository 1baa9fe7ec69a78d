import type { Pod } from '@portolan/shared';
import { copyInfo, type NodeInfo, place, take } from './cluster-cache.ts';
import { type Candidate, refuse } from './filters.ts';
import type { Refusal } from './refusal.ts';

/** At how many nodes it is looked, at most, for pods to give way (`DefaultPreemptionArgs`). */
const MOST_NODES = 100;

/** Where room can be made, and by whom. */
export interface Preemption {
  info: NodeInfo;
  victims: readonly Pod[];
}

const priorityOf = ({ spec }: Pod) => spec.priority ?? 0;

/** The fewest, least important pods of a node that must give way; undefined where even all would not do. */
function victimsOn(candidate: Candidate, info: NodeInfo): Pod[] | undefined {
  const trial = copyInfo(info);
  const lower = [...info.pods.values()].filter((pod) => priorityOf(pod) < priorityOf(candidate.pod));
  if (lower.length === 0) return undefined;
  for (const pod of lower) take(trial, pod);
  if (refuse(candidate, trial)) return undefined;
  // The important ones may stay first.
  const byPriority = (a: Pod, b: Pod) => priorityOf(b) - priorityOf(a);
  return lower.sort(byPriority).filter((pod) => {
    place(trial, pod);
    if (!refuse(candidate, trial)) return false;
    take(trial, pod);
    return true;
  });
}

/** Smaller is better: the highest priority among the victims, their sum, their number (`pickOneNodeForPreemption`). */
const cost = (victims: readonly Pod[]) => [
  Math.max(...victims.map(priorityOf)),
  victims.reduce((sum, pod) => sum + priorityOf(pod), 0),
  victims.length,
];

function isCheaper(a: readonly Pod[], b: readonly Pod[]): boolean {
  const [costA, costB] = [cost(a), cost(b)];
  for (const [index, value] of costA.entries()) {
    const other = costB[index] ?? 0;
    if (value !== other) return value < other;
  }
  return false;
}

/** Looks for a node on which less important pods can give way to a pod (`pkg/scheduler/framework/preemption`). */
export function findPreemption(
  candidate: Candidate,
  refused: readonly { info: NodeInfo; refusals: readonly Refusal[] }[],
): Preemption | undefined {
  let best: Preemption | undefined;
  let looked = 0;
  for (const { info, refusals } of refused) {
    if (refusals.some(({ helpless }) => helpless)) continue;
    looked += 1;
    if (looked > MOST_NODES) break;
    const victims = victimsOn(candidate, info);
    if (victims && victims.length > 0 && (!best || isCheaper(victims, best.victims))) best = { info, victims };
  }
  return best;
}
