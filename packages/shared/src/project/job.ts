import type { Job } from '../api/workloads.ts';
import type { Health } from '../entity/common.ts';
import type { JobEntity } from '../entity/workloads.ts';
import { printJobStatus } from '../print/job.ts';
import { epochMs } from '../print/time.ts';
import { projectCommon, projectConditions } from './common.ts';

const HEALTH: Record<string, Health> = {
  Complete: 'ok',
  Failed: 'failing',
  FailureTarget: 'failing',
  Suspended: 'ok',
};

/** A Job; `finished` is when it completed or failed. */
export function projectJob(job: Job): JobEntity {
  const { spec, status } = job;
  const conditions = projectConditions(status?.conditions);
  const printed = printJobStatus(job);
  const failed = conditions.find((c) => c.type === 'Failed' && c.status === 'True');
  return {
    kind: 'Job',
    ...projectCommon('Job', job),
    health: HEALTH[printed] ?? 'progressing',
    status: printed,
    completions: spec.completions ?? null,
    parallelism: spec.parallelism ?? 1,
    active: status?.active ?? 0,
    succeeded: status?.succeeded ?? 0,
    failed: status?.failed ?? 0,
    started: epochMs(status?.startTime),
    finished: epochMs(status?.completionTime) ?? failed?.since ?? null,
    conditions,
  };
}
