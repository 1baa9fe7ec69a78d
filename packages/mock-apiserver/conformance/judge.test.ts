import { describe, expect, it } from 'vitest';
import { type Difference, judge } from './judge.ts';
import { run, type Scene } from './scene.ts';
import type { Said } from './transcript.ts';

const scene: Scene = { name: 'shop', files: {}, steps: [run('get pods'), run('top pod', { since: 25 })] };
const said = (command: string, stdout: string): Said => ({ command, code: 0, stdout, stderr: '' });
const judged = (real: string, mock: string, differences: Difference[] = []) =>
  judge(scene, 20, { real: [said('get pods', real)], mock: [said('get pods', mock)] }, differences);

describe('a scene on both', () => {
  it('[M230] a difference that nobody listed is told', () => {
    expect(judged('a\n', 'a\n').unlisted).toEqual([]);
    expect(judged('a\nb\n', 'a\nc\n').unlisted).toEqual(['$ get pods\n- |b\n+ |c']);
  });

  it('[M231] one that is listed is not, where both its sides occur', () => {
    const difference = { real: /^\|b$/, mock: /^\|c$/, why: 'c is newer' };
    const verdict = judged('a\nb\n', 'a\nc\n', [difference]);
    expect([verdict.unlisted, [...verdict.occurred]]).toEqual([[], [difference]]);
    expect(judged('a\nb\n', 'a\n', [difference]).unlisted).toEqual(['$ get pods\n- |b']);
  });

  it('[M231] one that is listed for another command, scene or version does not count', () => {
    const elsewhere = [{ command: 'get svc' }, { scene: 'other' }, { kubectl: [21, 99] as const }];
    const differences = elsewhere.map((where) => ({ ...where, real: /b/, why: '' }));
    expect(judged('b\n', '', differences).unlisted).toEqual(['$ get pods\n- |b']);
  });

  it('[M232] what is not known of the real one is counted, not compared', () => {
    const verdict = judge(scene, 20, { real: [undefined], mock: [said('get pods', 'a\n')] }, []);
    expect([verdict.compared, verdict.unknown, verdict.unlisted]).toEqual([0, 1, []]);
  });

  it('[M232] where only the exit code is known, it alone is compared', () => {
    const real = [{ ...said('get pods', 'a\n'), onlyCode: true }];
    const verdict = judge(scene, 20, { real, mock: [said('get pods', 'b\n')] }, []);
    expect([verdict.compared, verdict.codes, verdict.unlisted]).toEqual([0, 1, []]);
    const failed = judge(scene, 20, { real, mock: [{ ...said('get pods', 'a\n'), code: 1 }] }, []);
    expect(failed.unlisted).toEqual(['$ get pods\n- =0\n+ =1']);
  });

  it('[M230] a scene that broke off, or has changed since it was recorded, is told', () => {
    const broken = judge(scene, 20, { real: [said('get pods', '')], mock: [] }, []);
    expect(broken.unlisted).toHaveLength(1);
    const changed = judge(scene, 20, { real: [said('get svc', '')], mock: [said('get pods', '')] }, []);
    expect(changed.unlisted[0]).toContain('must be recorded again');
  });
});
