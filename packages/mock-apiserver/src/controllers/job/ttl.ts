import type { Job } from '@portolan/shared';
import type { ControllerContext } from '../context.ts';
import { fromKey, toKey } from '../object-key.ts';
import { Since } from '../since.ts';
import { WorkQueue } from '../work-queue.ts';

const KEY = 'jobs.batch';

/** When a Job came to its end, as its condition says. */
function finishTime({ status }: Job): string | undefined {
  const ended = status?.conditions?.find(
    ({ type, status: state }) => (type === 'Complete' || type === 'Failed') && state === 'True',
  );
  return ended?.lastTransitionTime ?? undefined;
}

/** Deletes Jobs `ttlSecondsAfterFinished` after their end, with their pods (`pkg/controller/ttlafterfinished`). */
export function startTtlController(context: ControllerContext): void {
  const { store, clock } = context;
  const since = new Since(clock);
  const queue = new WorkQueue(context, (key) => {
    const job = store.get(KEY, fromKey(key));
    const ttl = job?.spec.ttlSecondsAfterFinished;
    const finished = job && finishTime(job);
    if (!job || ttl === undefined || !finished || job.metadata.deletionTimestamp) return;
    const left = ttl * 1000 - since.of(job.metadata.uid, finished);
    if (left > 0) queue.addAfter(key, left);
    else store.delete(KEY, job.metadata, { uid: job.metadata.uid, finalizer: 'foregroundDeletion' });
  });
  store.watch(KEY, store.version, ({ type, object }) => {
    if (type === 'DELETED') since.forget(object.metadata.uid);
    else if (object.spec.ttlSecondsAfterFinished !== undefined && finishTime(object)) queue.add(toKey(object));
  });
  for (const job of store.list(KEY)) queue.add(toKey(job));
}
