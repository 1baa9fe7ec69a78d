import { type Condition, fromLabelSelector, type Job, type Pod } from '@portolan/shared';
import { toTime } from '../time.ts';
import type { ControllerContext } from './context.ts';
import { createPod } from './create-pod.ts';
import { fromKey, toKey } from './object-key.ts';
import { claim, controllerOf } from './ownership.ts';
import { isActive } from './pod-state.ts';
import { WorkQueue } from './work-queue.ts';

const COMPONENT = { component: 'job-controller' };

const ended = (pods: readonly Pod[], phase: 'Succeeded' | 'Failed') =>
  pods.filter(({ status }) => status?.phase === phase).length;

/** Runs Jobs to completion, as many pods at a time as they allow (`pkg/controller/job`). Simulated pods never fail. */
export function startJobController(context: ControllerContext): void {
  const { store, clock, events } = context;

  const isOver = ({ status }: Job) =>
    status?.conditions?.some(({ type, status: holds }) => type === 'Complete' && holds === 'True') ?? false;

  const queue = new WorkQueue(context, (key) => {
    const job = store.get('jobs.batch', fromKey(key));
    if (!job || job.metadata.deletionTimestamp || isOver(job)) return;
    const pods = claim(store, 'pods', job, fromLabelSelector(job.spec.selector));
    const active = pods.filter(isActive).length;
    const succeeded = ended(pods, 'Succeeded');
    const completions = job.spec.completions ?? 1;
    const wanted = job.spec.suspend ? 0 : Math.min(job.spec.parallelism ?? 1, completions - succeeded);
    for (let made = active; made < wanted; made++) {
      const message = `Created pod: ${createPod(context, job, job.spec.template).metadata.name}`;
      events.record(job, COMPONENT, { type: 'Normal', reason: 'SuccessfulCreate', message });
    }
    const now = toTime(clock.now());
    const done = succeeded >= completions && active === 0;
    const running = Math.max(active, wanted);
    const failed = ended(pods, 'Failed');
    const complete = (type: string): Condition => ({
      type,
      status: 'True',
      lastProbeTime: now,
      lastTransitionTime: now,
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
    });
    const status = {
      startTime: job.status?.startTime ?? now,
      ...(running > 0 && { active: running }),
      ...(succeeded > 0 && { succeeded }),
      ...(failed > 0 && { failed }),
      ...(done && { completionTime: now, conditions: [complete('SuccessCriteriaMet'), complete('Complete')] }),
    };
    store.update('jobs.batch', job.metadata, (draft) => Object.assign(draft, { status }));
    if (done) events.record(job, COMPONENT, { type: 'Normal', reason: 'Completed', message: 'Job completed' });
  });
  store.watch('jobs.batch', store.version, ({ type, object, previous }) => {
    if (type !== 'DELETED' && object.metadata.generation !== previous?.metadata.generation) queue.add(toKey(object));
  });
  store.watch('pods', store.version, ({ object }) => {
    const owner = controllerOf(object);
    if (owner?.kind === 'Job') queue.add(`${object.metadata.namespace}/${owner.name}`);
  });
}
