import type { NodeFacts } from '../../scenarios/scenario.ts';
import type { ObjectRef } from '../../store/kinds.ts';
import type { NodeTimings } from '../timings.ts';
import type { ProbeKind } from './failing-probes.ts';

/** What a node can be short of; each makes it take no more pods and evict some that it has. */
export type Pressure = 'MemoryPressure' | 'DiskPressure' | 'PIDPressure';

/** Faults and growth of nodes. Each function throws an ApiError NotFound for a node that is not there. */
export interface NodeControl {
  /**
   * Stops the node's kubelet: no leases, no status, and nothing happens to its pods until it goes on. Its annotation
   * `portolan.dev/kubelet` says `stopped`; writing that does the same.
   */
  stop(name: string): void;
  /** Lets a stopped kubelet go on. */
  start(name: string): void;
  isStopped(name: string): boolean;
  /** A node joins the cluster, not ready until its network is there. Throws AlreadyExists for a name that is taken. */
  join(facts: NodeFacts): void;
  /** The node has too little of something, or enough again. */
  setPressure(name: string, pressure: Pressure, under: boolean): void;
  /** Changes how often nodes show signs of life and how long they are waited for, from the next turn on. */
  setTimings(timings: Partial<NodeTimings>): void;
}

/** Faults of pods. Each function throws an ApiError NotFound for a pod that is not there. */
export interface PodControl {
  /**
   * Makes a probe of the pod fail, or heals it. A pod none of whose containers has such a probe behaves as if its first had one.
   * Its annotation `portolan.dev/failing-probes` lists what fails; writing that does the same.
   */
  failProbe(ref: ObjectRef, probe: ProbeKind, failing: boolean): void;
  isFailing(ref: ObjectRef, probe: ProbeKind): boolean;
  /**
   * Ends a container, the first if none is named, with an exit code; with `oom` as one that took too much memory (137). Throws
   * BadRequest where it does not run.
   */
  exit(ref: ObjectRef, container: string | undefined, code: number, options?: { oom?: boolean }): void;
}
