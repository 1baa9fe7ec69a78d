import type { Job, Pod } from '@portolan/shared';
import type { Clock } from '../../clock.ts';
import { verdictOn } from './failure-policy.ts';
import { fromRanges, indexOf, isIndexed } from './indexes.ts';

/** How soon a failed pod is replaced: 10, 20, 40 s… up to 6 min (`pkg/controller/job/backoff_utils.go`). */
const BACKOFF = { firstMs: 10_000, mostMs: 360_000 };

/**
 * What has become of one Job's pods so far. Pods that have ended count once, though they be deleted: the real controller
 * holds them with a finalizer until they are counted.
 */
export class Tally {
  readonly #counted = new Set<string>();
  readonly completed: Set<number>;
  succeeded: number;
  failed: number;
  /** Why the Job fails at once. */
  fatal: string | undefined;
  #failuresInARow = 0;
  #lastFailure = Number.NEGATIVE_INFINITY;

  /** Begins with what the Job's status says was counted. */
  constructor({ status }: Job, pods: readonly Pod[]) {
    this.succeeded = status?.succeeded ?? 0;
    this.failed = status?.failed ?? 0;
    this.completed = fromRanges(status?.completedIndexes);
    for (const [phase, known] of [
      ['Succeeded', this.succeeded],
      ['Failed', this.failed],
    ] as const) {
      for (const pod of pods.filter((other) => other.status?.phase === phase).slice(0, known)) {
        this.#counted.add(pod.metadata.uid);
      }
    }
  }

  /** Counts what has ended since. */
  count(job: Job, pods: readonly Pod[], clock: Clock): void {
    for (const pod of pods) {
      const { phase } = pod.status ?? {};
      if ((phase !== 'Succeeded' && phase !== 'Failed') || this.#counted.has(pod.metadata.uid)) continue;
      this.#counted.add(pod.metadata.uid);
      if (phase === 'Succeeded') this.#succeed(job, pod);
      else this.#fail(job, pod, clock);
    }
  }

  /** Simulated milliseconds until the next pod may be made; 0 or less when it may. */
  backoff(clock: Clock): number {
    if (this.#failuresInARow === 0) return 0;
    const wait = Math.min(BACKOFF.firstMs * 2 ** (this.#failuresInARow - 1), BACKOFF.mostMs);
    return this.#lastFailure + wait - clock.elapsed();
  }

  #succeed(job: Job, pod: Pod): void {
    this.#failuresInARow = 0;
    const index = indexOf(pod);
    if (!isIndexed(job)) this.succeeded += 1;
    else if (index !== undefined && index < (job.spec.completions ?? 0)) {
      this.completed.add(index);
      this.succeeded = this.completed.size;
    }
  }

  #fail(job: Job, pod: Pod, clock: Clock): void {
    const verdict = verdictOn(job, pod);
    this.fatal ??= verdict.failsJob;
    if (!verdict.counts) return;
    this.failed += 1;
    this.#failuresInARow += 1;
    this.#lastFailure = clock.elapsed();
  }
}
