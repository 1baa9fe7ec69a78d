import { describe, expect, it } from 'vitest';
import type { Condition } from './api/meta.ts';
import type { Deployment } from './api/workloads.ts';
import { deploymentMark, deploymentTone, nodeMark, nodeTone, podMark, podTone } from './mark.ts';
import { project } from './project/project.ts';
import { aDeployment, aNode } from './testing/objects.ts';

const pod = { status: 'Running', isReady: true, deleting: null, node: 'node1' };

describe('the mark of a pod', () => {
  it.each([
    ['Running', 'ready', 'ready'],
    ['NotReady', 'notready', 'warn'],
    ['SchedulingGated', 'pending', 'start'],
    ['ContainerCreating', 'creating', 'start'],
    ['PodInitializing', 'creating', 'start'],
    ['Init:1/2', 'creating', 'start'],
    ['CrashLoopBackOff', 'fail', 'fail'],
    ['Error', 'fail', 'fail'],
    ['OOMKilled', 'fail', 'fail'],
    ['Evicted', 'fail', 'fail'],
    ['CreateContainerConfigError', 'fail', 'fail'],
    ['RunContainerError', 'fail', 'fail'],
    ['Init:Error', 'fail', 'fail'],
    ['Signal:9', 'fail', 'fail'],
    ['constructor', 'fail', 'fail'],
    ['ErrImagePull', 'pull', 'fail'],
    ['Init:ImagePullBackOff', 'pull', 'fail'],
    ['InvalidImageName', 'pull', 'fail'],
    ['Terminating', 'terminating', 'gone'],
    ['Completed', 'completed', 'gone'],
    ['Unknown', 'unknown', 'gone'],
  ] as const)('[K13] that kubectl prints as %s is %s, of tone %s', (status, mark, tone) => {
    expect(podMark({ ...pod, status })).toBe(mark);
    expect(podTone(mark)).toBe(tone);
  });

  it('[K13] Running without the condition Ready is not ready', () => {
    expect(podMark({ ...pod, isReady: false })).toBe('notready');
  });

  it('[K13] Pending is dashed until a node is found', () => {
    expect(podMark({ ...pod, status: 'Pending', node: null })).toBe('pending');
    expect(podMark({ ...pod, status: 'Pending' })).toBe('creating');
  });

  it('[K13] a deleted pod is terminating before it is failing, but completed stays completed', () => {
    expect(podMark({ ...pod, status: 'Error', deleting: 1 })).toBe('terminating');
    expect(podMark({ ...pod, status: 'Completed', deleting: 1 })).toBe('completed');
    expect(podMark({ ...pod, status: 'Unknown', deleting: 1 })).toBe('unknown');
  });
});

describe('the mark of a node', () => {
  const ready: Condition = { type: 'Ready', status: 'True' };
  const pressure: Condition = { type: 'DiskPressure', status: 'True' };

  it.each<[string, Condition[], boolean, string, string, string]>([
    ['ready', [ready], false, 'ok', 'ready', 'ok'],
    ['not ready, before pressure', [{ ...ready, status: 'Unknown' }, pressure], true, 'fail', 'fail', 'failing'],
    ['under pressure, before cordoned', [ready, pressure], true, 'warn', 'warn', 'warning'],
    ['cordoned', [ready], true, 'cordon', 'gone', 'ok'],
    ['never heard of', [], false, 'unknown', 'gone', 'unknown'],
  ])('[K14] %s', (_name, conditions, unschedulable, mark, tone, health) => {
    const node = project('Node', aNode('n', { spec: { unschedulable }, status: { conditions } }));
    expect(nodeMark(node)).toBe(mark);
    expect(nodeTone(nodeMark(node))).toBe(tone);
    expect(node.health).toBe(health);
  });
});

describe('the mark of a deployment', () => {
  const conditions = (available: 'True' | 'False', reason: string): Condition[] => [
    { type: 'Available', status: available },
    { type: 'Progressing', status: 'True', reason },
  ];
  it.each<[string, Deployment['status'], boolean, string, string, string]>([
    ['complete', {}, false, 'complete', 'ready', 'ok'],
    [
      'a new one',
      { availableReplicas: 0, conditions: conditions('False', 'ReplicaSetUpdated') },
      false,
      'progressing',
      'start',
      'progressing',
    ],
    ['unseen by its controller', { observedGeneration: 0 }, false, 'progressing', 'start', 'progressing'],
    ['old pods left', { replicas: 4 }, false, 'progressing', 'start', 'progressing'],
    [
      'past its deadline',
      { conditions: conditions('True', 'ProgressDeadlineExceeded') },
      true,
      'stalled',
      'fail',
      'failing',
    ],
    [
      'refused its pods',
      { conditions: [{ type: 'ReplicaFailure', status: 'True' }] },
      false,
      'stalled',
      'fail',
      'failing',
    ],
    ['paused', {}, true, 'paused', 'gone', 'ok'],
    [
      'short of pods',
      { availableReplicas: 1, conditions: conditions('False', 'NewReplicaSetAvailable') },
      false,
      'unavailable',
      'warn',
      'warning',
    ],
    [
      'paused and short of pods',
      { conditions: conditions('False', 'DeploymentPaused') },
      true,
      'unavailable',
      'warn',
      'warning',
    ],
  ])('[K15] %s', (_name, status, paused, mark, tone, health) => {
    const deployment = project('Deployment', aDeployment('d', { spec: { paused }, status }));
    expect(deploymentMark(deployment)).toBe(mark);
    expect(deploymentTone(deploymentMark(deployment))).toBe(tone);
    expect(deployment.health).toBe(health);
  });

  it('[K15] without a deadline is unavailable when it ceased to be available, progressing when it never was', () => {
    const since = (lastTransitionTime: string) => ({
      availableReplicas: 0,
      conditions: [{ type: 'Available', status: 'False' as const, lastTransitionTime }],
    });
    const of = (status: Deployment['status']) => deploymentMark(project('Deployment', aDeployment('d', { status })));
    expect(of(since('2026-11-21T09:00:01Z'))).toBe('progressing');
    expect(of(since('2026-11-21T09:05:00Z'))).toBe('unavailable');
  });
});
