import type { Source } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { gapOf } from './gap.ts';

const source = (over: Partial<Source>): Source => ({
  kind: 'Pod',
  state: 'live',
  objects: 0,
  since: 0,
  heard: 0,
  current: 1,
  problem: null,
  retryAt: null,
  reading: null,
  ...over,
});

describe('what is not known', () => {
  it('[V70] is nothing while every kind has been read, however empty', () => {
    expect(gapOf([source({}), source({ kind: 'Node', state: 'backoff' })], ['Pod', 'Node'])).toBeNull();
  });

  it('[V70] is what is forbidden or not served, in the cluster’s own words', () => {
    const forbidden = source({ state: 'forbidden', problem: 'pods is forbidden' });
    expect(gapOf([forbidden, source({ kind: 'Node', current: null })], ['Pod', 'Node'])).toEqual({
      state: 'hidden',
      kinds: ['Pod'],
      problem: 'pods is forbidden',
      received: 0,
    });
    expect(gapOf([source({ state: 'absent' })], ['Pod'])?.state).toBe('absent');
  });

  it('[V70] is what has not been read yet, with how far it has come', () => {
    const reading = source({ state: 'syncing', current: null, reading: { received: 500, expected: 2_000 } });
    expect(gapOf([reading], ['Pod'])).toMatchObject({ state: 'pending', received: 500 });
    expect(gapOf([reading], ['Service'])).toBeNull();
  });
});
