import { describe, expect, it } from 'vitest';
import type { Pod } from '../api/core.ts';
import { aPod, container, containerStatus } from '../testing/objects.ts';
import { formatRestarts, printPod } from './pod.ts';

const DELETED = { deletionTimestamp: '2026-11-21T09:10:00Z' };
const ended = (exitCode: number, more = {}) => ({ terminated: { exitCode, ...more } });
const waiting = (reason: string) => ({ waiting: { reason } });

/** READY, STATUS and RESTARTS in one line. */
function line(pod: Pod): string {
  const { ready, status, restarts } = printPod(pod);
  return `${ready.join('/')} ${status} ${restarts}`;
}

describe('a plain pod', () => {
  it.each<[string, Parameters<typeof aPod>[0], string]>([
    ['unscheduled', { status: { phase: 'Pending' } }, '0/1 Pending 0'],
    [
      'being created',
      {
        status: {
          phase: 'Pending',
          containerStatuses: [containerStatus('main', { ready: false, state: waiting('ContainerCreating') })],
        },
      },
      '0/1 ContainerCreating 0',
    ],
    ['running', { status: { containerStatuses: [containerStatus('main')] } }, '1/1 Running 0'],
    [
      'running, not ready',
      { status: { containerStatuses: [containerStatus('main', { ready: false })] } },
      '0/1 Running 0',
    ],
    [
      'in a crash loop',
      {
        status: {
          containerStatuses: [
            containerStatus('main', { ready: false, restartCount: 3, state: waiting('CrashLoopBackOff') }),
          ],
        },
      },
      '0/1 CrashLoopBackOff 3',
    ],
    [
      'ended with a reason',
      {
        status: {
          phase: 'Failed',
          containerStatuses: [containerStatus('main', { ready: false, state: ended(137, { reason: 'OOMKilled' }) })],
        },
      },
      '0/1 OOMKilled 0',
    ],
    [
      'ended by a signal',
      { status: { containerStatuses: [containerStatus('main', { ready: false, state: ended(137, { signal: 9 }) })] } },
      '0/1 Signal:9 0',
    ],
    [
      'ended with a code',
      { status: { containerStatuses: [containerStatus('main', { ready: false, state: ended(2) })] } },
      '0/1 ExitCode:2 0',
    ],
    ['evicted', { status: { phase: 'Failed', reason: 'Evicted' } }, '0/1 Evicted 0'],
    [
      'gated',
      {
        status: {
          phase: 'Pending',
          conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
        },
      },
      '0/1 SchedulingGated 0',
    ],
  ])('[K5] %s', (_name, parts, columns) => {
    expect(line(aPod(parts))).toBe(columns);
  });

  it('[K5] the first container in trouble is what shows, and all restarts count', () => {
    const containerStatuses = [
      containerStatus('a', { ready: false, restartCount: 2, state: waiting('ImagePullBackOff') }),
      containerStatus('b', { ready: false, restartCount: 1, state: waiting('CrashLoopBackOff') }),
    ];
    const pod = aPod({ spec: { containers: [container('a'), container('b')] }, status: { containerStatuses } });
    expect(line(pod)).toBe('0/2 ImagePullBackOff 3');
  });

  it('[K5] with one container completed and one running it reads Running when Ready, else NotReady', () => {
    const containerStatuses = [
      containerStatus('a', { ready: false, state: ended(0, { reason: 'Completed' }) }),
      containerStatus('b'),
    ];
    const spec = { containers: [container('a'), container('b')] };
    expect(line(aPod({ spec, status: { containerStatuses } }))).toBe('1/2 NotReady 0');
    const conditions = [{ type: 'Ready', status: 'True' as const }];
    expect(line(aPod({ spec, status: { containerStatuses, conditions } }))).toBe('1/2 Running 0');
  });
});

