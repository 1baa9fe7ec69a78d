/** Undoes a pending {@link Clock.after}; harmless once it ran. */
export type Cancel = () => void;

/**
 * Time as the embedded cluster lives it. `now` is epoch milliseconds of the wall; `elapsed` are the simulated ones since
 * the clock began; `after` runs once when `ms` simulated milliseconds have passed, never synchronously, in order of due
 * time and then of the calls.
 */
export interface Clock {
  now(): number;
  elapsed(): number;
  after(ms: number, run: () => void): Cancel;
}

/** A clock that can be ended: nothing runs after `stop`, neither what is pending nor what is asked for later. */
export interface StoppableClock extends Clock {
  stop(): void;
}

/** The longest a timer of the platform takes: one set for longer would run at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * The wall's clock with delays divided by `speed`, so that a cluster at speed 10 rolls out ten times as fast while its
 * timestamps stay true.
 */
export function wallClock(speed = 1): StoppableClock {
  if (!(speed > 0) || !Number.isFinite(speed)) {
    throw new RangeError(`speed must be a positive number, not ${speed}`);
  }
  const pending = new Set<NodeJS.Timeout>();
  const began = performance.now();
  let stopped = false;
  return {
    now: () => Date.now(),
    elapsed: () => (performance.now() - began) * speed,
    after(ms, run) {
      if (stopped) return () => undefined;
      const timer = setTimeout(
        () => {
          pending.delete(timer);
          run();
        },
        Math.min(Math.max(0, ms) / speed, LONGEST_MS),
      );
      pending.add(timer);
      return () => {
        pending.delete(timer);
        clearTimeout(timer);
      };
    },
    stop() {
      stopped = true;
      for (const timer of pending) clearTimeout(timer);
      pending.clear();
    },
  };
}
