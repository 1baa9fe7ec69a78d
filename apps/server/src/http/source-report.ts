import { source } from '@portolan/shared';
import { z } from 'zod';

const moment = z.number().nullable();
const count = z.number().int();
const countsByReason = z.record(z.string(), count);

/**
 * One kind's source with everything that is known of it. Moments are the server's epoch ms, null before the first;
 * counters count from the start of the process, those by reason by what led to them. `generation` counts starts and
 * stops; `version` is the last resource version that was read; `backoffMs` the wait under way; `syncMs` how long the last
 * whole read took; `regressions` counts versions that went backwards; `lagMs` is the server's own share of an event's
 * way, from taking a chunk off the network to the commit of its last event.
 */
export const sourceReport = z.object({
  ...source.shape,
  generation: count,
  version: z.string().nullable(),
  bookmarkAt: moment,
  eventAt: moment,
  streamSince: moment,
  syncs: countsByReason,
  resumes: countsByReason,
  failures: count,
  backoffMs: z.number().nullable(),
  malformed: count,
  quarantined: count,
  audits: count,
  auditMismatches: count,
  regressions: count,
  events: count,
  syncMs: z.number().nullable(),
  lagMs: z.number().nullable(),
});
