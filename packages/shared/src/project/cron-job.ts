import type { CronJob } from '../api/workloads.ts';
import type { CronJobEntity } from '../entity/workloads.ts';
import { epochMs } from '../print/time.ts';
import { projectCommon } from './common.ts';

/** A CronJob of batch v1 or v1beta1. */
export function projectCronJob(cronJob: CronJob): CronJobEntity {
  const { spec, status } = cronJob;
  return {
    kind: 'CronJob',
    ...projectCommon('CronJob', cronJob),
    health: 'ok',
    schedule: spec.schedule ?? '',
    timeZone: spec.timeZone || null,
    suspended: spec.suspend === true,
    active: status?.active?.length ?? 0,
    lastSchedule: epochMs(status?.lastScheduleTime),
  };
}
