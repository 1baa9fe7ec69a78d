import { pollIntervalMs } from './poll-interval.ts';
import type { Source } from './protocol.ts';

/**
 * Whether a source was current when it was `told` of (the server's epoch ms of that message). It is then by every message
 * that follows, until it is told of again. One that is live and was not, as one that is polled, is as of its own moment.
 */
export function isFollowed({ kind, state, objects, current }: Source, told: number): boolean {
  return state === 'live' && current !== null && current >= told && pollIntervalMs(kind, objects) === null;
}
