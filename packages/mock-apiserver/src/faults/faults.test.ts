import type { ActiveFault, FaultParams } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../testing/lab.ts';
import { ApiFaults } from './api-faults.ts';
import { createFaults, type FaultControl } from './create-faults.ts';
import type { FaultError } from './faults.ts';

describe('the table of faults', () => {
  let lab: Lab;
  let faults: FaultControl;
  const refusal = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      const { reason, message } = error as FaultError;
      return `${reason}: ${message}`;
    }
    return 'done';
  };
  const inject = (kind: string, params?: FaultParams) => refusal(() => faults.inject(kind, params));

  beforeEach(() => {
    lab = startLab();
    faults = createFaults({ cluster: lab, api: new ApiFaults(lab.clock), wall: lab.clock, random: seededRandom(1) });
  });

  it('[M220] describes every fault and parameter in both languages, with defaults that are within bounds', () => {
    const catalogue = faults.catalogue();
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
    for (const { title, description, params } of catalogue) {
      for (const text of [title, description, ...params.map((param) => param.title)]) {
        expect(text.en).not.toBe('');
        expect(text['zh-CN']).not.toBe('');
      }
      for (const param of params) {
        if (param.type === 'number') {
          expect(param.default).toBeGreaterThanOrEqual(param.min);
          expect(param.default).toBeLessThanOrEqual(param.max);
        }
      }
    }
  });

  it('[M220] refuses what does not exist and what is out of bounds, naming the value and the mend', () => {
    expect(inject('opera')).toContain('unknownFault: there is no fault "opera": choose one of drop-connections,');
    expect(inject('delay', { ms: -1 })).toBe(
      'badParam: fault "delay" cannot have ms -1: give a whole number from 0 to 60000 (ms)',
    );
    expect(inject('delay', { ms: 1.5 })).toContain('badParam');
    expect(inject('delay', { ms: Number.NaN })).toContain('badParam');
    expect(inject('delay', { minutes: 1 })).toContain('badParam: fault "delay" cannot have minutes 1: it takes ms,');
    expect(inject('delay', { verbs: ['sing'] })).toBe(
      'badParam: fault "delay" cannot have verbs ["sing"]: choose at least one of list, watch, get, write',
    );
    expect(inject('delay', { verbs: [] })).toContain('badParam');
    expect(inject('delay', { userAgent: 'x'.repeat(201) })).toContain('give a text of at most 200 characters');
    expect(inject('malformed-lines', { how: 'shredded' })).toContain('choose one of truncated, garbage');
    expect(refusal(() => faults.clear('delay-9'))).toBe('unknownHandle: no fault "delay-9" is in force: there is none');
    expect(faults.active()).toEqual([]);
  });

  it('[M220] ends after its seconds or when it is cleared, and tells who listens', () => {
    const told: ActiveFault[][] = [];
    const end = faults.subscribe((active) => told.push(active));
    const short = faults.inject('delay', { seconds: 5 });
    const long = faults.inject('internal-error');
    expect(short.until).toBe(short.since + 5000);
    expect(long).toMatchObject({ until: null, params: { resource: '', probability: 1, seconds: 0 } });
    expect(faults.active().map(({ handle }) => handle)).toEqual([short.handle, long.handle]);
    lab.seconds(6);
    expect(faults.active()).toEqual([long]);
    faults.clear('all');
    expect(told.map((active) => active.map(({ kind }) => kind))).toEqual([
      ['delay'],
      ['delay', 'internal-error'],
      ['internal-error'],
      [],
    ]);
    end();
    faults.inject('delay');
    expect(told).toHaveLength(4);
  });
});
