import { expect, it } from 'vitest';
import { graphOf, sampleLoosePod, sampleNode } from '../../testing/sample-cluster.ts';
import { fleetOf } from '../../testing/sample-fleet.ts';

it('[P4] counts pods by mark and STATUS, and a node for everything that holds of it', () => {
  const crash = { status: 'CrashLoopBackOff', isReady: false };
  const pressure = { type: 'MemoryPressure', status: 'True', reason: null, message: null, since: null } as const;
  const { counts } = fleetOf(
    graphOf([
      sampleNode('a'),
      sampleNode('b', { status: 'Ready,SchedulingDisabled', unschedulable: true }),
      sampleNode('c', { status: 'NotReady' }),
      sampleNode('d', { conditions: [pressure, { ...pressure, type: 'DiskPressure', status: 'False' }] }),
      sampleLoosePod('p1', { node: 'a' }),
      sampleLoosePod('p2', { ...crash, node: 'a' }),
      sampleLoosePod('p3', { ...crash, node: 'b' }),
      sampleLoosePod('p4', { status: 'ErrImagePull', isReady: false, node: 'nobody-knows-it' }),
      sampleLoosePod('p5', { status: 'Pending', isReady: false }),
    ]),
  );
  expect(counts).toMatchObject({ pods: 5, nodes: 4, marks: { ready: 1, fail: 2, pull: 1, pending: 1, notready: 0 } });
  expect(counts.statuses).toEqual([
    { mark: 'pending', status: 'Pending', pods: 1 },
    { mark: 'fail', status: 'CrashLoopBackOff', pods: 2 },
    { mark: 'pull', status: 'ErrImagePull', pods: 1 },
  ]);
  expect(counts.nodeStatuses).toEqual([
    { status: 'Ready', nodes: 3 },
    { status: 'NotReady', nodes: 1 },
    { status: 'MemoryPressure', nodes: 1 },
    { status: 'SchedulingDisabled', nodes: 1 },
  ]);
});