describe('a deleted pod', () => {
  it('[K6] reads Terminating', () => {
    expect(line(aPod({ metadata: DELETED, status: { containerStatuses: [containerStatus('main')] } }))).toBe(
      '1/1 Terminating 0',
    );
  });

  it('[K6] keeps its status once it has ended; 1.20 prints Terminating', () => {
    const containerStatuses = [containerStatus('main', { ready: false, state: ended(0, { reason: 'Completed' }) })];
    expect(line(aPod({ metadata: DELETED, status: { phase: 'Succeeded', containerStatuses } }))).toBe(
      '0/1 Completed 0',
    );
    expect(line(aPod({ metadata: DELETED, status: { phase: 'Failed', reason: 'Evicted' } }))).toBe('0/1 Evicted 0');
  });

  it('[K6] reads Unknown when its node is lost', () => {
    expect(line(aPod({ metadata: DELETED, status: { reason: 'NodeLost' } }))).toBe('0/1 Unknown 0');
  });
});

describe('init containers', () => {
  const initContainers = [container('a'), container('b')];
  const init = (...states: object[]) =>
    aPod({
      spec: { initContainers },
      status: {
        phase: 'Pending',
        initContainerStatuses: states.map((state, i) =>
          containerStatus(i === 0 ? 'a' : 'b', { ready: false, restartCount: 1, ...state }),
        ),
        containerStatuses: [containerStatus('main', { ready: false, state: waiting('PodInitializing') })],
      },
    });

  it.each<[string, object[], string]>([
    ['none has begun', [{ state: waiting('PodInitializing') }, { state: waiting('PodInitializing') }], 'Init:0/2 1'],
    ['the second runs', [{ state: ended(0) }, {}], 'Init:1/2 2'],
    ['one crashes', [{ state: waiting('CrashLoopBackOff') }], 'Init:CrashLoopBackOff 1'],
    ['one failed', [{ state: ended(1, { reason: 'Error' }) }], 'Init:Error 1'],
    ['one failed without a reason', [{ state: ended(3) }], 'Init:ExitCode:3 1'],
    ['one was killed', [{ state: ended(137, { signal: 9 }) }], 'Init:Signal:9 1'],
  ])('[K5] %s', (_name, states, columns) => {
    expect(line(init(...states))).toBe(`0/1 ${columns}`);
  });

  it('[K5] once all have ended, the main containers show and only their restarts count', () => {
    expect(line(init({ state: ended(0) }, { state: ended(0) }))).toBe('0/1 PodInitializing 0');
  });
});

describe('restartable init containers', () => {
  const spec = { initContainers: [container('proxy', { restartPolicy: 'Always' as const })] };

  it('[K7] count in READY and RESTARTS; 1.20 does not know them', () => {
    const status = {
      initContainerStatuses: [containerStatus('proxy', { started: true, restartCount: 2 })],
      containerStatuses: [containerStatus('main', { restartCount: 1 })],
    };
    expect(line(aPod({ spec, status }))).toBe('2/2 Running 3');
  });

  it('[K7] hold the pod back until they have started', () => {
    const status = {
      phase: 'Pending' as const,
      initContainerStatuses: [containerStatus('proxy', { started: false, ready: false })],
    };
    expect(line(aPod({ spec, status }))).toBe('0/2 Init:0/1 0');
  });

  it('[K7] that fail after the pod was initialised do not hide the main containers', () => {
    const status = {
      conditions: [{ type: 'Initialized', status: 'True' as const }],
      initContainerStatuses: [
        containerStatus('proxy', { started: false, ready: false, state: waiting('CrashLoopBackOff') }),
      ],
      containerStatuses: [containerStatus('main')],
    };
    expect(line(aPod({ spec, status }))).toBe('1/2 Init:CrashLoopBackOff 0');
  });
});

describe('RESTARTS', () => {
  const at = (time: string) => ({ terminated: { exitCode: 1, finishedAt: time } });
  const now = Date.parse('2026-11-21T09:10:00Z');

  it('[K7] tells how long ago the last one was; 1.20 prints the bare number', () => {
    const containerStatuses = [
      containerStatus('main', { restartCount: 2, lastState: at('2026-11-21T09:05:00Z') }),
      containerStatus('other', { restartCount: 1, lastState: at('2026-11-21T09:01:00Z') }),
    ];
    const { restarts, lastRestart } = printPod(aPod({ status: { containerStatuses } }));
    expect(formatRestarts(restarts, lastRestart, now)).toBe('3 (5m ago)');
  });

  it('[K7] is bare when there were none, or none is dated', () => {
    expect(formatRestarts(0, now, now)).toBe('0');
    expect(formatRestarts(2, null, now)).toBe('2');
  });
});
