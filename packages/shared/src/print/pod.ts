import type { ContainerState, ContainerStatus, Pod, PodStatus } from '../api/core.ts';
import { humanDuration } from './duration.ts';
import { epochMs } from './time.ts';

/** READY (`[n, of]`), STATUS and RESTARTS of a pod; `lastRestart` is the epoch ms that kubectl prints as `(5m ago)`. */
export interface PodColumns {
  ready: [number, number];
  status: string;
  restarts: number;
  lastRestart: number | null;
}

/**
 * A pod's columns exactly as `kubectl get pods` prints them: the rules of `printPod` in Kubernetes 1.33's
 * `pkg/printers/internalversion/printers.go`. An apiserver of 1.20 prints three things in another way: a deleted pod
 * that has already ended reads Terminating; restartable init containers count neither in READY nor in RESTARTS (they do
 * not exist there), nor does it know SchedulingGated; RESTARTS is a bare number without `(5m ago)`.
 */
export function printPod(pod: Pod): PodColumns {
  const status = pod.status ?? {};
  const init = printInit(pod);
  const columns: PodColumns = {
    ready: [init.ready, pod.spec.containers.length + init.restartable.size],
    status: init.status ?? initialStatus(status),
    restarts: init.all.restarts,
    lastRestart: init.all.last,
  };
  if (init.status === null || conditionIsTrue(status, 'Initialized')) printMain(status, columns, init.sidecars);
  if (pod.metadata.deletionTimestamp !== undefined) {
    // NodeUnreachablePodReason in Kubernetes' pkg/util/node.
    if (status.reason === 'NodeLost') columns.status = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') columns.status = 'Terminating';
  }
  return columns;
}

/** RESTARTS as kubectl prints it, `3 (5m ago)`; times in epoch ms. A bare number when it is 0 or its time is unknown. */
export function formatRestarts(restarts: number, lastRestart: number | null, now: number): string {
  if (restarts === 0 || lastRestart === null) return String(restarts);
  return `${restarts} (${humanDuration(now - lastRestart)} ago)`;
}

interface Restarts {
  restarts: number;
  last: number | null;
}

function initialStatus(status: PodStatus): string {
  const gated = status.conditions?.some((c) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated');
  if (gated) return 'SchedulingGated';
  return status.reason || status.phase || '';
}

/** The init containers: `status` is null once none of them holds the pod back. */
function printInit(pod: Pod) {
  const specs = pod.spec.initContainers ?? [];
  const restartable = new Set(specs.filter((c) => c.restartPolicy === 'Always').map((c) => c.name));
  const all: Restarts = { restarts: 0, last: null };
  const sidecars: Restarts = { restarts: 0, last: null };
  let ready = 0;
  for (const [i, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const sidecar = restartable.has(container.name);
    count(all, container);
    if (sidecar) count(sidecars, container);
    if (container.state?.terminated?.exitCode === 0) continue;
    if (sidecar && container.started === true) {
      if (container.ready) ready++;
      continue;
    }
    return { status: `Init:${heldBackBy(container, `${i}/${specs.length}`)}`, restartable, all, sidecars, ready };
  }
  return { status: null, restartable, all, sidecars, ready };
}

function heldBackBy(container: ContainerStatus, progress: string): string {
  const { terminated, waiting } = container.state ?? {};
  if (terminated) return endedBy(terminated);
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return waiting.reason;
  return progress;
}

/** The main containers, last to first: the first one's trouble is what shows. */
function printMain(status: PodStatus, columns: PodColumns, sidecars: Restarts): void {
  const total = { ...sidecars };
  let running = false;
  for (const container of (status.containerStatuses ?? []).toReversed()) {
    count(total, container);
    const { waiting, terminated } = container.state ?? {};
    if (waiting?.reason) columns.status = waiting.reason;
    else if (terminated) columns.status = endedBy(terminated);
    else if (container.ready && container.state?.running) {
      running = true;
      columns.ready[0]++;
    }
  }
  columns.restarts = total.restarts;
  columns.lastRestart = total.last;
  if (columns.status === 'Completed' && running) {
    columns.status = conditionIsTrue(status, 'Ready') ? 'Running' : 'NotReady';
  }
}

function endedBy(terminated: NonNullable<ContainerState['terminated']>): string {
  if (terminated.reason) return terminated.reason;
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`;
}

function count(sum: Restarts, container: ContainerStatus): void {
  sum.restarts += container.restartCount;
  const finished = epochMs(container.lastState?.terminated?.finishedAt);
  if (finished !== null && (sum.last === null || finished > sum.last)) sum.last = finished;
}

function conditionIsTrue(status: PodStatus, type: string): boolean {
  return status.conditions?.find((c) => c.type === type)?.status === 'True';
}
