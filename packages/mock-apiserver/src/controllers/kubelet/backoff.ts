import type { Backoff } from './container-life.ts';

/** Seconds before something that failed is tried again: 10, 20, 40… up to 300 (`MaxContainerBackOff`). */
export const BACKOFF = { firstMs: 10_000, mostMs: 300_000 };

/** The back-off grows no more after `failures` failures in a row. */
export function backoffMs(failures: number): number {
  return Math.min(BACKOFF.firstMs * 2 ** Math.max(0, failures - 1), BACKOFF.mostMs);
}

/**
 * How long a container that ended at `endedAt` waits from then on; 0 the first time, and again once it had run for twice the longest
 * back-off (client-go `util/flowcontrol` Backoff).
 */
export function waitBeforeRestart(backoff: Backoff | undefined, endedAt: number): number {
  return backoff && endedAt - backoff.at <= 2 * BACKOFF.mostMs ? backoff.ms : 0;
}

/** The back-off after a restart at `now`. */
export function afterRestart(backoff: Backoff | undefined, endedAt: number, now: number): Backoff {
  const waited = waitBeforeRestart(backoff, endedAt);
  return { ms: waited === 0 ? BACKOFF.firstMs : Math.min(waited * 2, BACKOFF.mostMs), at: now };
}

/** A duration as Go prints it: `10s`, `1m20s`, `5m0s`. */
export function goDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}h` : ''}${seconds >= 60 ? `${minutes}m` : ''}${seconds % 60}s`;
}
