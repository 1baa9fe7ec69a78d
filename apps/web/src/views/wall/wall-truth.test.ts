import { verdict } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { createI18n } from '../../i18n/i18n.tsx';
import { graphOf, sampleLoosePod, sampleNode } from '../../testing/sample-cluster.ts';
import { type WallInput, wallTruth } from './wall-truth.ts';

const graph = graphOf([sampleNode('a'), sampleNode('b'), sampleLoosePod('p', { node: 'a' })]);
const truth = (over: Partial<WallInput>) =>
  wallTruth({ verdict: verdict(graph), behind: null, ages: [], ...over }, createI18n('en'));

describe('the verdict of a wall', () => {
  it('[V61] is the cluster’s while everything it rests on is current', () => {
    expect(truth({})).toMatchObject({ word: 'healthy', tone: 'ready' });
    expect(truth({ behind: 15_000 }).word).toBe('healthy');
  });

  it('[V61] is unknown before the first picture', () => {
    expect(truth({ verdict: null })).toMatchObject({ word: 'unknown', sentence: 'Waiting for the first picture' });
  });

  it('[V61] is unknown, with the age, 15 s after the server was lost', () => {
    expect(truth({ behind: 18_000 })).toMatchObject({
      word: 'unknown',
      tone: 'gone',
      sentence: 'This picture is 18 s old: the server can’t be reached',
    });
  });

  it('[V61] is unknown when pods or nodes are no longer known to be current', () => {
    const stale = (kind: 'Pod' | 'Node' | 'Event') => [{ kind, state: 'stale', age: 161_000 }] as const;
    expect(truth({ ages: stale('Node') }).sentence).toBe('Node not known to be current for 2:41');
    expect(truth({ ages: stale('Pod') }).word).toBe('unknown');
    expect(truth({ ages: stale('Event') }).word).toBe('healthy');
  });

  it('[V70] is unknown when pods or nodes may not be listed or were not yet', () => {
    for (const state of ['hidden', 'absent', 'pending'] as const) {
      expect(truth({ ages: [{ kind: 'Node', state, age: 0 }] })).toMatchObject({
        word: 'unknown',
        sentence: 'Not known: Node',
      });
    }
  });
});
