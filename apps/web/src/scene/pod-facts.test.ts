import { expect, it } from 'vitest';
import { samplePod } from '../testing/sample-cluster.ts';
import { countMarks, podSuffix } from './pod-facts.ts';

it('[V18] a pod is told from its siblings by what follows its controller’s name', () => {
  expect(podSuffix(samplePod('web', 1, 'w9kcd', null))).toBe('w9kcd');
  const orphan = samplePod('web', 1, 'w9kcd', null, { owner: null });
  expect(podSuffix(orphan)).toBe('w9kcd');
  expect(podSuffix({ ...orphan, labels: {} })).toBe('web-1-w9kcd');
});

it('[V18] a pod of a controller with a long name is told by the random end of its own, cut one', () => {
  const owner = { kind: 'ReplicaSet', uid: 'r', name: `${'a'.repeat(63)}-6588d6876c` } as const;
  expect(podSuffix({ name: `${'a'.repeat(58)}x7tsx`, owner, labels: {} })).toBe('x7tsx');
});

it('[V16] marks are counted in a fixed order, those that nobody wears left out', () => {
  const pods = [
    samplePod('web', 1, 'a', 'n', { deleting: 1, status: 'Terminating' }),
    samplePod('web', 1, 'b', 'n'),
    samplePod('web', 1, 'c', 'n'),
  ];
  expect(countMarks(pods).map(({ mark, count }) => [mark, count])).toEqual([
    ['ready', 2],
    ['terminating', 1],
  ]);
});
