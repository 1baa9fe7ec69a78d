import { describe, expect, it } from 'vitest';
import { graphOf, sampleLoosePod, sampleNode, samplePod, sampleReplicaSet } from '../../testing/sample-cluster.ts';
import { problems } from './problems.ts';

const notReady = (since: number) => ({
  status: 'NotReady',
  conditions: [{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown', message: null, since }] as const,
});

describe('the problems of a wall', () => {
  it('[V63] are none when every node is Ready and every pod is as asked', () => {
    expect(problems(graphOf([sampleNode('a'), sampleLoosePod('p', { node: 'a' })]))).toEqual([]);
  });

  it('[V63] gather nodes with the same trouble, with the pods on them, since the first of them', () => {
    const graph = graphOf([
      sampleNode('n-2', { ...notReady(5_000), conditions: [...notReady(5_000).conditions] }),
      sampleNode('n-1', { ...notReady(9_000), conditions: [...notReady(9_000).conditions] }),
      sampleLoosePod('p', { node: 'n-2' }),
    ]);
    expect(problems(graph)).toMatchObject([
      { who: 'n-1', others: 1, what: 'NotReady', tone: 'fail', pods: 1, nodes: 2, since: 5_000 },
    ]);
  });

  it('[V63] gather failing pods by application and reason, and count their nodes', () => {
    const failing = { status: 'CrashLoopBackOff', isReady: false };
    const graph = graphOf([
      sampleReplicaSet('web', 1, 3),
      samplePod('web', 1, 'a', 'x', { ...failing, lastRestart: 700 }),
      samplePod('web', 1, 'b', 'x', { ...failing, lastRestart: 300 }),
      samplePod('web', 1, 'c', 'y', { ...failing, lastRestart: 500 }),
    ]);
    expect(problems(graph)).toMatchObject([
      { who: 'web', what: 'CrashLoopBackOff', glyph: 'fail', pods: 3, nodes: 2, since: 300 },
    ]);
  });

  it('[V63] stand worst first: failing, degraded, cordoned', () => {
    const graph = graphOf([
      sampleNode('c', { status: 'Ready,SchedulingDisabled', unschedulable: true }),
      sampleLoosePod('slow', { isReady: false, ready: [0, 1] }),
      sampleLoosePod('image', { status: 'ImagePullBackOff', isReady: false }),
    ]);
    expect(problems(graph).map(({ who, tone }) => [who, tone])).toEqual([
      ['image', 'fail'],
      ['slow', 'warn'],
      ['c', 'gone'],
    ]);
  });

  it('[V63] name the pressure that a node is under', () => {
    const pressure = { type: 'DiskPressure', status: 'True', reason: null, message: null, since: 42 } as const;
    const ready = { type: 'Ready', status: 'True', reason: null, message: null, since: 0 } as const;
    expect(problems(graphOf([sampleNode('a', { conditions: [pressure, ready] })]))).toMatchObject([
      { what: 'DiskPressure', tone: 'warn', since: 42 },
    ]);
  });
});
