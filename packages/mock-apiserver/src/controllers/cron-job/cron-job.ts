import type { CronJob, Job, ObjectReference } from '@portolan/shared';
import { ApiError } from '../../api-error.ts';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import { createDefaulted } from '../create.ts';
import type { Happening } from '../event-recorder.ts';
import { isFinished } from '../job/status.ts';
import { fromKey, toKey } from '../object-key.ts';
import { controllerOf, controllerRef } from '../ownership.ts';
import { Since } from '../since.ts';
import { WorkQueue } from '../work-queue.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

const KEY = 'cronjobs.batch';
const JOBS = 'jobs.batch';
const SOURCE = { component: 'cronjob-controller' };
const SCHEDULED = 'batch.kubernetes.io/cronjob-scheduled-timestamp';
/** A little after the minute, so that it is surely past (`nextScheduleDelta`). */
const AFTER_MS = 100;
/** From how many missed starts on somebody should look. */
const MANY_MISSED = 100;
/** How many Jobs that succeeded and that failed are kept. */
const KEPT = { Complete: 3, Failed: 1 };

type Status = NonNullable<CronJob['status']>;

const conditionHolds = ({ status }: Job, type: string) =>
  status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;

/** How far back the last start is looked for first: a schedule that comes by often is found at once. */
const LOOK_BACK_MS = [86_400_000, 40 * 86_400_000, Number.POSITIVE_INFINITY];

/** The last moment a schedule came by between two, and how often it did, as far as that was counted. */
function lastDue(schedule: Schedule, from: number, to: number): { at: number; missed: number } | undefined {
  for (const back of LOOK_BACK_MS) {
    let found: { at: number; missed: number } | undefined;
    for (let at = schedule.next(Math.max(from, to - back)); at !== undefined && at <= to; at = schedule.next(at)) {
      found = { at, missed: (found?.missed ?? 0) + 1 };
    }
    if (found || to - back <= from) return found;
  }
  return undefined;
}

/**
 * Starts Jobs on schedule (`pkg/controller/cronjob`). Schedules go by a calendar of their own, which was the wall's when the
 * cluster began and runs with the clock: at speed 50 an hourly Job is due every 72 s, and Jobs are named after that calendar's
 * minutes. What stands in the status is the wall's time.
 */
