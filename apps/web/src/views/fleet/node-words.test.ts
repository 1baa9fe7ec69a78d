import { expect, it } from 'vitest';
import { sampleNode } from '../../testing/sample-cluster.ts';
import { nodeWords } from './node-words.ts';

const condition = (type: string, status: 'True' | 'False' | 'Unknown', since: number) => ({
  type,
  status,
  since,
  reason: null,
  message: null,
});

it('[P78] a node that is not well says why in the word of its condition, and since when as kubectl counts', () => {
  const ready = condition('Ready', 'True', 0);
  const words = (changes: Parameters<typeof sampleNode>[1]) => nodeWords(sampleNode('n', changes), 1_000_000);
  expect(words({ conditions: [ready] })).toBeNull();
  expect(words({ status: 'NotReady', conditions: [condition('Ready', 'Unknown', 959_000)] })).toEqual({
    state: 'NotReady',
    age: '41s',
  });
  expect(words({ conditions: [ready, condition('MemoryPressure', 'True', 280_000)] })).toEqual({
    state: 'MemoryPressure',
    age: '12m',
  });
  expect(words({ status: 'Ready,SchedulingDisabled', unschedulable: true, conditions: [ready] })).toEqual({
    state: 'SchedulingDisabled',
    age: '',
  });
});
