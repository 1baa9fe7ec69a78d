import type { Lease } from '../api/coordination.ts';
import type { LeaseEntity } from '../entity/policy.ts';
import { epochMs } from '../print/time.ts';
import { projectCommon } from './common.ts';
import { withContentVersion } from './content-version.ts';

/**
 * Renewals within this many ms are one. Leaders renew every 2 s and lose their lease after 15 s: rounded to 20 s, a lease is
 * three changes a minute in place of thirty, and a leader that has gone silent is told after at most 35 s.
 */
export const LEASE_STEP_MS = 20_000;

/** A Lease; that it was renewed within the same step is no change, since its version is made of what is kept of it. */
export function projectLease(lease: Lease): LeaseEntity {
  const { holderIdentity, acquireTime, renewTime, leaseDurationSeconds, leaseTransitions } = lease.spec ?? {};
  const renewed = epochMs(renewTime);
  return withContentVersion({
    kind: 'Lease',
    ...projectCommon('Lease', lease),
    health: holderIdentity ? 'ok' : 'warning',
    holder: holderIdentity || null,
    acquired: epochMs(acquireTime),
    renewed: renewed === null ? null : Math.floor(renewed / LEASE_STEP_MS) * LEASE_STEP_MS,
    durationMs: leaseDurationSeconds === undefined ? null : leaseDurationSeconds * 1000,
    transitions: leaseTransitions ?? 0,
  });
}

/**
 * How long, at the least, the holder of a lease has not renewed it (ms; `now` by the cluster's clock). Null when it was
 * never renewed. A leader is lost for certain once this is more than `durationMs`.
 */
export function leaderSilentMs({ renewed }: Pick<LeaseEntity, 'renewed'>, now: number): number | null {
  return renewed === null ? null : Math.max(0, now - renewed - LEASE_STEP_MS);
}
