import type { Condition, ContainerState, ContainerStatus, Pod, PodStatus } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { ContainerLife } from './container-life.ts';
import { canonicalName, imageDigest } from './images.ts';

/** What a kubelet knows of a pod besides its containers. */
export interface PodRuntime {
  containers: readonly ContainerLife[];
  hostIP: string;
  /** Absent until the sandbox is there. */
  podIP: string | undefined;
  /** What ended the pod before its containers did. */
  verdict: { reason: string; message: string } | undefined;
}

/** A condition as the kubelet would have it. */
interface Wanted {
  ok: boolean;
  reason?: string;
  message?: string;
}

const of = (runtime: PodRuntime, ...roles: ContainerLife['role'][]) =>
  runtime.containers.filter(({ role }) => roles.includes(role));

const names = (lives: readonly ContainerLife[]) => `[${lives.map(({ spec }) => spec.name).join(' ')}]`;

const hasInits = (runtime: PodRuntime) => runtime.containers.some(({ role }) => role !== 'main');

/** What a container that nothing happened to yet is waiting for. */
function stateOf(runtime: PodRuntime, { state }: ContainerLife): ContainerState {
  if (state.waiting || state.running || state.terminated) return state;
  return { waiting: { reason: hasInits(runtime) ? 'PodInitializing' : 'ContainerCreating' } };
}

function containerStatus(runtime: PodRuntime, life: ContainerLife): ContainerStatus {
  const { spec, containerID } = life;
  const image = containerID === undefined ? (spec.image ?? '') : canonicalName(spec.image ?? '');
  return {
    name: spec.name,
    state: stateOf(runtime, life),
    lastState: life.lastState,
    ready: life.ready,
    restartCount: life.restarts,
    image,
    imageID: containerID === undefined ? '' : imageDigest(spec.image ?? ''),
    ...(containerID !== undefined && { containerID }),
    started: life.started,
  };
}

/** An init container has done its part: ended well, or is a sidecar that has started. */
export function isInitialized(life: ContainerLife): boolean {
  return life.role === 'sidecar' ? life.started || life.progress === 'done' : life.progress === 'done';
}

/** `getPhase` in `pkg/kubelet/kubelet_pods.go`. */
export function phaseOf(pod: Pod, runtime: PodRuntime): NonNullable<PodStatus['phase']> {
  if (runtime.verdict) return 'Failed';
  const { restartPolicy = 'Always' } = pod.spec;
  const mains = of(runtime, 'main');
  const ran = mains.some(({ containerID }) => containerID !== undefined);
  const inits = of(runtime, 'init', 'sidecar');
  if (restartPolicy === 'Never' && inits.some(({ progress }) => progress === 'failed')) return 'Failed';
  if (!ran && !inits.every(isInitialized)) return 'Pending';
  if (mains.some(({ state, lastState }) => !state.running && !state.terminated && !lastState.terminated))
    return 'Pending';
  if (mains.some(({ state }) => state.running) || restartPolicy === 'Always') return 'Running';
  if (mains.every(({ progress }) => progress === 'done')) return 'Succeeded';
  return mains.every(({ progress }) => progress === 'done' || progress === 'failed') ? 'Failed' : 'Running';
}

/** `GenerateContainersReadyCondition` in `pkg/kubelet/status/generate.go`. */
function containersReady(runtime: PodRuntime, phase: PodStatus['phase']): Wanted {
  if (phase === 'Succeeded') return { ok: false, reason: 'PodCompleted' };
  if (phase === 'Failed') return { ok: false, reason: 'PodFailed' };
  const unready = of(runtime, 'sidecar', 'main').filter(({ ready }) => !ready);
  if (unready.length === 0) return { ok: true };
  return { ok: false, reason: 'ContainersNotReady', message: `containers with unready status: ${names(unready)}` };
}

function podReady(pod: Pod, containers: Wanted): Wanted {
  if (!containers.ok) return containers;
  const problems = (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const gate = pod.status?.conditions?.find(({ type }) => type === conditionType);
    if (!gate) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    if (gate.status === 'True') return [];
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`];
  });
  if (problems.length === 0) return { ok: true };
  return { ok: false, reason: 'ReadinessGatesNotReady', message: problems.join(', ') };
}

function initialized(runtime: PodRuntime, phase: PodStatus['phase']): Wanted {
  if (phase === 'Succeeded') return { ok: true, reason: 'PodCompleted' };
  const left = of(runtime, 'init', 'sidecar').filter((life) => !isInitialized(life));
  const ran = of(runtime, 'main').some(({ containerID }) => containerID !== undefined);
  if (left.length === 0 || ran) return { ok: true };
  return {
    ok: false,
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: ${names(left)}`,
  };
}

const OWN = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady'];

function conditions(pod: Pod, runtime: PodRuntime, phase: PodStatus['phase'], now: number): Condition[] {
  const containers = containersReady(runtime, phase);
  const wanted: Record<string, Wanted> = {
    PodReadyToStartContainers: { ok: runtime.podIP !== undefined && phase !== 'Succeeded' && phase !== 'Failed' },
    Initialized: initialized(runtime, phase),
    Ready: podReady(pod, containers),
    ContainersReady: containers,
  };
  const before = pod.status?.conditions ?? [];
  const own = OWN.map((type): Condition => {
    const { ok, reason, message } = wanted[type] ?? { ok: false };
    const status = ok ? 'True' : 'False';
    const known = before.find((condition) => condition.type === type);
    const since = known?.status === status ? known.lastTransitionTime : undefined;
    return {
      type,
      status,
      lastProbeTime: null,
      lastTransitionTime: since ?? toTime(now),
      ...(reason && { reason }),
      ...(message && { message }),
    };
  });
  return [...own, ...before.filter(({ type }) => !OWN.includes(type))];
}

/** The status that a kubelet writes: what the apiserver holds of it, brought up to what the kubelet knows. */
export function podStatus(pod: Pod, runtime: PodRuntime, now: number): PodStatus {
  const phase = phaseOf(pod, runtime);
  const inits = of(runtime, 'init', 'sidecar');
  const { podIP, hostIP, verdict } = runtime;
  return {
    ...pod.status,
    phase,
    ...(verdict && { reason: verdict.reason, message: verdict.message }),
    conditions: conditions(pod, runtime, phase, now),
    hostIP,
    ...(podIP !== undefined && { podIP, podIPs: [{ ip: podIP }] }),
    startTime: pod.status?.startTime ?? toTime(now),
    ...(inits.length > 0 && { initContainerStatuses: inits.map((life) => containerStatus(runtime, life)) }),
    containerStatuses: of(runtime, 'main').map((life) => containerStatus(runtime, life)),
  };
}
