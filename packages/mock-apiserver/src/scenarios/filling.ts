import type { Random } from '@portolan/shared';
import type { AddressPool } from '../api/address-pool.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';

/** What a scenario fills a store with, before its controllers start. */
export interface Filling {
  store: Store;
  addresses: AddressPool;
  random: Random;
  /** The present, in epoch ms. */
  now: number;
  /** Writes the namespaces and nodes that every cluster begins with, at the time of a clock. */
  seed(clock: Clock): void;
  report(error: unknown): void;
}

/** What goes on by itself in a cluster works with this. */
export interface Living {
  store: Store;
  clock: Clock;
  seed: number;
}
