import type { Kind, Source } from '@portolan/shared';

/** How fresh one kind is. `age` is milliseconds since it was last known to be the whole truth. */
export interface SourceAge {
  kind: Kind;
  state: 'live' | 'stale' | 'pending' | 'hidden' | 'absent';
  age: number;
}

/** What ages are measured against: the server's clock now, and when this browser last heard the server, on that clock. */
export interface Freshness {
  now: number;
  heard: number | null;
}

const LIMIT = 15_000;
/** A node's lease is renewed every 10 s and given up after 40 s: its own news is never younger. */
const NODE_LIMIT = 60_000;
/** A quiet server speaks every 15 s; a live source is not old between two heartbeats. */
const HEARTBEAT_GRACE = 7_000;

/**
 * How fresh a source is. A live one was confirmed by the last message of the stream; one that is not was last confirmed
 * when it ceased to be, and never later than the stream's last message: without the server nothing is fresh.
 */
export function sourceAge(source: Source, { now, heard }: Freshness): SourceAge {
  const { kind, state } = source;
  if (state === 'forbidden' || state === 'authFailed') return { kind, state: 'hidden', age: 0 };
  if (state === 'absent') return { kind, state: 'absent', age: 0 };
  if (heard === null || source.current === null) return { kind, state: 'pending', age: 0 };
  const confirmed = state === 'live' ? heard : Math.min(source.current, heard);
  const age = Math.max(0, now - confirmed);
  const limit = kind === 'Node' ? NODE_LIMIT : LIMIT + (state === 'live' ? HEARTBEAT_GRACE : 0);
  return { kind, state: age > limit ? 'stale' : 'live', age };
}
