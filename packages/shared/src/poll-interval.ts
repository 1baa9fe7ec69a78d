import type { Kind } from './entity/entity.ts';

/** Kinds that cannot be watched, and after how many ms each is listed again at the soonest: metrics-server looks so often. */
export const POLL_MS: Readonly<Partial<Record<Kind, number>>> = { NodeMetrics: 30_000, PodMetrics: 30_000 };

/** What may be sent to viewers on account of a polled kind, in the long run: were all of its objects to change each time. */
const CHANGES_PER_S = 500;

/** After how many ms a kind that cannot be watched is listed again, the more seldom the larger it is; null when it is watched. */
export function pollIntervalMs(kind: Kind, objects: number, pollMs = POLL_MS[kind] ?? null): number | null {
  return pollMs === null ? null : Math.max(pollMs, (objects / CHANGES_PER_S) * 1000);
}
