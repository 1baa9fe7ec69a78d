/**
 * How many pods a `maxSurge` or `maxUnavailable` means: a percentage of `desired`, rounded up for surge and down for
 * unavailable (Kubernetes' pkg/util/intstr GetScaledValueFromIntOrPercent as called by ResolveFenceposts).
 */
export function rolloutAmount(given: number | string, desired: number, round: 'up' | 'down'): number {
  if (typeof given === 'number') return given;
  const share = (Number.parseFloat(given) / 100) * desired;
  return round === 'up' ? Math.ceil(share) : Math.floor(share);
}

/**
 * Both amounts together: they are never both 0, since then no rollout could go on; Kubernetes then takes one pod away
 * (pkg/controller/deployment/util ResolveFenceposts).
 */
export function rolloutAmounts(
  surge: number | string,
  unavailable: number | string,
  desired: number,
): { surge: number; unavailable: number } {
  const up = rolloutAmount(surge, desired, 'up');
  const down = rolloutAmount(unavailable, desired, 'down');
  return { surge: up, unavailable: up === 0 && down === 0 ? 1 : down };
}
