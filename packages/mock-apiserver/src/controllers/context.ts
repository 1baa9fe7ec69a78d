import type { Random } from '@portolan/shared';
import type { AddressPool } from '../api/address-pool.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { EventRecorder } from './event-recorder.ts';

/** What every controller works with. */
export interface ControllerContext {
  store: Store;
  /** The cluster's clock; a controller-manager's and a scheduler's stand still while nobody leads. */
  clock: Clock;
  random: Random;
  /** Where services' addresses come from. */
  addresses: AddressPool;
  events: EventRecorder;
  /** Told of a reconcile that failed in a way no retry explains. */
  report(error: unknown): void;
}

/** A whole number between `low` and `high`. */
export function between(random: Random, [low, high]: readonly [number, number]): number {
  return Math.round(low + random() * (high - low));
}
