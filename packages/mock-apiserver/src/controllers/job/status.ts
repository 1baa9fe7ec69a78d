import type { Condition, Job } from '@portolan/shared';

type Status = NonNullable<Job['status']>;

/** Why a Job comes to its end. */
export interface Ending {
  type: 'Complete' | 'Failed';
  reason: string;
  message: string;
}

const holds = (job: Job, type: string) =>
  job.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;

/** Complete or Failed: nothing of it runs any more. */
export function isFinished(job: Job): boolean {
  return holds(job, 'Complete') || holds(job, 'Failed');
}

/** The ending that was decided before, while the last pods end. */
export function decidedEnding({ status }: Job): Ending | undefined {
  const decided = status?.conditions?.find(
    ({ type, status: state }) => state === 'True' && (type === 'SuccessCriteriaMet' || type === 'FailureTarget'),
  );
  if (!decided) return undefined;
  const type = decided.type === 'FailureTarget' ? 'Failed' : 'Complete';
  return { type, reason: decided.reason ?? '', message: decided.message ?? '' };
}

export function jobCondition(
  type: string,
  status: Condition['status'],
  { reason, message }: { reason: string; message: string },
  now: string,
): Condition {
  return { type, status, lastProbeTime: now, lastTransitionTime: now, reason, message };
}

/** The conditions with this one in place of its type's; one that says the same stays as it is. */
export function withJobCondition(conditions: readonly Condition[], condition: Condition): Condition[] {
  const before = conditions.find(({ type }) => type === condition.type);
  if (!before) return [...conditions, condition];
  const same = before.status === condition.status && before.reason === condition.reason;
  return same ? [...conditions] : conditions.map((other) => (other === before ? condition : other));
}

/** What a status counts. */
export interface JobCounts {
  active: number;
  ready: number;
  terminating: number;
  succeeded: number;
  failed: number;
  completedIndexes: string | undefined;
}

/** A status from its counts, zeros left out as the API leaves them. */
export function statusFrom(
  before: Status | undefined,
  counts: JobCounts,
  startTime: string | undefined,
  conditions: Condition[],
): Status {
  const { active, ready, terminating, succeeded, failed, completedIndexes } = counts;
  return {
    ...(conditions.length > 0 && { conditions }),
    ...(startTime !== undefined && { startTime }),
    ...(before?.completionTime !== undefined && { completionTime: before.completionTime }),
    ...(active > 0 && { active }),
    ready,
    terminating,
    ...(succeeded > 0 && { succeeded }),
    ...(failed > 0 && { failed }),
    ...(completedIndexes && { completedIndexes }),
    uncountedTerminatedPods: {},
  };
}
