import type { Clock } from '../stream/ports.ts';

/** How often changes are drawn or told at most, in milliseconds: nobody reads faster. */
export const CHANGES_MS = 250;

/** Something that is done when it is asked for, but not more often than so. */
export interface Often {
  /** Does it now, or as soon as it may be done again; once, however often it is asked for meanwhile. */
  ask(): void;
  /** Does no more of it. */
  stop(): void;
}

/** Does `run` at most once in so many milliseconds; what is asked for in quiet is done at once. */
export function atMost(milliseconds: number, clock: Clock, run: () => void): Often {
  let done = Number.NEGATIVE_INFINITY;
  let due: (() => void) | null = null;
  let stopped = false;
  const go = () => {
    due = null;
    done = clock.now();
    run();
  };
  return {
    ask() {
      if (stopped || due !== null) return;
      const wait = done + milliseconds - clock.now();
      // A clock that was set back is not waited for.
      if (wait <= 0 || wait > milliseconds) go();
      else due = clock.after(wait, go);
    },
    stop() {
      stopped = true;
      due?.();
      due = null;
    },
  };
}
