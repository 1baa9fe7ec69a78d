import { POD_MARK_ORDER, type PodEntity, type PodMark, podMark, podTone, type Tone } from '@portolan/shared';

/** What is drawn of a pod, wherever it stands. */
export interface PodFacts {
  pod: PodEntity;
  /** The part of the name that tells it from its siblings. */
  suffix: string;
  mark: PodMark;
  tone: Tone;
}

/** The facts of a pod. */
export function podFacts(pod: PodEntity): PodFacts {
  const mark = podMark(pod);
  return { pod, suffix: podSuffix(pod), mark, tone: podTone(mark) };
}

/** A generated name is so much of its base and so many random letters (apiserver/pkg/storage/names/generate.go). */
const BASE = 58;
const RANDOM = 5;

/**
 * The name without its controller's, even where that was cut to make room. A pod that was taken out of its ReplicaSet is told by the label that it still
 * carries; any other pod without a controller keeps its whole name.
 */
export function podSuffix({ name, owner, labels }: Pick<PodEntity, 'name' | 'owner' | 'labels'>): string {
  if (owner && name.startsWith(`${owner.name}-`)) return name.slice(owner.name.length + 1);
  if (owner && name.length === BASE + RANDOM && `${owner.name}-`.startsWith(name.slice(0, BASE)))
    return name.slice(BASE);
  const hash = `-${labels['pod-template-hash']}-`;
  const at = name.indexOf(hash);
  return at < 0 ? name : name.slice(at + hash.length);
}

/** How many pods wear each mark, in a fixed order; marks that none wears are left out. */
export function countMarks(pods: Iterable<PodEntity>): { mark: PodMark; tone: Tone; count: number }[] {
  const counts = new Map<PodMark, number>();
  for (const pod of pods) {
    const mark = podMark(pod);
    counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return POD_MARK_ORDER.flatMap((mark) => {
    const count = counts.get(mark);
    return count === undefined ? [] : [{ mark, tone: podTone(mark), count }];
  });
}
