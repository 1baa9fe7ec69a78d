import { isFollowed, type Kind, pollIntervalMs, type Source } from '@portolan/shared';

/** How fresh one kind is. `age` is milliseconds since it was last known to be the whole truth. */
export interface SourceAge {
  kind: Kind;
  state: 'live' | 'stale' | 'pending' | 'hidden' | 'absent';
  age: number;
}

/**
 * What ages are measured against: the server's clock now, when the source was told of and when this browser last heard the
 * server, both on that clock, and whether the stream is live.
 */
export interface Freshness {
  now: number;
  told: number;
  heard: number | null;
  streaming: boolean;
}

const LIMIT = 15_000;
/** A node's lease is renewed every 10 s and given up after 40 s: its own news is never younger. */
const NODE_LIMIT = 60_000;
/** A quiet server speaks every 15 s; a live source is not old between two heartbeats. */
const HEARTBEAT_GRACE = 7_000;

/**
 * How fresh a source is. A live one that was current when it was told of is confirmed by every message of the stream until
 * it is told of again; any other was last confirmed when it says, and never later than the stream's last message: without
 * the server nothing is fresh. One that is polled was last confirmed by its last list, and may miss one.
 */
export function sourceAge(source: Source, { now, told, heard, streaming }: Freshness): SourceAge {
  const { kind, state } = source;
  if (state === 'forbidden') return { kind, state: 'hidden', age: 0 };
  if (state === 'absent') return { kind, state: 'absent', age: 0 };
  if (heard === null || source.current === null) return { kind, state: 'pending', age: 0 };
  const interval = pollIntervalMs(kind, source.objects);
  const confirmed = isFollowed(source, told) ? heard : Math.min(source.current, heard);
  const age = Math.max(0, now - confirmed);
  const limit =
    streaming && interval !== null ? 2 * interval + HEARTBEAT_GRACE : limitOf(kind, streaming, state === 'live');
  return { kind, state: age > limit ? 'stale' : 'live', age };
}

function limitOf(kind: Kind, streaming: boolean, live: boolean): number {
  if (!streaming) return LIMIT;
  if (kind === 'Node') return NODE_LIMIT;
  return live ? LIMIT + HEARTBEAT_GRACE : LIMIT;
}