export function startCronJobController(context: ControllerContext): void {
  const { store, clock, events } = context;
  const began = clock.now() - clock.elapsed();
  const calendar = () => began + clock.elapsed();
  const since = new Since(clock);
  /** The scheduled time of each CronJob's last start, on the calendar. */
  const started = new Map<string, number>();

  const tell = (cron: CronJob, type: Happening['type'], reason: string, message: string) =>
    events.record(cron, SOURCE, { type, reason, message });

  const jobsOf = ({ metadata }: CronJob) => store.by(JOBS, 'controller', metadata.uid);

  /** The active list without what has ended, each end an event, and the time of the last success. */
  const noteEnds = (cron: CronJob, jobs: readonly Job[]): Status => {
    const status: Status = { ...cron.status };
    const active: ObjectReference[] = [];
    for (const ref of cron.status?.active ?? []) {
      const job = jobs.find(({ metadata }) => metadata.uid === ref.uid);
      if (!job) tell(cron, 'Normal', 'MissingJob', `Active job went missing: ${ref.name}`);
      else if (!isFinished(job)) active.push(ref);
      else {
        const condition = conditionHolds(job, 'Complete') ? 'Complete' : 'Failed';
        tell(cron, 'Normal', 'SawCompletedJob', `Saw completed job: ${job.metadata.name}, condition: ${condition}`);
        if (condition === 'Complete' && job.status?.completionTime) {
          status.lastSuccessfulTime = job.status.completionTime;
        }
      }
    }
    delete status.active;
    return { ...status, ...(active.length > 0 && { active }) };
  };

  /** Deletes the oldest Jobs beyond the limits. */
  const forgetOld = (cron: CronJob, jobs: readonly Job[]) => {
    const limits = {
      Complete: cron.spec.successfulJobsHistoryLimit ?? KEPT.Complete,
      Failed: cron.spec.failedJobsHistoryLimit ?? KEPT.Failed,
    };
    for (const [type, limit] of Object.entries(limits)) {
      const ended = jobs
        .filter((job) => conditionHolds(job, type))
        .sort((a, b) => Date.parse(a.status?.startTime ?? '') - Date.parse(b.status?.startTime ?? ''));
      for (const job of ended.slice(0, Math.max(0, ended.length - limit))) remove(cron, job);
    }
  };

  const remove = (cron: CronJob, job: Job) => {
    store.delete(JOBS, job.metadata, { uid: job.metadata.uid });
    tell(cron, 'Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`);
  };

  const scheduleOf = (cron: CronJob): Schedule | undefined => {
    const { schedule, timeZone } = cron.spec;
    try {
      return parseSchedule(schedule, timeZone);
    } catch (error) {
      const zone = error instanceof RangeError;
      const message = zone ? `invalid timeZone: "${timeZone}"` : `unparseable schedule: "${schedule}"`;
      tell(cron, 'Warning', zone ? 'UnknownTimeZone' : 'UnparseableSchedule', message);
      return undefined;
    }
  };

  /** Since when starts count as missed: the last start or the making, no earlier than the starting deadline. */
  const countsFrom = ({ metadata, spec, status }: CronJob): number => {
    const last = status?.lastScheduleTime;
    const back = since.of(metadata.uid, last ?? metadata.creationTimestamp);
    const from = started.get(metadata.uid) ?? calendar() - back;
    const { startingDeadlineSeconds: deadline } = spec;
    return deadline === undefined ? from : Math.max(from, calendar() - deadline * 1000);
  };

  const start = (cron: CronJob, at: number): Job => {
    const { name, namespace } = cron.metadata;
    const { metadata, spec } = structuredClone(cron.spec.jobTemplate);
    return createDefaulted(context, JOBS, {
      metadata: {
        name: `${name}-${Math.floor(at / 60_000)}`,
        ...(namespace && { namespace }),
        ...(metadata?.labels && { labels: metadata.labels }),
        annotations: { ...metadata?.annotations, [SCHEDULED]: toTime(at) },
        ownerReferences: [controllerRef(cron)],
      },
      spec,
    });
  };

  /** Starts what is due, unless its policy or its deadline forbids; answers the status after it. */
  const startDue = (cron: CronJob, at: number, before: Status, jobs: readonly Job[]): Status => {
    const { name, uid } = cron.metadata;
    const { concurrencyPolicy } = cron.spec;
    const active = before.active ?? [];
    if (concurrencyPolicy === 'Forbid' && active.length > 0) {
      const why = 'Not starting job because prior execution is running and concurrency policy is Forbid';
      tell(cron, 'Normal', 'JobAlreadyActive', why);
      return before;
    }
    if (concurrencyPolicy === 'Replace') {
      for (const job of jobs) if (active.some((ref) => ref.uid === job.metadata.uid)) remove(cron, job);
    }
    const staying = concurrencyPolicy === 'Replace' ? [] : active;
    started.set(uid, at);
    try {
      const { metadata, apiVersion, kind } = start(cron, at);
      tell(cron, 'Normal', 'SuccessfulCreate', `Created job ${metadata.name}`);
      const ref: ObjectReference = {
        ...(kind && { kind }),
        ...(metadata.namespace && { namespace: metadata.namespace }),
        name: metadata.name,
        uid: metadata.uid,
        ...(apiVersion && { apiVersion }),
        resourceVersion: metadata.resourceVersion,
      };
      const lastScheduleTime = toTime(clock.now() - (calendar() - at));
      return { ...before, active: [...staying, ref], lastScheduleTime };
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason === 'AlreadyExists') throw error;
      tell(cron, 'Warning', 'FailedCreate', `Error creating job: ${error.message}`);
      throw new ApiError(error.reason, `${name}: ${error.message}`, error.details);
    }
  };

  const queue = new WorkQueue(context, (key) => {
    const cron = store.get(KEY, fromKey(key));
    if (!cron) return;
    const jobs = jobsOf(cron);
    let status = noteEnds(cron, jobs);
    forgetOld(cron, jobs);
    const schedule = cron.metadata.deletionTimestamp || cron.spec.suspend ? undefined : scheduleOf(cron);
    const due = schedule && lastDue(schedule, countsFrom(cron), calendar());
    if (due && due.missed > MANY_MISSED) {
      const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew';
      tell(cron, 'Warning', 'TooManyMissedTimes', `too many missed start times: ${due.missed}. ${advice}`);
    }
    if (due) status = startDue(cron, due.at, status, jobs);
    store.update(KEY, cron.metadata, (draft) => Object.assign(draft, { status }));
    const next = schedule?.next(calendar());
    if (next !== undefined) queue.addAfter(key, next + AFTER_MS - calendar());
  });

  store.watch(KEY, store.version, ({ type, object, previous }) => {
    if (type === 'DELETED') {
      since.forget(object.metadata.uid);
      started.delete(object.metadata.uid);
    } else if (object.metadata.generation !== previous?.metadata.generation) queue.add(toKey(object));
  });
  store.watch(JOBS, store.version, ({ object, previous }) => {
    const owner = controllerOf(object);
    const ends = isFinished(object) && !(previous && isFinished(previous));
    if (owner?.kind === 'CronJob' && ends) queue.add(`${object.metadata.namespace}/${owner.name}`);
  });
  for (const cron of store.list(KEY)) queue.add(toKey(cron));
}
