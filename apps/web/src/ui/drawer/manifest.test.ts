import { describe, expect, it } from 'vitest';
import { conditionsOf, containersOf } from './manifest.ts';

const pod = {
  spec: { initContainers: [{ name: 'setup', image: 'busybox' }], containers: [{ name: 'php', image: 'frontend:v2' }] },
  status: {
    conditions: [
      { type: 'Ready', status: 'False', reason: 'ContainersNotReady', lastTransitionTime: '2026-11-21T10:00:00Z' },
      { type: 'PodScheduled', status: 'True' },
    ],
    initContainerStatuses: [{ name: 'setup', ready: true, state: { terminated: { reason: 'Completed' } } }],
    containerStatuses: [
      {
        name: 'php',
        ready: false,
        restartCount: 3,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
      },
    ],
  },
};

describe('what the drawer reads from a manifest', () => {
  it('[V55] gives conditions in the order in which they come true', () => {
    expect(conditionsOf(pod)).toEqual([
      { type: 'PodScheduled', status: 'True', reason: null, message: null, since: null },
      {
        type: 'Ready',
        status: 'False',
        reason: 'ContainersNotReady',
        message: null,
        since: Date.UTC(2026, 10, 21, 10),
      },
    ]);
  });

  it('[V55] gives each container its state in the cluster’s own words', () => {
    expect(containersOf(pod)).toEqual([
      { name: 'setup', image: 'busybox', init: true, ready: true, restarts: 0, state: 'Completed', message: null },
      {
        name: 'php',
        image: 'frontend:v2',
        init: false,
        ready: false,
        restarts: 3,
        state: 'CrashLoopBackOff',
        message: 'back-off 40s',
      },
    ]);
  });

  it('[V55] bears a manifest with nothing in it', () => {
    expect(conditionsOf(null)).toEqual([]);
    expect(containersOf({ spec: { containers: [{ name: 'a' }] } })).toEqual([
      { name: 'a', image: '', init: false, ready: false, restarts: 0, state: 'waiting', message: null },
    ]);
  });
});
