import type { Kind, Source } from '@portolan/shared';

/**
 * All that is known of one kind's source, beyond what travels to every viewer. Moments are the server's epoch ms, null
 * before the first; counters count from the start of the process. `generation` counts starts and stops; `version` is
 * the last one that was read; `syncs` and `resumes` count by what led to them; `backoffMs` is the wait under way;
 * `syncMs` is how long the last sync took; `regressions` counts versions that went backwards. `lagMs` is our own share
 * of an event's way alone: from taking a chunk off the network to the commit of its last event; how long the apiserver
 * held an event cannot be told, for its objects bear no time of writing.
 */
export interface SourceReport extends Source {
  generation: number;
  version: string | null;
  bookmarkAt: number | null;
  eventAt: number | null;
  streamSince: number | null;
  syncs: Record<string, number>;
  resumes: Record<string, number>;
  failures: number;
  backoffMs: number | null;
  malformed: number;
  quarantined: number;
  audits: number;
  auditMismatches: number;
  regressions: number;
  events: number;
  syncMs: number | null;
  lagMs: number | null;
}

/** What keeps one kind read, as its cluster sees it. */
export interface KindReader {
  readonly kind: Kind;
  /** It has been read whole once, whatever happened since. */
  readonly synced: boolean;
  start(): void;
  /** Nothing is opened and nothing is written afterwards. */
  stop(): void;
  source(): Source;
  report(): SourceReport;
  /** Whatever it waits for, it tries at once. */
  wake(): void;
  /** Whether it is needed may have changed. */
  reconsider(): void;
  /** Goes on at the same version over another connection, should this one have been half-open since that moment. */
  reopen(silentSince: number): void;
  /** Goes on as it is: the silence that has ended was short, yet what happened in it may not have come. */
  unsure(silentSince: number): void;
  /** Versions begin anew: it reads everything again, by content. */
  renew(): void;
}
