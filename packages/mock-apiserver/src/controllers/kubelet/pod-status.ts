import { createHash } from 'node:crypto';
import type { Condition, Container, ContainerState, ContainerStatus, Pod, PodStatus } from '@portolan/shared';
import { toTime } from '../../time.ts';
import { withTag } from './images.ts';

/** What a runtime would number the container with: 64 hexadecimal digits. */
const containerHash = ({ metadata }: Pod, { name }: Container) =>
  createHash('sha256').update(`${metadata.uid}/${name}`).digest('hex');

/** The kubelet's writes to a pod's status, each as a change of a draft (`pkg/kubelet/status/generate.go`). */

function setConditions(
  status: PodStatus,
  values: Record<string, { ok: boolean; reason?: string; message?: string }>,
  now: number,
): void {
  const order = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];
  const next = order.flatMap((type): Condition[] => {
    const before = status.conditions?.find((condition) => condition.type === type);
    const value = values[type];
    if (!value) return before ? [before] : [];
    const state = value.ok ? 'True' : 'False';
    const time = before?.status === state ? before.lastTransitionTime : toTime(now);
    const { reason, message } = value;
    return [
      {
        type,
        status: state,
        lastProbeTime: null,
        lastTransitionTime: time ?? toTime(now),
        ...(reason && { reason }),
        ...(message && { message }),
      },
    ];
  });
  status.conditions = next;
}

const notReady = (pod: Pod) => ({
  ok: false,
  reason: 'ContainersNotReady',
  message: `containers with unready status: [${pod.spec.containers.map(({ name }) => name).join(' ')}]`,
});

function containerStatus(
  container: Container,
  state: ContainerState,
  before: ContainerStatus | undefined,
): ContainerStatus {
  return {
    name: container.name,
    state,
    lastState: before?.lastState ?? {},
    ready: false,
    restartCount: before?.restartCount ?? 0,
    image: container.image ?? '',
    imageID: '',
    started: false,
  };
}

function setContainers(
  pod: Pod,
  status: PodStatus,
  make: (container: Container, before: ContainerStatus | undefined) => ContainerStatus,
): void {
  status.containerStatuses = pod.spec.containers.map((container) =>
    make(
      container,
      status.containerStatuses?.find(({ name }) => name === container.name),
    ),
  );
}

/** The pod's status, begun where there is none. */
function statusOf(pod: Pod): PodStatus {
  pod.status ??= {};
  return pod.status;
}

/** Taken in by the kubelet: ContainerCreating. */
export function admitted(pod: Pod, hostIP: string, now: number): void {
  const status = statusOf(pod);
  status.hostIP = hostIP;
  status.startTime ??= toTime(now);
  setContainers(pod, status, (container, before) =>
    containerStatus(container, { waiting: { reason: 'ContainerCreating' } }, before),
  );
  const waiting = notReady(pod);
  setConditions(
    status,
    { PodReadyToStartContainers: { ok: false }, Initialized: { ok: true }, Ready: waiting, ContainersReady: waiting },
    now,
  );
}

/** A container waits for an image that cannot be had. */
export function waitingForImage(
  pod: Pod,
  reason: string,
  message: (image: string) => string,
  now: number,
  missing: (image: string) => boolean,
): void {
  const status = statusOf(pod);
  setContainers(pod, status, (container, before) => {
    const image = container.image ?? '';
    const waiting = missing(image) ? { reason, message: message(image) } : { reason: 'ContainerCreating' };
    return containerStatus(container, { waiting }, before);
  });
  const unready = notReady(pod);
  setConditions(
    status,
    { PodReadyToStartContainers: { ok: true }, Initialized: { ok: true }, Ready: unready, ContainersReady: unready },
    now,
  );
}

/** Its containers run, its probes have not passed yet. */
export function started(pod: Pod, podIP: string, now: number): void {
  const status = statusOf(pod);
  status.phase = 'Running';
  status.podIP = podIP;
  status.podIPs = [{ ip: podIP }];
  setContainers(pod, status, (container, before) => ({
    ...containerStatus(container, { running: { startedAt: toTime(now) } }, before),
    image: withTag(container.image ?? ''),
    imageID: `docker.io/${withTag(container.image ?? '')}`,
    containerID: `containerd://${containerHash(pod, container)}`,
    started: true,
  }));
  const unready = notReady(pod);
  setConditions(
    status,
    { PodReadyToStartContainers: { ok: true }, Initialized: { ok: true }, Ready: unready, ContainersReady: unready },
    now,
  );
}

/** Its probes pass. */
export function ready(pod: Pod, now: number): void {
  const status = statusOf(pod);
  setContainers(pod, status, (container, before) => ({
    ...(before ?? containerStatus(container, {}, undefined)),
    ready: true,
  }));
  setConditions(status, { Ready: { ok: true }, ContainersReady: { ok: true } }, now);
}

/** Its containers have ended, by themselves (`phase` Succeeded) or because it is being deleted. */
export function ended(pod: Pod, phase: 'Succeeded' | undefined, now: number): void {
  const status = statusOf(pod);
  if (phase) status.phase = phase;
  const ran = status.containerStatuses?.some(({ state }) => state?.running);
  setContainers(pod, status, (container, before) => {
    const startedAt = before?.state?.running?.startedAt ?? null;
    const { containerID } = before ?? {};
    const terminated = {
      exitCode: ran ? 0 : 137,
      reason: ran ? 'Completed' : 'ContainerStatusUnknown',
      startedAt,
      finishedAt: toTime(now),
      ...(containerID && { containerID }),
    };
    return {
      ...(before ?? containerStatus(container, {}, undefined)),
      state: ran ? { terminated } : (before?.state ?? {}),
      ready: false,
      started: false,
    };
  });
  const why = phase ? { ok: false, reason: 'PodCompleted' } : notReady(pod);
  setConditions(
    status,
    { Initialized: phase ? { ok: true, reason: 'PodCompleted' } : { ok: true }, Ready: why, ContainersReady: why },
    now,
  );
}
