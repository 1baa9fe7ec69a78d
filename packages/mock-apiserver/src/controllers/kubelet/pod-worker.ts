import type { Container, ContainerStatus, Pod } from '@portolan/shared';
import type { Cancel } from '../../clock.ts';
import { toTime } from '../../time.ts';
import { between } from '../context.ts';
import type { Rejection } from './admission.ts';
import { waitBeforeRestart } from './backoff.ts';
import type { Range } from './behaviour.ts';
import { type ContainerLife, isRunning, newContainerLife, type Role, still } from './container-life.ts';
import { ContainerRuns, startsAgain } from './container-runs.ts';
import { FAILING_ANNOTATION, type ProbeKind } from './failing-probes.ts';
import { missingEnv, missingVolumes } from './pod-inputs.ts';
import { isInitialized, podStatus } from './pod-status.ts';
import type { PodWorld } from './pod-world.ts';
import { Probing } from './probing.ts';
import { normal, STAGES, type StageName, type StageWorld } from './stages.ts';
import { Termination } from './termination.ts';

/** How long the steps of a pod that are no container's take, in simulated ms. */
const TIMES = {
  admit: [15, 60],
  sandbox: [500, 900],
  network: [9000, 11_000],
  /** From a container's end to the kubelet's noticing it. */
  notice: [400, 1000],
  /** From an init container's end to the next one's beginning. */
  nextInit: [300, 900],
} as const satisfies Record<string, Range>;

/** Mounting is tried again after 0.5 s, doubled up to two minutes (`volumemanager` exponential backoff). */
const MOUNT = { firstMs: 500, mostMs: 122_000 };

/**
 * One pod in its kubelet's care (`syncPod`, `SyncPod`): its sandbox, its init containers one after the other, its
 * containers, their ends and restarts, and its own end. Every change of what its status shows is one write.
 */
export class PodWorker {
  readonly #world: PodWorld;
  readonly #containers: ContainerLife[];
  readonly #runs: ContainerRuns;
  readonly #probing: Probing;
  readonly #termination: Termination;
  readonly #timers = new Set<Cancel>();
  #verdict: { reason: string; message: string } | undefined;
  #sandbox = false;
  #round = false;

