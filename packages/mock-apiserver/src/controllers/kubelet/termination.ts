import type { Cancel } from '../../clock.ts';
import { between } from '../context.ts';
import type { Range } from './behaviour.ts';
import { commandBehaviour } from './command.ts';
import { type ContainerLife, isRunning } from './container-life.ts';
import type { PodWorld } from './pod-world.ts';
import { normal } from './stages.ts';

const TIMES = {
  /** From the deletion to the first signal. */
  notice: [20, 60],
  /** From the last container's end to the pod's. */
  remove: [400, 1200],
  /** Where nothing runs. */
  nothing: [100, 500],
} as const satisfies Record<string, Range>;

/** How long a container's preStop hook takes, in ms. */
function preStopMs({ spec }: ContainerLife): number {
  const { sleep, exec } = spec.lifecycle?.preStop ?? {};
  if (sleep) return sleep.seconds * 1000;
  const behaviour = exec && commandBehaviour({ name: spec.name, command: exec.command ?? [] }, false);
  return behaviour?.runsMs?.[0] ?? 0;
}

/**
 * The end of a pod: each container runs its preStop hook, is told to end, and is killed when the grace is over; sidecars follow the
 * others (`killPod`, KEP-753).
 */
export class Termination {
  readonly #world: PodWorld;
  readonly #containers: readonly ContainerLife[];
  readonly #ended: (life: ContainerLife, code: number) => void;
  #cancel: Cancel | undefined;
  #gone: (() => void) | undefined;
  #endsAt = Number.POSITIVE_INFINITY;
  #leaving = false;
  #told = false;

  constructor(
    world: PodWorld,
    containers: readonly ContainerLife[],
    ended: (life: ContainerLife, code: number) => void,
  ) {
    this.#world = world;
    this.#containers = containers;
    this.#ended = ended;
  }

  get isUnderWay(): boolean {
    return this.#gone !== undefined;
  }

  /** Begins the end, or shortens one that is under way. `gone` is called once, when nothing runs any more. */
  end(graceSeconds: number, gone: () => void): void {
    const endsAt = this.#world.elapsed() + graceSeconds * 1000;
    if (this.#gone) {
      if (endsAt >= this.#endsAt) return;
      this.#endsAt = endsAt;
      if (this.#told) for (const life of this.#containers) if (isRunning(life)) this.stop(life, graceSeconds);
      return;
    }
    this.#gone = gone;
    this.#endsAt = endsAt;
    this.#cancel = this.#world.after(between(this.#world.random, TIMES.notice), () => this.#tell());
  }

  /** Ends one container within its grace; the pod may live on. */
  stop(life: ContainerLife, graceSeconds: number): void {
    const { random } = this.#world;
    const range = life.behaviour.stopMs ?? [0, 0];
    const stops = range[0] === Number.POSITIVE_INFINITY ? range[0] : between(random, range);
    const wanted = preStopMs(life) + stops;
    const grace = graceSeconds * 1000;
    life.timers.kill?.();
    life.timers.kill = this.#world.after(Math.min(wanted, grace), () => this.#ended(life, wanted > grace ? 137 : 0));
  }

  /** Looks whether something is left to end. */
  check(): void {
    if (!this.#gone || !this.#told || this.#leaving) return;
    const running = this.#containers.filter(isRunning);
    const sidecars = running.filter(({ role }) => role === 'sidecar');
    if (running.length > sidecars.length) return;
    const left = Math.max(0, (this.#endsAt - this.#world.elapsed()) / 1000);
    for (const life of sidecars) if (!life.timers.kill) this.stop(life, left);
    if (sidecars.length > 0) return;
    this.#leave(TIMES.remove);
  }

  dispose(): void {
    this.#cancel?.();
  }

  #tell(): void {
    this.#told = true;
    const running = this.#containers.filter(isRunning);
    const left = Math.max(0, (this.#endsAt - this.#world.elapsed()) / 1000);
    for (const life of running) {
      this.#world.tell(normal(life, 'Killing', `Stopping container ${life.spec.name}`));
      if (life.role !== 'sidecar') this.stop(life, left);
    }
    if (running.length === 0) this.#leave(TIMES.nothing);
    else this.check();
  }

  #leave(range: Range): void {
    this.#leaving = true;
    const gone = this.#gone ?? (() => undefined);
    this.#cancel = this.#world.after(between(this.#world.random, range), gone);
  }
}
