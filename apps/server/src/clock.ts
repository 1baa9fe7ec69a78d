/**
 * Time and chance, as parameters: everything that waits, dates or jitters takes one, so that tests decide both.
 * `now` is the wall clock in epoch ms and is only ever shown; `monotonic` (ms, arbitrary origin) is what is scheduled by.
 */
export interface Clock {
  now(): number;
  monotonic(): number;
  /** Runs once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Resolves after `ms`, or at once when the signal aborts; never rejects. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(ms, done);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** Milliseconds that work may go on before others have their turn. */
const TURN_MS = 8;

/** Works until `step` answers false, some milliseconds at a stretch; rejects when the signal aborts between two. */
export async function inTurns(clock: Clock, signal: AbortSignal, step: () => boolean): Promise<void> {
  let until = clock.monotonic() + TURN_MS;
  while (step()) {
    if (clock.monotonic() < until) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    until = clock.monotonic() + TURN_MS;
  }
}