  constructor(world: PodWorld) {
    this.#world = world;
    const pod = world.pod();
    const { containers, initContainers = [] } = pod.spec;
    const known = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
    const life = (spec: Container, role: Role) =>
      newContainerLife(
        spec,
        role,
        known.find(({ name }: ContainerStatus) => name === spec.name),
      );
    this.#containers = [
      ...initContainers.map((spec) => life(spec, spec.restartPolicy === 'Always' ? 'sidecar' : 'init')),
      ...containers.map((spec) => life(spec, 'main')),
    ];
    this.#runs = new ContainerRuns(world, (container, code, oom) => this.#ended(container, code, oom));
    this.#probing = new Probing(world, {
      ready: (container, ready) => {
        container.ready = ready;
        this.#publish();
      },
      started: () => {
        this.#publish();
        this.#advance();
      },
      unhealthy: (container, kind) => this.#restartUnhealthy(container, kind),
    });
    this.#termination = new Termination(world, this.#containers, (container, code) => this.#ended(container, code));
  }

  /** Takes a pod in from its beginning. */
  admit(): void {
    this.#after(TIMES.admit, () => {
      const rejection = this.#world.rejection();
      if (rejection) {
        this.#reject(rejection);
        return;
      }
      this.#publish();
      this.#after(TIMES.sandbox, () => this.#prepare(0));
      this.#limit();
    });
  }

  /** The pod fails without ever having been here. */
  #reject({ reason, message }: Rejection): void {
    this.#world.tell({ type: 'Warning', reason, message });
    this.#world.store.update('pods', this.#world.pod().metadata, (draft) => {
      const startTime = toTime(this.#world.now());
      draft.status = { ...draft.status, phase: 'Failed', reason, message: `Pod was rejected: ${message}`, startTime };
      return draft;
    });
  }

  /** Takes over a pod whose status is already written: what runs goes on, what waits is tried again in its time. */
  adopt(): void {
    this.#sandbox = true;
    for (const life of this.#containers) this.#adoptContainer(life);
    this.#limit();
    this.#advance();
  }

  /** The pod changed: its faults and its conditions may be others. */
  changed(previous: Pod | undefined): void {
    const pod = this.#world.pod();
    const faults = (of: Pod | undefined) => of?.metadata.annotations?.[FAILING_ANNOTATION];
    if (faults(pod) !== faults(previous)) {
      for (const life of this.#containers) if (isRunning(life)) this.#probing.changed(life);
    }
    const own = pod.spec.readinessGates;
    if (own && this.#sandbox && pod.status?.conditions !== previous?.status?.conditions) this.#publish();
  }

  /** The pod is being deleted: its containers have `graceSeconds` to end. `gone` is called when they have. */
  terminate(graceSeconds: number, gone: () => void): void {
    const begun = this.#termination.isUnderWay;
    this.#cancelTimers();
    if (!begun) for (const life of this.#containers) life.timers.stage?.();
    this.#termination.end(graceSeconds, gone);
  }

  /** Ends one container, as `kill` from inside would. Does nothing to one that does not run. */
  exit(name: string | undefined, code: number, oom: boolean): boolean {
    const life = this.#containers.find(({ spec, role }) => (name === undefined ? role === 'main' : spec.name === name));
    if (!life || !isRunning(life)) return false;
    this.#ended(life, code, oom);
    return true;
  }

  /** Ends the pod as failed, whatever its restart policy: an eviction, or a deadline that has passed. */
  fail(reason: string, message: string): void {
    if (this.#verdict) return;
    this.#verdict = { reason, message };
    this.#cancelTimers();
    for (const life of this.#containers) life.timers.stage?.();
    const running = this.#containers.filter(isRunning);
    for (const life of running) this.#world.tell(normal(life, 'Killing', `Stopping container ${life.spec.name}`));
    this.#publish();
    for (const life of running)
      this.#termination.stop(life, this.#world.pod().spec.terminationGracePeriodSeconds ?? 30);
  }

  /** Writes the status anew, where it is not what the kubelet knows. */
  refresh(): void {
    if (this.#sandbox) this.#publish();
  }

  /** Nothing more happens to the pod. */
  dispose(): void {
    this.#cancelTimers();
    this.#termination.dispose();
    for (const life of this.#containers) still(life);
  }

  #after(range: Range, run: () => void): void {
    const cancel = this.#world.after(between(this.#world.random, range), () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }

  #cancelTimers(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #publish(): void {
    const { store } = this.#world;
    const pod = this.#world.pod();
    store.update('pods', pod.metadata, (draft) => {
      const runtime = {
        containers: this.#containers,
        hostIP: this.#world.hostIP(),
        podIP: this.#sandbox ? this.#world.podIP() : undefined,
        verdict: this.#verdict,
      };
      draft.status = podStatus(draft, runtime, this.#world.now());
      return draft;
    });
  }

  /** Volumes first, then the network, then the containers. */
  #prepare(tries: number): void {
    const problems = missingVolumes(this.#world.store, this.#world.pod());
    if (problems.length > 0) {
      for (const message of problems) this.#world.tell({ type: 'Warning', reason: 'FailedMount', message });
      const wait = Math.min(MOUNT.firstMs * 2 ** tries, MOUNT.mostMs);
      this.#after([wait, wait], () => this.#prepare(tries + 1));
      return;
    }
    const problem = this.#world.networkProblem();
    if (problem !== undefined) {
      this.#world.tell({ type: 'Warning', reason: 'NetworkNotReady', message: `network is not ready: ${problem}` });
      this.#after(TIMES.network, () => this.#prepare(0));
      return;
    }
    this.#sandbox = true;
    this.#advance();
  }

  /** Begins what may begin: the next init container, or the containers themselves (`computePodActions`). */
  #advance(): void {
    if (this.#termination.isUnderWay || this.#verdict) return;
    for (const life of this.#containers) {
      if (life.role === 'main') break;
      if (life.progress === 'idle') {
        this.#enter(life, 'pull');
        return;
      }
      if (!isInitialized(life)) return;
    }
    if (!this.#round) this.#startNext();
  }

  /** Starts the containers one after the other; when the last is settled, the status shows them all. */
  #startNext(): void {
    const next = this.#containers.find(({ role, progress }) => role === 'main' && progress === 'idle');
    if (!next) {
      if (this.#round) this.#publish();
      this.#round = false;
      return;
    }
    this.#round = true;
    next.settled = () => {
      next.settled = undefined;
      this.#startNext();
    };
    this.#enter(next, 'pull');
  }

  #stageWorld(): StageWorld {
    const world = this.#world;
    const { images, node } = world;
    return {
      pod: world.pod(),
      now: world.now(),
      elapsed: world.elapsed(),
      exists: (image) => images.exists(image),
      isPresent: (image) => images.isPresent(node, image),
      pull: ({ spec: { image = '', imagePullPolicy } }) => {
        const asks = imagePullPolicy === 'Always' || (imagePullPolicy !== 'Never' && !images.isPresent(node, image));
        return asks ? world.queuePull(images.pull(node, image)) : undefined;
      },
      missing: ({ spec }) => missingEnv(world.store, world.pod(), spec),
      begin: (life) => this.#begin(life),
    };
  }

  #enter(life: ContainerLife, name: StageName): void {
    life.timers.stage?.();
    const stage = STAGES[name];
    const ms =
      typeof stage.delay === 'function'
        ? stage.delay(life, this.#stageWorld(), (range) => between(this.#world.random, range))
        : between(this.#world.random, stage.delay);
    // What is on its way is no longer idle, even before its first stage happens.
    if (life.progress === 'idle') life.progress = 'starting';
    life.timers.stage = this.#world.after(ms, () => this.#perform(life, name));
  }

  #perform(life: ContainerLife, name: StageName): void {
    if (this.#termination.isUnderWay) return;
    const stage = STAGES[name];
    const world = this.#stageWorld();
    stage.enter?.(life, world);
    for (const happening of stage.tell?.(life, world) ?? []) this.#world.tell(happening);
    const next = stage.next(life, world);
    if (next) this.#enter(life, next);
    if (!stage.settles) return;
    if (life.settled) life.settled();
    else this.#publish();
    if (life.role !== 'main') this.#advance();
  }

  #begin(life: ContainerLife): void {
    this.#runs.begin(life);
    if (life.role === 'init') life.started = false;
    else this.#probing.begin(life);
  }

  /** A container's run is over: its status shows it, and its kubelet decides what follows. */
  #ended(life: ContainerLife, code: number, oom = false): void {
    still(life);
    life.ready = false;
    life.started = false;
    const reason = oom ? 'OOMKilled' : code === 0 ? 'Completed' : 'Error';
    life.state = {
      terminated: {
        exitCode: code,
        reason,
        startedAt: life.state.running?.startedAt ?? null,
        finishedAt: toTime(this.#world.now()),
        ...(life.containerID !== undefined && { containerID: life.containerID }),
      },
    };
    if (this.#termination.isUnderWay || this.#verdict) {
      life.progress = code === 0 ? 'done' : 'failed';
      this.#publish();
      this.#termination.check();
      return;
    }
    const { restartPolicy = 'Always' } = this.#world.pod().spec;
    const again = startsAgain(life.role, restartPolicy, code);
    if (again) this.#startAgain(life);
    else life.progress = code === 0 ? 'done' : 'failed';
    const mains = this.#containers.filter(({ role }) => role === 'main');
    const over = mains.every(({ progress }) => progress === 'done' || progress === 'failed');
    this.#publish();
    if (over) this.#stopSidecars();
    else if (life.role === 'init' && !again) this.#after(TIMES.nextInit, () => this.#advance());
  }

  /** At once the first time, then after ever longer pauses. */
  #startAgain(life: ContainerLife): void {
    const endedAt = this.#world.elapsed();
    const pause = waitBeforeRestart(life.backoff, endedAt);
    life.endedAt = endedAt;
    life.progress = 'waiting';
    life.due = endedAt + pause;
    const notice = between(this.#world.random, TIMES.notice);
    life.timers.stage = this.#world.after(notice, () => {
      if (pause > 0) this.#perform(life, 'crashBackOff');
      else this.#enter(life, 'pull');
    });
  }

  #stopSidecars(): void {
    for (const life of this.#containers) {
      if (life.role !== 'sidecar') continue;
      life.timers.stage?.();
      if (isRunning(life)) this.#termination.stop(life, this.#world.pod().spec.terminationGracePeriodSeconds ?? 30);
    }
  }

  /** A container that its liveness or startup probe gave up: ended, then started again as one that crashed. */
  #restartUnhealthy(life: ContainerLife, kind: ProbeKind): void {
    const { name, livenessProbe, startupProbe } = life.spec;
    const probe = kind === 'liveness' ? livenessProbe : startupProbe;
    const message = `Container ${name} failed ${kind} probe, will be restarted`;
    this.#world.tell(normal(life, 'Killing', message));
    for (const asked of life.probes) asked.stop();
    life.probes = [];
    const grace = this.#world.pod().spec.terminationGracePeriodSeconds ?? 30;
    this.#termination.stop(life, probe?.terminationGracePeriodSeconds ?? grace);
  }

  #limit(): void {
    const { activeDeadlineSeconds } = this.#world.pod().spec;
    if (activeDeadlineSeconds === undefined) return;
    const message = 'Pod was active on the node longer than the specified deadline';
    const ms = activeDeadlineSeconds * 1000;
    this.#after([ms, ms], () => {
      this.#world.tell({ type: 'Normal', reason: 'DeadlineExceeded', message });
      this.fail('DeadlineExceeded', message);
    });
  }

  #adoptContainer(life: ContainerLife): void {
    const now = this.#world.elapsed();
    const { state } = life;
    if (state.running) {
      const { ready } = life;
      life.progress = 'running';
      life.containerID ??= `adopted://${life.spec.name}`;
      this.#begin(life);
      life.ready = ready;
      if (ready) life.warmAt = now;
    } else if (state.terminated) {
      const { restartPolicy = 'Always' } = this.#world.pod().spec;
      const { exitCode } = state.terminated;
      const again = life.role === 'main' && startsAgain(life.role, restartPolicy, exitCode);
      if (again) this.#startAgain(life);
      else life.progress = exitCode === 0 ? 'done' : 'failed';
    } else if (state.waiting?.reason === 'CrashLoopBackOff') {
      life.progress = 'waiting';
      life.backoff = { ms: 300_000, at: now };
      life.due = now + 300_000;
      this.#enter(life, 'crashBackOff');
    } else if (state.waiting?.reason === 'ImagePullBackOff') {
      life.progress = 'waiting';
      life.pullFailures = 6;
      life.due = now + 300_000;
      this.#enter(life, 'imageBackOff');
    }
  }
}
