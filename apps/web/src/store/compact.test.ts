import { expect, it } from 'vitest';
import { sampleLoosePod } from '../testing/sample-cluster.ts';
import { compact } from './compact.ts';

const owner = { kind: 'ReplicaSet', uid: 'r', name: 'web' };

it('[V95] what a change leaves as it was is held once', () => {
  const before = sampleLoosePod('a', {
    labels: { app: 'web', tier: 'front' },
    images: ['web:1'],
    owner,
    ready: [0, 1],
  });
  const after = structuredClone({ ...before, version: '2', ready: [1, 1] as [number, number], status: 'Running' });
  const kept = compact(after, before);
  expect(kept).toEqual(after);
  expect(kept.labels).toBe(before.labels);
  expect(kept.owner).toBe(before.owner);
  expect(kept).toHaveProperty('images', before.images);
});

it('[V95] what is new shares with others what they have, too', () => {
  const pod = (name: string) =>
    compact(sampleLoosePod(name, structuredClone({ labels: { app: 'web' }, owner })), undefined);
  const [one, another] = [pod('a'), pod('b')];
  expect(one.name).toBe('a');
  expect(one.labels).toBe(another.labels);
  expect(one.owner).toBe(another.owner);
});

it('[V95] what differs in any part stays as it came', () => {
  const before = sampleLoosePod('a', { labels: { app: 'web' }, images: ['web:1', 'proxy:1'] });
  const after = { ...structuredClone(before), labels: { app: 'web', tier: 'front' }, images: ['web:1'] };
  expect(compact(after, before)).toEqual(after);
});
