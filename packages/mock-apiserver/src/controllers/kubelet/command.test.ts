import { describe, expect, it } from 'vitest';
import { BehaviourError, NEVER, parseBehaviour } from './behaviour.ts';
import { commandBehaviour } from './command.ts';

const sh = (script: string) => commandBehaviour({ name: 'c', command: ['sh', '-c', script] }, false);
const command = (...argv: string[]) => commandBehaviour({ name: 'c', command: argv }, false);

describe('what commands and words make containers do', () => {
  it.each([
    ['sleep 5', { runsMs: [5020, 5020], exitCode: 0 }],
    ['sleep 1m && exit 4', { runsMs: [60_020, 60_020], exitCode: 4 }],
    ['false || echo no; sleep 2', { runsMs: [2020, 2020], exitCode: 0 }],
    ['false && sleep 100', { runsMs: [20, 20], exitCode: 1 }],
    ['echo "a; b"', { exitCode: 0 }],
    ['sleep infinity', {}],
    ['while true; do date; sleep 1; done', {}],
    ['while true; do sleep 10; exit 3; done', { runsMs: [10_000, 10_000], exitCode: 3 }],
    ['touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600', { unhealthyMs: [30_000, 30_000] }],
    ['until nslookup mydb; do echo waiting; sleep 2; done', { awaitsService: 'mydb' }],
  ])('[M149] sh -c %j', (script, expected) => {
    expect(sh(script)).toMatchObject(expected);
  });

  it('[M149] what never ends has no end, and does not listen to its signal', () => {
    for (const script of ['sleep infinity', 'while true; do echo x; sleep 1; done', 'tail -f /dev/null']) {
      expect(sh(script)?.runsMs).toBeUndefined();
      expect(sh(script)?.stopMs).toEqual(NEVER);
    }
  });

  it('[M149] programs are understood as in a shell, and others are not', () => {
    expect(command('sleep', '3600')?.runsMs).toEqual([3_600_020, 3_600_020]);
    expect(command('/bin/false')?.exitCode).toBe(1);
    expect(command('python', 'app.py')).toBeUndefined();
    expect(sh('python app.py')).toBeUndefined();
    expect(commandBehaviour({ name: 'c', args: ['sleep', '1'] }, false)).toBeUndefined();
    expect(commandBehaviour({ name: 'c', args: ['sleep', '1'] }, true)?.runsMs).toEqual([1020, 1020]);
  });

  it('[M149] the words of an annotation add up, and one that says nothing is named', () => {
    expect(parseBehaviour('runs=5s exits=1')).toEqual({ runsMs: [5000, 5000], exitCode: 1 });
    expect(parseBehaviour('oom=2s-4s, ready-after=500ms')).toEqual({
      runsMs: [2000, 4000],
      oom: true,
      readyMs: [500, 500],
    });
    expect(parseBehaviour('exits=3')).toEqual({ exitCode: 3, runsMs: [0, 0] });
    expect(() => parseBehaviour('runs=5x')).toThrow(BehaviourError);
    expect(() => parseBehaviour('runs=5x')).toThrow('"runs=5x" says no behaviour');
    expect(() => parseBehaviour('exits=300')).toThrow('"exits=300" says no behaviour');
  });
});
