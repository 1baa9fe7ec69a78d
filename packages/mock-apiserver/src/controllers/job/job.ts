import { type Condition, fromLabelSelector, type Job, type Pod } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import { createTold, deleteTold } from '../create.ts';
import { fromKey, toKey } from '../object-key.ts';
import { claim } from '../ownership.ts';
import { isActive, isEnded, isReady, restartsOf } from '../pod-state.ts';
import { Since } from '../since.ts';
import { victims } from '../victims.ts';
import { watchPodsOf } from '../watch-owned.ts';
import { WorkQueue } from '../work-queue.ts';
import { identityOf, indexOf, isIndexed, nextIndexes, toRanges } from './indexes.ts';
import { decidedEnding, type Ending, isFinished, jobCondition, statusFrom, withJobCondition } from './status.ts';
import { Tally } from './tally.ts';

const KEY = 'jobs.batch';
const SOURCE = { component: 'job-controller' };

const ENDINGS = {
  complete: { type: 'Complete', reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' },
  backoff: { type: 'Failed', reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' },
  deadline: { type: 'Failed', reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' },
} as const satisfies Record<string, Ending>;

/** Whether containers that are started again in place have been so often enough (`pastBackoffLimitOnFailure`). */
function restartedTooOften({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec.restartPolicy !== 'OnFailure') return false;
  const running = pods.filter(({ status }) => status?.phase === 'Running' || status?.phase === 'Pending');
  const restarts = running.reduce((sum, pod) => sum + restartsOf(pod), 0);
  const limit = spec.backoffLimit ?? 6;
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

/** How many pods ought to be at work. */
function wantedActive({ spec }: Job, succeeded: number, active: number): number {
  const parallelism = spec.parallelism ?? 1;
  if (spec.completions !== undefined) return Math.min(parallelism, spec.completions - succeeded);
  return succeeded > 0 ? Math.min(active, parallelism) : parallelism;
}

function isComplete({ spec }: Job, succeeded: number, active: number): boolean {
  if (spec.completions !== undefined) return succeeded >= spec.completions;
  return succeeded > 0 && active === 0;
}

/** Runs Jobs to their end: completions, indices, failures with their backoff, deadlines, suspension (`pkg/controller/job`). */
export function startJobController(context: ControllerContext): void {
  const { store, clock, events } = context;
  const since = new Since(clock);
  const tallies = new Map<string, Tally>();

  const tallyOf = (job: Job, pods: readonly Pod[]): Tally => {
    const { uid } = job.metadata;
    const tally = tallies.get(uid) ?? new Tally(job, pods);
    tallies.set(uid, tally);
    tally.count(job, pods, clock);
    return tally;
  };

  const endingOf = (key: string, job: Job, pods: readonly Pod[], tally: Tally): Ending | undefined => {
    const decided = decidedEnding(job);
    if (decided) return decided;
    if (tally.fatal !== undefined) return { type: 'Failed', reason: 'PodFailurePolicy', message: tally.fatal };
    if (tally.failed > (job.spec.backoffLimit ?? 6) || restartedTooOften(job, pods)) return ENDINGS.backoff;
    const { activeDeadlineSeconds: deadline } = job.spec;
    if (deadline !== undefined && job.status?.startTime && !job.spec.suspend) {
      const left = deadline * 1000 - since.of(job.metadata.uid, job.status.startTime);
      if (left <= 0) return ENDINGS.deadline;
      queue.addAfter(key, left);
    }
    return isComplete(job, tally.succeeded, pods.filter(isActive).length) ? ENDINGS.complete : undefined;
  };

  /** Makes what is missing and deletes what is too much; answers how many are then at work. */
  const manage = (key: string, job: Job, active: readonly Pod[], tally: Tally): number => {
    const missing = wantedActive(job, tally.succeeded, active.length) - active.length;
    if (missing < 0) {
      for (const pod of victims(active, active, -missing)) deleteTold(context, SOURCE, job, pod);
      return active.length + missing;
    }
    if (missing === 0) return active.length;
    const wait = tally.backoff(clock);
    if (wait > 0) {
      queue.addAfter(key, wait);
      return active.length;
    }
    if (!isIndexed(job)) {
      for (let made = 0; made < missing; made++) createTold(context, SOURCE, job, job.spec.template);
      return active.length + missing;
    }
    const taken = new Set([...tally.completed, ...active.flatMap((pod) => indexOf(pod) ?? [])]);
    const next = nextIndexes(job, taken, missing);
    for (const index of next) createTold(context, SOURCE, job, job.spec.template, identityOf(job, index));
    return active.length + next.length;
  };

  /** The conditions of a Job that is suspended or is so no more, each an event. */
  const suspension = (job: Job, conditions: Condition[], now: string): Condition[] => {
    const before = conditions.find(({ type }) => type === 'Suspended');
    const suspended = job.spec.suspend === true;
    if (suspended === (before?.status === 'True')) return conditions;
    const [reason, said] = suspended ? ['JobSuspended', 'suspended'] : ['JobResumed', 'resumed'];
    const message = `Job ${said}`;
    events.record(job, SOURCE, { type: 'Normal', reason: suspended ? 'Suspended' : 'Resumed', message });
    return withJobCondition(
      conditions,
      jobCondition('Suspended', suspended ? 'True' : 'False', { reason, message }, now),
    );
  };

  /** The conditions of a Job that comes to its end: first that it will, then, when its last pod has ended, that it has. */
  const concluded = (job: Job, ending: Ending, over: boolean, before: Condition[], now: string): Condition[] => {
    const target = ending.type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
    const conditions = withJobCondition(before, jobCondition(target, 'True', ending, now));
    if (!over) return conditions;
    const [type, reason, message] =
      ending.type === 'Complete'
        ? (['Normal', 'Completed', 'Job completed'] as const)
        : (['Warning', ending.reason, ending.message] as const);
    events.record(job, SOURCE, { type, reason, message });
    return withJobCondition(conditions, jobCondition(ending.type, 'True', ending, now));
  };

  const queue = new WorkQueue(context, (key) => {
    const job = store.get(KEY, fromKey(key));
    if (!job || job.metadata.deletionTimestamp || isFinished(job)) return;
    const pods = claim(store, 'pods', job, fromLabelSelector(job.spec.selector));
    const tally = tallyOf(job, pods);
    const now = toTime(clock.now());
    const ending = endingOf(key, job, pods, tally);
    const active = pods.filter(isActive);
    const stops = ending !== undefined || job.spec.suspend === true;
    if (stops) for (const pod of active) deleteTold(context, SOURCE, job, pod);
    const working = stops ? 0 : manage(key, job, active, tally);
    const left = store.by('pods', 'controller', job.metadata.uid).filter((pod) => !isEnded(pod));
    const terminating = left.filter(({ metadata }) => metadata.deletionTimestamp !== undefined).length;
    const over = ending !== undefined && left.length === 0;

    let conditions = suspension(job, [...(job.status?.conditions ?? [])], now);
    if (ending) conditions = concluded(job, ending, over, conditions, now);
    const startTime = job.spec.suspend ? undefined : (job.status?.startTime ?? now);
    const ready = left.filter((pod) => isReady(pod) && isActive(pod)).length;
    const { succeeded, failed, completed } = tally;
    const completedIndexes = isIndexed(job) ? toRanges(completed) : undefined;
    const counts = { active: working, ready, terminating, succeeded, failed, completedIndexes };
    const status = statusFrom(job.status, counts, startTime, conditions);
    if (over && ending?.type === 'Complete') status.completionTime = now;
    store.update(KEY, job.metadata, (draft) => Object.assign(draft, { status }));
    // The deadline runs from the time that was written just then.
    if (job.spec.activeDeadlineSeconds !== undefined && !job.status?.startTime && startTime) queue.add(key);
  });

  store.watch(KEY, store.version, ({ type, object, previous }) => {
    if (type === 'DELETED') {
      tallies.delete(object.metadata.uid);
      since.forget(object.metadata.uid);
    } else if (object.metadata.generation !== previous?.metadata.generation) queue.add(toKey(object));
  });
  const selectorOf = ({ spec }: Job) => fromLabelSelector(spec.selector);
  watchPodsOf(context, { key: KEY, kind: 'Job', selectorOf }, (key) => queue.add(key));
  for (const job of store.list(KEY)) queue.add(toKey(job));
}
