import { createHash } from 'node:crypto';
import type { Container, ContainerState, ContainerStatus, Pod } from '@portolan/shared';
import type { Cancel } from '../../clock.ts';
import type { Behaviour } from './behaviour.ts';
import type { Probe } from './probe.ts';

/** Init containers run one after the other, sidecars start among them and stay, the others run together. */
export type Role = 'init' | 'sidecar' | 'main';

/** How far a container is on its way: `done` ended well for good, `failed` ended badly for good. */
export type Progress = 'idle' | 'starting' | 'running' | 'waiting' | 'done' | 'failed';

/** When a container that ended is started again, doubled each time. `at` is when it was last, in elapsed ms. */
export interface Backoff {
  ms: number;
  at: number;
}

/** One container of a pod in a kubelet's care: what its status shows, and what is under way. */
export interface ContainerLife {
  readonly spec: Container;
  readonly role: Role;
  progress: Progress;
  state: ContainerState;
  lastState: ContainerState;
  restarts: number;
  ready: boolean;
  started: boolean;
  /** What the runtime numbers its present run with; absent before the first. */
  containerID: string | undefined;
  /** When its present run began, in elapsed ms, and what it was drawn to do. */
  startedAt: number;
  behaviour: Behaviour;
  /** From when, in elapsed ms, it can answer, and until when it is alive. */
  warmAt: number;
  sickAt: number;
  /** How long its image took, in ms; undefined where the node had it and need not ask. */
  pullMs: number | undefined;
  pullFailures: number;
  backoff: Backoff | undefined;
  /** When its last run ended, in elapsed ms. */
  endedAt: number | undefined;
  /** When it is started again, in elapsed ms. */
  due: number;
  /** The stage to come, its own end, its ending by force, and its warming. */
  timers: { stage?: Cancel; own?: Cancel; kill?: Cancel; warm?: Cancel };
  probes: Probe[];
  /** Called once its start has succeeded or failed, when a round of starts waits for it. */
  settled: (() => void) | undefined;
}

/** A container as it is before anything happened to it, or as a status of earlier times says it stands. */
export function newContainerLife(spec: Container, role: Role, status: ContainerStatus | undefined): ContainerLife {
  return {
    spec,
    role,
    progress: 'idle',
    state: status?.state ?? {},
    lastState: status?.lastState ?? {},
    restarts: status?.restartCount ?? 0,
    ready: status?.ready ?? false,
    started: status?.started ?? false,
    containerID: status?.containerID,
    startedAt: 0,
    behaviour: {},
    warmAt: 0,
    sickAt: Number.POSITIVE_INFINITY,
    pullMs: undefined,
    pullFailures: 0,
    backoff: undefined,
    endedAt: undefined,
    due: 0,
    timers: {},
    probes: [],
    settled: undefined,
  };
}

/** What a runtime would number the container's present run with: 64 hexadecimal digits. */
export function containerId(pod: Pod, { spec, restarts }: ContainerLife): string {
  const digits = createHash('sha256').update(`${pod.metadata.uid}/${spec.name}/${restarts}`).digest('hex');
  return `containerd://${digits}`;
}

export function isRunning({ state }: ContainerLife): boolean {
  return state.running !== undefined;
}

/** Ends all that is under way for a container. */
export function still(life: ContainerLife): void {
  for (const cancel of Object.values(life.timers)) cancel?.();
  life.timers = {};
  for (const probe of life.probes) probe.stop();
  life.probes = [];
}
