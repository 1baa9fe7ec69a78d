import type { Kind } from './entity/entity.ts';
import { kindRow } from './kinds.ts';

/** What may be sent to viewers on account of a polled kind, in the long run: were all of its objects to change each time. */
const CHANGES_PER_S = 500;

/** After how many ms a kind that cannot be watched is listed again, the more seldom the larger it is; null when it is watched. */
export function pollIntervalMs(kind: Kind, objects: number, pollMs = kindRow(kind).read.pollMs): number | null {
  return pollMs === null ? null : Math.max(pollMs, (objects / CHANGES_PER_S) * 1000);
}
