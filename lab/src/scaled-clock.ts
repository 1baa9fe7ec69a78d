import type { Clock } from '../../apps/server/src/clock.ts';
import type { Random } from './random.ts';

/** A clock that can be ended: nothing that waits on it runs after `stop`. */
export interface ScaledClock extends Clock {
  /** Resolves after so many of its own milliseconds; never once the clock is stopped. */
  pause(ms: number): Promise<void>;
  stop(): void;
}

/**
 * The machine's clock `factor` times as fast: a minute of a server and of its viewers passes in a minute divided by it.
 * It begins at the machine's own time of day. Chance comes from `random`, so that a seed decides every jitter.
 */
export function scaledClock(factor: number, random: Random): ScaledClock {
  if (!(factor > 0) || !Number.isFinite(factor))
    throw new RangeError(`the factor must be a positive number, not ${factor}`);
  const began = Date.now();
  const from = performance.now();
  const waiting = new Set<NodeJS.Timeout>();
  let stopped = false;
  const monotonic = () => (performance.now() - from) * factor;
  const after = (ms: number, run: () => void) => {
    if (stopped) return () => undefined;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      run();
    }, ms / factor);
    waiting.add(timer);
    return () => {
      waiting.delete(timer);
      clearTimeout(timer);
    };
  };
  return {
    now: () => began + monotonic(),
    monotonic,
    after,
    random,
    pause: (ms) => new Promise((resolve) => after(ms, resolve)),
    stop() {
      stopped = true;
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };
}
