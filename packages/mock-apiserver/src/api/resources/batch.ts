import type { Job } from '@portolan/shared';
import * as workloads from '../columns/workloads.ts';
import * as defaults from '../defaults/workloads.ts';
import type { ApiResource } from '../resource.ts';
import { validateCronJob, validateJob } from '../validation/workloads.ts';
import { ALL, row } from './row.ts';

/** batch/v1, and the v1beta1 that kubectl before 1.21 asks for. */
export const batchResources: readonly ApiResource[] = [
  row('batch', ['v1', 'v1beta1'], {
    kind: 'CronJob',
    plural: 'cronjobs',
    shortNames: ['cj'],
    categories: ALL,
    generation: true,
    subresources: ['status'],
    columns: workloads.cronJobColumns,
    prepare: defaults.prepareCronJob,
    validate: validateCronJob,
  }),
  row('batch', ['v1'], {
    kind: 'Job',
    plural: 'jobs',
    categories: ALL,
    generation: true,
    subresources: ['status'],
    columns: workloads.jobColumns,
    fields: { 'status.successful': (object) => String((object as Job).status?.succeeded ?? 0) },
    prepare: defaults.prepareJob,
    validate: validateJob,
    identify: defaults.identifyJob,
  }),
];
