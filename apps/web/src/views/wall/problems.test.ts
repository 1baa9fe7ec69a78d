import { describe, expect, it } from 'vitest';
import { graphOf, nodeOf, podOf, replicaSetOf } from '../testing.ts';
import { problems } from './problems.ts';

const notReady = (since: number) => ({
  status: 'NotReady',
  conditions: [{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown', message: null, since }] as const,
});

describe('the problems of a wall', () => {
  it('[V63] are none when every node is Ready and every pod is as asked', () => {
    expect(problems(graphOf(nodeOf('a'), podOf('p', { node: 'a' })))).toEqual([]);
  });

  it('[V63] gather nodes with the same trouble, with the pods on them, since the first of them', () => {
    const graph = graphOf(
      nodeOf('n-2', { ...notReady(5_000), conditions: [...notReady(5_000).conditions] }),
      nodeOf('n-1', { ...notReady(9_000), conditions: [...notReady(9_000).conditions] }),
      podOf('p', { node: 'n-2' }),
    );
    expect(problems(graph)).toMatchObject([
      { who: 'n-1', others: 1, what: 'NotReady', tone: 'fail', pods: 1, nodes: 2, since: 5_000 },
    ]);
  });

  it('[V63] gather failing pods by application and reason, and count their nodes', () => {
    const owner = { kind: 'ReplicaSet', uid: 'rs-web-1', name: 'web-1' };
    const failing = { status: 'CrashLoopBackOff', isReady: false, owner };
    const graph = graphOf(
      replicaSetOf('web-1', 'web'),
      podOf('a', { ...failing, node: 'x', lastRestart: 700 }),
      podOf('b', { ...failing, node: 'x', lastRestart: 300 }),
      podOf('c', { ...failing, node: 'y', lastRestart: 500 }),
    );
    expect(problems(graph)).toMatchObject([
      { who: 'web', what: 'CrashLoopBackOff', glyph: 'fail', pods: 3, nodes: 2, since: 300 },
    ]);
  });

  it('[V63] stand worst first: failing, degraded, cordoned', () => {
    const graph = graphOf(
      nodeOf('c', { status: 'Ready,SchedulingDisabled', unschedulable: true }),
      podOf('slow', { isReady: false, ready: [0, 1] }),
      podOf('image', { status: 'ImagePullBackOff', isReady: false }),
    );
    expect(problems(graph).map(({ who, tone }) => [who, tone])).toEqual([
      ['image', 'fail'],
      ['slow', 'warn'],
      ['c', 'gone'],
    ]);
  });

  it('[V63] name the pressure that a node is under', () => {
    const pressure = { type: 'DiskPressure', status: 'True', reason: null, message: null, since: 42 } as const;
    const ready = { type: 'Ready', status: 'True', reason: null, message: null, since: 0 } as const;
    expect(problems(graphOf(nodeOf('a', { conditions: [pressure, ready] })))).toMatchObject([
      { what: 'DiskPressure', tone: 'warn', since: 42 },
    ]);
  });
});
