import type { Condition, ContainerState, ContainerStatus, Pod, PodStatus, Random } from '@portolan/shared';
import { imageDigest } from '../../controllers/kubelet/images.ts';
import { toTime } from '../../time.ts';

/** How far a pod of a large cluster has come. */
export type PodState = 'ready' | 'crashing' | 'noImage' | 'unschedulable' | 'completed' | 'unreachable';

/** Where a pod is: on a node of this address, with this address of its own. */
export interface Place {
  hostIP: string;
  podIP: string;
}

const STARTED_MS = 6000;
const DONE_MS = 45_000;
const CRASHES = 37;

function conditionsOf(state: PodState, containers: readonly string[], start: number): Condition[] {
  const up = state === 'ready' || state === 'unreachable';
  const unready = {
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${containers.join(' ')}]`,
  };
  const make = (type: string, ok: boolean, why: { reason?: string; message?: string } = {}): Condition => ({
    type,
    status: ok ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: toTime(start + (type.includes('Ready') && ok ? STARTED_MS : 0)),
    ...why,
  });
  const over = { reason: 'PodCompleted' };
  const why = state === 'completed' ? over : up ? {} : unready;
  return [
    make('PodReadyToStartContainers', state !== 'completed'),
    make('Initialized', true, state === 'completed' ? over : {}),
    make('Ready', state === 'ready', state === 'unreachable' ? {} : why),
    make('ContainersReady', up, why),
    make('PodScheduled', true),
  ];
}

function stateOf(state: PodState, image: string, pod: string, start: number, containerID: string): ContainerState {
  const startedAt = toTime(start + STARTED_MS / 2);
  switch (state) {
    case 'crashing': {
      const message = `back-off 5m0s restarting failed container=main pod=${pod}`;
      return { waiting: { reason: 'CrashLoopBackOff', message } };
    }
    case 'noImage': {
      const cause = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
      const message = `Back-off pulling image "${image}": ErrImagePull: ${cause}`;
      return { waiting: { reason: 'ImagePullBackOff', message } };
    }
    case 'completed':
      return {
        terminated: { exitCode: 0, reason: 'Completed', startedAt, finishedAt: toTime(start + DONE_MS), containerID },
      };
    default:
      return { running: { startedAt } };
  }
}

/** 64 hexadecimal digits, as a runtime numbers containers. */
function hexId(random: Random): string {
  let id = '';
  for (let part = 0; part < 5; part++) {
    id += Math.floor(random() * 2 ** 52)
      .toString(16)
      .padStart(13, '0');
  }
  return id.slice(0, 64);
}

/** Makes the status of a pod in its place. */
export type StatusMaker = (pod: Pod, place: Place) => PodStatus;

/**
 * Statuses of one workload's pods that came at one time, `start` in epoch ms: what does not differ between them is one object
 * for all.
 */
export function statusMaker({ spec }: Pod, state: PodState, start: number, random: Random): StatusMaker {
  if (state === 'unschedulable') {
    const status: PodStatus = { phase: 'Pending', qosClass: 'Burstable' };
    return () => status;
  }
  const { containers } = spec;
  const up = state === 'ready' || state === 'unreachable';
  const conditions = conditionsOf(state, up ? [] : containers.slice(0, 1).map(({ name }) => name), start);
  const startTime = toTime(start);
  const phase = state === 'completed' ? 'Succeeded' : state === 'noImage' ? 'Pending' : 'Running';
  const running = stateOf('ready', '', '', start, '');
  const none = {};

  const containerStatus = ({ metadata }: Pod, name: string, image: string, index: number): ContainerStatus => {
    const podName = `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
    const troubled = index === 0 || state === 'completed' ? state : 'ready';
    const well = up || troubled === 'ready';
    const containerID = troubled === 'noImage' ? undefined : `containerd://${hexId(random)}`;
    const ended = { startedAt: startTime, finishedAt: toTime(start + DONE_MS), containerID };
    return {
      name,
      state: well ? running : stateOf(troubled, image, podName, start, containerID ?? ''),
      lastState: troubled === 'crashing' ? { terminated: { exitCode: 1, reason: 'Error', ...ended } } : none,
      ready: well,
      restartCount: troubled === 'crashing' ? CRASHES : 0,
      image,
      imageID: troubled === 'noImage' ? '' : imageDigest(image),
      ...(containerID && { containerID }),
      started: well,
    };
  };

  return (pod, { hostIP, podIP }) => ({
    phase,
    conditions,
    hostIP,
    hostIPs: [{ ip: hostIP }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime,
    containerStatuses: containers.map(({ name, image = '' }, index) => containerStatus(pod, name, image, index)),
    qosClass: 'Burstable',
  });
}
