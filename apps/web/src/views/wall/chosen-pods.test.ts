import { describe, expect, it } from 'vitest';
import { sampleLoosePod } from '../../testing/sample-cluster.ts';
import { chosenPods } from './chosen-pods.ts';

describe('chosenPods', () => {
  const well = Array.from({ length: 6 }, (_, index) => sampleLoosePod(`web-${index}`));
  const ended = sampleLoosePod('job', { phase: 'Succeeded', status: 'Completed', isReady: false });
  const crashing = sampleLoosePod('zebra', { status: 'CrashLoopBackOff', isReady: false });

  it('[V62] all pods are drawn where there is room', () => {
    expect(chosenPods([ended, ...well, crashing], 8)).toHaveLength(8);
  });

  it('[V62] a pod in trouble is never among those that are only counted, and one that has ended is the first', () => {
    const names = chosenPods([ended, ...well, crashing], 5).map((pod) => pod.name);
    expect(names).toEqual(['web-0', 'web-1', 'web-2', 'web-3', 'zebra']);
  });
});
