import { between } from '../context.ts';
import { afterRestart } from './backoff.ts';
import { type Behaviour, BehaviourError, type Range, SERVES } from './behaviour.ts';
import { behaviourOf } from './behaviour-of.ts';
import type { ContainerLife, Role } from './container-life.ts';
import type { PodWorld } from './pod-world.ts';

/** How often a container that waits for a Service looks again, in simulated ms. */
const AWAIT_MS = 2000;

/** Called when a run comes to its end by itself. */
type Ended = (life: ContainerLife, code: number, oom?: boolean) => void;

/** The runs of a pod's containers: what each does is drawn from what its image, its command and its pod say. */
export class ContainerRuns {
  readonly #world: PodWorld;
  readonly #ended: Ended;

  constructor(world: PodWorld, ended: Ended) {
    this.#world = world;
    this.#ended = ended;
  }

  /** Begins a run; it ends when its time has come, when the Service that it waits for is there, or not by itself. */
  begin(life: ContainerLife): void {
    const world = this.#world;
    const behaviour = this.#behaviour(life);
    const now = world.elapsed();
    if (life.endedAt !== undefined) life.backoff = afterRestart(life.backoff, life.endedAt, now);
    life.behaviour = behaviour;
    if (life.restarts === 0 && life.endedAt === undefined) life.restarts = behaviour.restarts ?? 0;
    life.startedAt = now;
    life.warmAt = now + this.#draw(behaviour.readyMs ?? [0, 0]);
    life.sickAt = now + (behaviour.unhealthyMs ? this.#draw(behaviour.unhealthyMs) : Number.POSITIVE_INFINITY);
    if (behaviour.awaitsService !== undefined) this.#awaitService(life, behaviour.awaitsService);
    else if (behaviour.runsMs) {
      life.timers.own = world.after(this.#draw(behaviour.runsMs), () => {
        if (!this.#goesOn(life)) this.#ended(life, behaviour.oom ? 137 : (behaviour.exitCode ?? 0), behaviour.oom);
      });
    }
  }

  /** A time from a range that may be for ever. */
  #draw(range: Range): number {
    return range[0] === Number.POSITIVE_INFINITY ? range[0] : between(this.#world.random, range);
  }

  #behaviour(life: ContainerLife): Behaviour {
    try {
      return behaviourOf(this.#world.pod(), life.spec, this.#world.images.behaviour(life.spec.image ?? ''));
    } catch (error) {
      if (!(error instanceof BehaviourError)) throw error;
      this.#world.tell({ type: 'Warning', reason: 'InvalidBehaviour', message: error.message });
      return SERVES;
    }
  }

  /** Whether a run that would end now goes on instead: it is not one of the first, or has what it needs. */
  #goesOn({ restarts, behaviour: { fails, needs } }: ContainerLife): boolean {
    if (fails !== undefined && restarts >= fails) return true;
    if (needs === undefined) return false;
    const { namespace } = this.#world.pod().metadata;
    const subsets = this.#world.store.get('endpoints', { namespace, name: needs })?.subsets ?? [];
    return subsets.some(({ addresses = [] }) => addresses.length > 0);
  }

  #awaitService(life: ContainerLife, name: string): void {
    const { store } = this.#world;
    if (store.get('services', { namespace: this.#world.pod().metadata.namespace, name })) this.#ended(life, 0);
    else life.timers.own = this.#world.after(AWAIT_MS, () => this.#awaitService(life, name));
  }
}

/** Whether a container that ended with this code is started again, by its part in the pod and the pod's policy. */
export function startsAgain(role: Role, restartPolicy: string, code: number): boolean {
  if (role === 'sidecar') return true;
  const policy = role === 'init' && restartPolicy === 'Always' ? 'OnFailure' : restartPolicy;
  return policy === 'Always' || (policy === 'OnFailure' && code !== 0);
}
