import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../testing/lab.ts';
import { fromRanges, toRanges } from './indexes.ts';

const manifest = (spec: string, behaviour: string) => `
apiVersion: batch/v1
kind: Job
metadata: {name: work}
spec:
  ${spec}
  template:
    metadata: {annotations: {portolan.dev/behaviour: '${behaviour}'}}
    spec: {restartPolicy: Never, containers: [{name: c, image: 'busybox:1'}]}
`;

describe('a Job', () => {
  let lab: Lab;
  const ref = { namespace: 'default', name: 'work' };
  const job = () => lab.store.need('jobs.batch', ref);
  const pods = () => lab.store.list('pods', 'default');
  const conditions = () =>
    job().status?.conditions?.map(({ type, status, reason }) => `${type}=${status} ${reason}`) ?? [];
  const reasons = () =>
    lab.store
      .list('events', 'default')
      .filter(({ involvedObject }) => involvedObject.kind === 'Job')
      .map(({ type, reason, message }) => `${type} ${reason} ${message}`);

  beforeEach(() => {
    lab = startLab();
  });

  it('[M167] replaces what fails after 10, 20, 40 s, and gives up beyond its limit', () => {
    lab.create(manifest('backoffLimit: 3', 'runs=1s exits=1'));
    const made: number[] = [];
    lab.store.watch('pods', lab.store.version, ({ type }) => {
      if (type === 'ADDED') made.push(lab.clock.elapsed());
    });
    lab.seconds(200);
    const pauses = made.slice(1).map((at, index) => Math.round((at - (made[index] ?? 0)) / 1000));
    expect(pauses).toHaveLength(3);
    for (const [index, wait] of [10, 20, 40].entries()) {
      expect(pauses[index]).toBeGreaterThanOrEqual(wait);
      expect(pauses[index]).toBeLessThan(wait + 8);
    }
    expect(job().status).toMatchObject({ failed: 4 });
    expect(conditions()).toEqual(['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded']);
    expect(reasons()).toContain('Warning BackoffLimitExceeded Job has reached the specified backoff limit');
  });

  it('[M167] ends at its deadline with all its pods', () => {
    lab.create(manifest('activeDeadlineSeconds: 30', 'runs=1h'));
    lab.seconds(29);
    expect(job().status).toMatchObject({ active: 1 });
    lab.seconds(60);
    expect(conditions()).toEqual(['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded']);
    expect(pods().filter(({ status }) => status?.phase === 'Running')).toEqual([]);
  });

  it('[M167] fails at once where its failure policy says so', () => {
    const policy = 'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}';
    lab.create(manifest(policy, 'runs=1s exits=42'));
    lab.seconds(30);
    expect(conditions()).toContain('Failed=True PodFailurePolicy');
    expect(job().status?.conditions?.at(-1)?.message).toMatch(
      /^Container c for pod default\/work-\w{5} failed with exit code 42 matching FailJob rule at index 0$/,
    );
  });

  it('[M168] indexed, it runs each number once, and its pods know theirs', () => {
    lab.create(manifest('completionMode: Indexed\n  completions: 4\n  parallelism: 2', 'runs=2s'));
    lab.seconds(90);
    expect(job().status).toMatchObject({ succeeded: 4, completedIndexes: '0-3' });
    const names = pods().map(({ metadata }) => metadata.name.replace(/-\w{5}$/, ''));
    expect(names.sort()).toEqual(['work-0', 'work-1', 'work-2', 'work-3']);
    expect(pods()[0]?.metadata.annotations).toMatchObject({ 'batch.kubernetes.io/job-completion-index': '0' });
    expect(conditions()).toEqual(['SuccessCriteriaMet=True CompletionsReached', 'Complete=True CompletionsReached']);
  });

  it('[M168] suspended, it has no pods until it is resumed', () => {
    lab.create(manifest('suspend: true', 'runs=1h'));
    lab.seconds(10);
    expect(pods()).toEqual([]);
    expect(conditions()).toEqual(['Suspended=True JobSuspended']);
    const suspend = (value: boolean) =>
      lab.store.update('jobs.batch', ref, (draft) => {
        draft.spec.suspend = value;
        return draft;
      });
    suspend(false);
    lab.seconds(20);
    expect(job().status).toMatchObject({ active: 1 });
    expect(conditions()).toEqual(['Suspended=False JobResumed']);
    suspend(true);
    lab.seconds(60);
    expect(pods()).toEqual([]);
    expect(reasons()).toEqual(expect.arrayContaining(['Normal Suspended Job suspended', 'Normal Resumed Job resumed']));
  });

  it('[M168] is deleted with its pods when its time after the end is over', () => {
    lab.create(manifest('ttlSecondsAfterFinished: 20', 'runs=1s'));
    lab.seconds(20);
    expect(conditions()).toContain('Complete=True CompletionsReached');
    lab.seconds(30);
    expect(lab.store.get('jobs.batch', ref)).toBeUndefined();
    expect(pods()).toEqual([]);
  });

  it('[M168] writes the numbers that are done as ranges', () => {
    expect(toRanges([5, 0, 1, 2, 7, 6])).toBe('0-2,5-7');
    expect([...fromRanges('0-2,5')]).toEqual([0, 1, 2, 5]);
    expect(toRanges(fromRanges(''))).toBe('');
  });
});
