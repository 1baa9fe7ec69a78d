import type { Kind, Source, SourceState } from '@portolan/shared';
import type { StreamStatus } from '../stream/connection.ts';
import type { SourceAge } from './source-age.ts';

/**
 * Why the picture is not current, a union keyed by `what`: the `server` that streams it is away, it speaks another
 * `protocol`, or the apiserver no longer feeds some `sources`. `asOf` is the moment that is shown, in this browser's
 * epoch milliseconds, `retryAt` the next try where one is planned, `problem` the last failure in the cluster's words.
 */
export type Staleness =
  | {
      what: 'server';
      since: number;
      asOf: number;
      retryAt: number | null;
      phase: 'waiting' | 'connecting' | 'syncing' | 'silent';
    }
  | { what: 'protocol' }
  | { what: 'sources'; kinds: Kind[]; asOf: number; retryAt: number | null; problem: string | null };

/** How long the server may be away before it is said, in milliseconds. */
const PATIENCE = 2_000;

/** States in which a source keeps what it has and fails to get more. */
const TROUBLED: ReadonlySet<SourceState> = new Set(['syncing', 'resuming', 'backoff', 'authFailed']);

/** What staleness is judged by; `now` and `heard` are this browser's clock, `offset` leads to the server's. */
export interface StalenessInput {
  status: StreamStatus;
  heard: number | null;
  sources: readonly Source[];
  ages: readonly SourceAge[];
  offset: number;
  now: number;
}

/** Why the picture is not current, or null when it is, or before there is one. */
export function stalenessOf({ status, heard, sources, ages, offset, now }: StalenessInput): Staleness | null {
  const { connection, behindSince } = status;
  if (connection.state === 'stopped') return { what: 'protocol' };
  if (heard === null) return null;
  if (connection.state !== 'live') {
    if (behindSince === null || now - behindSince <= PATIENCE) return null;
    const retryAt = connection.state === 'waiting' ? connection.retryAt : null;
    return { what: 'server', since: behindSince, asOf: Math.min(heard, behindSince), retryAt, phase: connection.state };
  }
  if (status.silentSince !== null) {
    return { what: 'server', since: status.silentSince, asOf: heard, retryAt: null, phase: 'silent' };
  }
  const serverNow = now + offset;
  const failing = sources.filter(
    ({ state, problem, current }) =>
      TROUBLED.has(state) && problem !== null && current !== null && serverNow - current > PATIENCE,
  );
  const old = ages.filter(({ kind, state }) => state === 'stale' || failing.some((one) => one.kind === kind));
  if (old.length === 0) return null;
  const troubled = sources.filter(({ kind }) => old.some((one) => one.kind === kind));
  const retries = troubled.flatMap(({ retryAt }) => retryAt ?? []);
  return {
    what: 'sources',
    kinds: old.map(({ kind }) => kind),
    asOf: now - Math.max(...old.map(({ age }) => age)),
    retryAt: retries.length === 0 ? null : Math.min(...retries) - offset,
    problem: troubled.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}
