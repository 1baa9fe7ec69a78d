import type { NoteChange, PodNote } from '@portolan/shared';
import type { Problem } from './problem.ts';

/** The pods of one application that are in the same trouble. */
interface Group {
  key: string;
  notes: Set<PodNote>;
  /** Null when it is to be made anew. */
  problem: Problem | null;
}

/**
 * The problems of pods, gathered by application and by what is wrong, kept change by change. A change costs what it
 * touches; asking costs the groups, and the pods of those that changed.
 */
export class PodProblems {
  readonly #groups = new Map<string, Group>();

  /** Takes in how one note changed. */
  change([before, after]: NoteChange): void {
    if (before !== null && isProblem(before)) {
      const group = this.#groups.get(keyOf(before));
      if (group?.notes.delete(before)) group.problem = null;
      if (group?.notes.size === 0) this.#groups.delete(group.key);
    }
    if (after === null || !isProblem(after)) return;
    const key = keyOf(after);
    const group = this.#groups.get(key) ?? { key, notes: new Set(), problem: null };
    this.#groups.set(key, group);
    group.notes.add(after);
    group.problem = null;
  }

  get size(): number {
    return this.#groups.size;
  }

  *all(): Generator<Problem> {
    for (const group of this.#groups.values()) {
      group.problem ??= problemOf(group);
      yield group.problem;
    }
  }
}

function isProblem({ mark, moving }: PodNote): boolean {
  if (mark === 'notready') return !moving;
  return mark === 'fail' || mark === 'pull' || mark === 'unknown';
}

function whatOf({ mark, pod }: PodNote): string {
  return mark === 'notready' ? 'NotReady' : pod.status;
}

function keyOf(note: PodNote): string {
  return `pod/${note.pod.namespace}/${note.application}/${whatOf(note)}`;
}

function problemOf({ key, notes }: Group): Problem {
  const [first] = notes as Iterable<PodNote>;
  if (first === undefined) throw new Error('a group has a pod');
  const { mark } = first;
  const nodes = new Set<string>();
  let since = Number.POSITIVE_INFINITY;
  for (const { pod } of notes) {
    since = Math.min(since, pod.lastRestart ?? pod.created);
    if (pod.node !== null) nodes.add(pod.node);
  }
  const tone = mark === 'notready' ? 'warn' : mark === 'unknown' ? 'gone' : 'fail';
  const glyph = mark === 'pull' || mark === 'notready' || mark === 'unknown' ? mark : 'fail';
  const [who, what] = [first.application, whatOf(first)];
  return { key, glyph, tone, who, others: 0, what, pods: notes.size, nodes: nodes.size, since };
}
