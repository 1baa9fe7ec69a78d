import type { Random } from '@portolan/shared';
import type { Clock } from '../../apps/server/src/clock.ts';

/** A clock that can be ended: nothing that waits on it runs after `stop`. */
export interface ScaledClock extends Clock {
  /** Resolves after so many of its own milliseconds; never once the clock is stopped. */
  pause(ms: number): Promise<void>;
  /** Stands still until what is answered is called: for what this process does on other threads. */
  hold(): () => void;
  stop(): void;
}

interface Timer {
  at: number;
  run: () => void;
}

const TICK_MS = 5;

/**
 * A clock `factor` times as fast as the machine's, at most: it goes on by ticks of 5 real milliseconds, one each turn of the
 * event loop that is late enough. A machine that is busy makes it slower instead of making time-outs come before the
 * answers that are under way, so that what happens by it hangs on what the process does and not on who else computes.
 * What is done on other threads (zlib's) is waited for by `hold`.
 * It begins at the machine's own time of day. Chance comes from `random`, so that a seed decides every jitter.
 */
export function scaledClock(factor: number, random: Random): ScaledClock {
  if (!(factor > 0) || !Number.isFinite(factor))
    throw new RangeError(`the factor must be a positive number, not ${factor}`);
  const began = Date.now();
  const waiting = new Set<Timer>();
  const holds = new Set<object>();
  let passed = 0;
  let earliest = Number.POSITIVE_INFINITY;
  let ticking: NodeJS.Timeout | null = null;
  const runDue = () => {
    const due = [...waiting].filter(({ at }) => at <= passed).sort((a, b) => a.at - b.at);
    for (const timer of due) {
      // One that ran may have cancelled another.
      if (waiting.delete(timer)) timer.run();
    }
    earliest = Math.min(...[...waiting].map(({ at }) => at));
  };
  const tick = () => {
    ticking = setTimeout(tick, TICK_MS);
    if (holds.size > 0) return;
    passed += factor * TICK_MS;
    if (passed >= earliest) runDue();
  };
  ticking = setTimeout(tick, TICK_MS);
  const after = (ms: number, run: () => void) => {
    if (ticking === null) return () => undefined;
    const timer = { at: passed + Math.max(0, ms), run };
    waiting.add(timer);
    earliest = Math.min(earliest, timer.at);
    return () => void waiting.delete(timer);
  };
  return {
    now: () => began + passed,
    monotonic: () => passed,
    after,
    random,
    pause: (ms) => new Promise((resolve) => after(ms, resolve)),
    hold() {
      const held = {};
      holds.add(held);
      return () => void holds.delete(held);
    },
    stop() {
      if (ticking !== null) clearTimeout(ticking);
      ticking = null;
      waiting.clear();
    },
  };
}
