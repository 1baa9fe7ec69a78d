import { expect, it } from 'vitest';
import { sampleLoosePod } from '../testing/sample-cluster.ts';
import { shareWith } from './share-with.ts';

it('[V95] what a change leaves as it was is kept once', () => {
  const owner = { kind: 'ReplicaSet', uid: 'r', name: 'web' };
  const before = sampleLoosePod('a', {
    labels: { app: 'web', tier: 'front' },
    images: ['web:1'],
    owner,
    ready: [0, 1],
  });
  const after = structuredClone({ ...before, version: '2', ready: [1, 1] as [number, number], status: 'Running' });
  const expected = structuredClone(after);
  shareWith(before, after);
  expect(after).toEqual(expected);
  expect(after.labels).toBe(before.labels);
  expect(after.images).toBe(before.images);
  expect(after.owner).toBe(before.owner);
  expect(after.ready).not.toBe(before.ready);
});

it('[V95] what differs in any part stays as it came', () => {
  const before = sampleLoosePod('a', { labels: { app: 'web' }, images: ['web:1', 'proxy:1'] });
  const after = { ...structuredClone(before), labels: { app: 'web', tier: 'front' }, images: ['web:1'] };
  shareWith(before, after);
  expect(after.labels).toEqual({ app: 'web', tier: 'front' });
  expect(after.images).toEqual(['web:1']);
});
