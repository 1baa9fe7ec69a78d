import type { Cancel, StoppableClock } from './clock.ts';

/** A clock that moves only when told. */
export interface FakeClock extends StoppableClock {
  /** Lets `ms` simulated milliseconds pass, running what falls due on the way, including what that schedules. */
  advance(ms: number): void;
}

/** A fake clock that starts at `start` (epoch ms); the wall's time passes `speed` times slower than the simulated. */
export function fakeClock(start = Date.UTC(2026, 0, 1), speed = 1): FakeClock {
  let now = 0;
  let calls = 0;
  let stopped = false;
  let pending: { at: number; order: number; run: () => void }[] = [];

  /** Removes and answers what falls due first, if by `limit`. */
  const takeDue = (limit: number) => {
    let first: (typeof pending)[number] | undefined;
    for (const entry of pending) {
      if (entry.at > limit) continue;
      if (!first || entry.at < first.at || (entry.at === first.at && entry.order < first.order)) first = entry;
    }
    if (first) pending = pending.filter((entry) => entry !== first);
    return first;
  };

  return {
    now: () => Math.floor(start + now / speed),
    elapsed: () => now,
    after(ms, run): Cancel {
      if (stopped) return () => undefined;
      calls += 1;
      const entry = { at: now + Math.max(0, Math.round(ms)), order: calls, run };
      pending.push(entry);
      return () => {
        pending = pending.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const limit = now + Math.round(ms);
      for (let due = takeDue(limit); due; due = takeDue(limit)) {
        now = due.at;
        due.run();
      }
      now = limit;
    },
    stop() {
      stopped = true;
      pending = [];
    },
  };
}
