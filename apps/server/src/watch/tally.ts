import type { Source } from '@portolan/shared';
import type { SourceReport } from './kind-reader.ts';

/** The counters of one source. */
export class Tally {
  generation = 0;
  bookmarkAt: number | null = null;
  eventAt: number | null = null;
  streamSince: number | null = null;
  syncs: Record<string, number> = {};
  resumes: Record<string, number> = {};
  failures = 0;
  backoffMs: number | null = null;
  malformed = 0;
  audits = 0;
  auditMismatches = 0;
  regressions = 0;
  events = 0;
  syncMs: number | null = null;
  lagMs: number | null = null;

  /** Counts one more of `of` under a reason. */
  count(of: 'syncs' | 'resumes', reason: string): void {
    this[of][reason] = (this[of][reason] ?? 0) + 1;
  }

  /** As it stands, apart from what goes on. */
  report(): Omit<SourceReport, 'version' | 'quarantined' | keyof Source> {
    return { ...this, syncs: { ...this.syncs }, resumes: { ...this.resumes } };
  }
}
