import type { FaultKind, FaultParam, Random } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import type { ApiFaults } from './api-faults.ts';
import type { FaultValues } from './fault-values.ts';

/** What faults act on. `random` is a source of their own; `wall` counts real time. */
export interface FaultWorld {
  cluster: Cluster;
  api: ApiFaults;
  wall: Clock;
  random: Random;
}

/** One row of the table of faults. */
export interface FaultRow extends Omit<FaultKind, 'params'> {
  /** The parameters, with the choices that the cluster offers, at most so many of each. */
  params(world: FaultWorld, most: number): readonly FaultParam[];
  /**
   * Begins it; `met` is to be called for each thing it befalls. The answered function ends it and mends what it broke; a fault
   * that does not last answers none. May throw ApiError, or FaultError where the cluster as it stands has no use for it.
   */
  begin(world: FaultWorld, values: FaultValues, met: () => void): (() => void) | undefined;
}
