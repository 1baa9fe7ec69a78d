import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../testing/lab.ts';
import { parseSchedule } from './schedule.ts';

const manifest = (spec: string, behaviour = 'runs=2s') => `
apiVersion: batch/v1
kind: CronJob
metadata: {name: hello}
spec:
  schedule: '* * * * *'
  ${spec}
  jobTemplate:
    spec:
      template:
        metadata: {annotations: {portolan.dev/behaviour: '${behaviour}'}}
        spec: {restartPolicy: Never, containers: [{name: c, image: 'busybox:1'}]}
`;

const utc = (text: string) => Date.parse(text);
const nexts = (schedule: string, from: string, count: number, zone?: string) => {
  const { next } = parseSchedule(schedule, zone);
  const times: string[] = [];
  for (let at = next(utc(from)); at !== undefined && times.length < count; at = next(at)) {
    times.push(new Date(at).toISOString().slice(0, 16));
  }
  return times;
};

describe('a schedule', () => {
  it.each([
    ['*/20 * * * *', '2026-01-01T00:05:00Z', ['2026-01-01T00:20', '2026-01-01T00:40', '2026-01-01T01:00']],
    ['30 2 * * mon-fri', '2026-01-02T03:00:00Z', ['2026-01-05T02:30', '2026-01-06T02:30']],
    ['0 0 31 * *', '2026-01-31T00:00:00Z', ['2026-03-31T00:00', '2026-05-31T00:00']],
    ['0 0 13 * 5', '2026-02-01T00:00:00Z', ['2026-02-06T00:00', '2026-02-13T00:00', '2026-02-20T00:00']],
    ['0 0 29 2 *', '2026-01-01T00:00:00Z', ['2028-02-29T00:00']],
    ['@hourly', '2026-01-01T00:00:00Z', ['2026-01-01T01:00', '2026-01-01T02:00']],
    ['5/15 0 1 JAN ?', '2026-01-01T00:00:00Z', ['2026-01-01T00:05', '2026-01-01T00:20']],
    ['@every 1h30m', '2026-01-01T00:10:00Z', ['2026-01-01T01:40', '2026-01-01T03:10']],
  ])('[M169] %s is due as cron has it', (schedule, from, expected) => {
    expect(nexts(schedule, from, expected.length)).toEqual(expected);
  });

  it('[M169] goes by the wall of its time zone, past the hour that is skipped', () => {
    expect(nexts('30 9 * * *', '2026-01-01T00:00:00Z', 1, 'Asia/Shanghai')).toEqual(['2026-01-01T01:30']);
    expect(nexts('30 2 * * *', '2026-03-28T12:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-03-30T00:30',
      '2026-03-31T00:30',
    ]);
  });

  it.each([
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['@fortnightly', 'unrecognized descriptor: @fortnightly'],
  ])('[M169] %s is refused: %s', (schedule, why) => {
    expect(() => parseSchedule(schedule)).toThrow(why);
  });
});

describe('a CronJob', () => {
  let lab: Lab;
  const ref = { namespace: 'default', name: 'hello' };
  const cron = () => lab.store.need('cronjobs.batch', ref);
  const jobs = () => lab.store.list('jobs.batch', 'default').map(({ metadata }) => metadata.name);
  const reasons = () =>
    new Set(
      lab.store
        .list('events', 'default')
        .filter(({ involvedObject }) => involvedObject.kind === 'CronJob')
        .map(({ reason }) => reason),
    );

  beforeEach(() => {
    lab = startLab();
  });

  it('[M169] starts Jobs named after the minute, sees them end, and keeps the last three', () => {
    lab.create(manifest(''));
    const first = Math.floor(lab.clock.now() / 60_000) + 1;
    lab.seconds(65);
    expect(jobs()).toEqual([`hello-${first}`]);
    expect(cron().status?.active).toHaveLength(1);
    expect(cron().status?.lastScheduleTime).toBe('2026-01-01T00:01:00Z');
    lab.seconds(300);
    expect(jobs()).toEqual(
      [first + 3, first + 4, first + 5].map((minute) => `hello-${minute}`).slice(0, jobs().length),
    );
    expect(jobs().length).toBeGreaterThanOrEqual(3);
    expect(cron().status?.lastSuccessfulTime).toBeDefined();
    expect(reasons()).toEqual(new Set(['SuccessfulCreate', 'SawCompletedJob', 'SuccessfulDelete']));
  });

  it('[M169] does not start beside one that runs, where it is forbidden, and replaces it where told to', () => {
    lab.create(manifest('concurrencyPolicy: Forbid', 'runs=1h'));
    lab.seconds(200);
    expect(jobs()).toHaveLength(1);
    expect(reasons()).toEqual(new Set(['SuccessfulCreate', 'JobAlreadyActive']));
    lab.store.update('cronjobs.batch', ref, (draft) => {
      draft.spec.concurrencyPolicy = 'Replace';
      return draft;
    });
    lab.seconds(62);
    expect(jobs()).toHaveLength(1);
    expect(jobs()).not.toEqual([`hello-${Math.floor(utc('2026-01-01T00:01:00Z') / 60_000)}`]);
  });

  it('[M169] suspended, it starts nothing', () => {
    lab.create(manifest('suspend: true'));
    lab.seconds(200);
    expect(jobs()).toEqual([]);
  });

  it('[M169] at speed 50 its minutes pass fifty times as fast, and its status still tells the wall clock', () => {
    lab = startLab({}, 1, 50);
    const began = lab.clock.now();
    lab.create(manifest('', 'runs=1h'));
    lab.seconds(310);
    const minute = Math.floor(began / 60_000);
    expect(jobs()).toEqual([1, 2, 3, 4, 5].map((count) => `hello-${minute + count}`));
    const last = utc(cron().status?.lastScheduleTime ?? '');
    expect(last - began).toBeLessThanOrEqual(310_000 / 50);
  });
});
