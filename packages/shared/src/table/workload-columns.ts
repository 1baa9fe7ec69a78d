import type { EntityOf } from '../entity/entity.ts';
import { humanDuration } from '../print/duration.ts';
import { completionsText } from '../print/job.ts';
import { printSelector } from '../selector/print.ts';
import { AGE, type ColumnsOf, column, type EntityColumn, IMAGES, NAME, printMap } from './entity-column.ts';

/** Names of containers are not kept, so that of the wide columns their images alone stand. */

type Replicated = EntityOf<'ReplicaSet' | 'ReplicationController'>;

const READY: EntityColumn<EntityOf<'Deployment' | 'StatefulSet'>> = {
  title: 'READY',
  cell: ({ replicas }) => `${replicas.ready}/${replicas.desired}`,
};

export const deploymentColumns: ColumnsOf<'Deployment'> = [
  NAME,
  READY,
  column('UP-TO-DATE', ({ replicas }) => replicas.updated),
  column('AVAILABLE', ({ replicas }) => replicas.available),
  AGE,
  IMAGES,
  column('SELECTOR', ({ selector }) => printSelector(selector)),
];

export const statefulSetColumns: ColumnsOf<'StatefulSet'> = [NAME, READY, AGE, IMAGES];

export const daemonSetColumns: ColumnsOf<'DaemonSet'> = [
  NAME,
  column('DESIRED', ({ replicas }) => replicas.desired),
  column('CURRENT', ({ replicas }) => replicas.current),
  column('READY', ({ replicas }) => replicas.ready),
  column('UP-TO-DATE', ({ replicas }) => replicas.updated),
  column('AVAILABLE', ({ replicas }) => replicas.available),
  AGE,
  IMAGES,
  column('SELECTOR', ({ selector }) => printSelector(selector)),
];

const replicated: readonly EntityColumn<Replicated>[] = [
  NAME,
  column('DESIRED', ({ replicas }) => replicas.desired),
  column('CURRENT', ({ replicas }) => replicas.current),
  column('READY', ({ replicas }) => replicas.ready),
  AGE,
  IMAGES,
];

export const replicaSetColumns: ColumnsOf<'ReplicaSet'> = [
  ...replicated,
  column('SELECTOR', ({ selector }) => printSelector(selector)),
];

export const replicationControllerColumns: ColumnsOf<'ReplicationController'> = [
  ...replicated,
  column('SELECTOR', ({ selector }) => printMap(selector)),
];

const durationOf = ({ started, finished }: EntityOf<'Job'>, now: number) =>
  started === null ? null : (finished ?? now) - started;

export const jobColumns: ColumnsOf<'Job'> = [
  NAME,
  column('STATUS', ({ status }) => status),
  column('COMPLETIONS', ({ succeeded, completions, parallelism }) =>
    completionsText(succeeded, completions, parallelism),
  ),
  {
    title: 'DURATION',
    cell: (job, now) => {
      const duration = durationOf(job, now);
      return duration === null ? '' : humanDuration(duration);
    },
    orderBy: (job) => durationOf(job, job.started ?? 0) ?? 0,
  },
  AGE,
];

export const cronJobColumns: ColumnsOf<'CronJob'> = [
  NAME,
  column('SCHEDULE', ({ schedule }) => schedule),
  column('TIMEZONE', ({ timeZone }) => timeZone),
  column('SUSPEND', ({ suspended }) => (suspended ? 'True' : 'False')),
  column('ACTIVE', ({ active }) => active),
  {
    title: 'LAST SCHEDULE',
    cell: ({ lastSchedule }, now) => (lastSchedule === null ? '<none>' : humanDuration(now - lastSchedule)),
    orderBy: ({ lastSchedule }) => -(lastSchedule ?? 0),
  },
  AGE,
];
