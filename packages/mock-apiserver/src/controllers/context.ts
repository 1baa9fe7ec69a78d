import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Store } from '../store/store.ts';
import type { EventRecorder } from './event-recorder.ts';

/** What every controller works with. */
export interface ControllerContext {
  store: Store;
  clock: Clock;
  random: Random;
  events: EventRecorder;
  /** Told of a reconcile that failed in a way no retry explains. */
  report(error: unknown): void;
}

/** A whole number between `low` and `high`. */
export function between(random: Random, [low, high]: readonly [number, number]): number {
  return Math.round(low + random() * (high - low));
}
