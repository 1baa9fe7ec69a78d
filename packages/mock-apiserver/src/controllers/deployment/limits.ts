import type { Deployment, IntOrString, ReplicaSet } from '@portolan/shared';

function scaled(value: IntOrString | undefined, total: number, round: (value: number) => number): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  return value.endsWith('%') ? round((Number.parseFloat(value) * total) / 100) : Number(value);
}

/** Surge rounds up, unavailable down, and both zero means one unavailable (`ResolveFenceposts`). */
function fenceposts({ spec }: Deployment): { surge: number; unavailable: number } {
  const replicas = spec.replicas ?? 1;
  const surge = scaled(spec.strategy?.rollingUpdate?.maxSurge, replicas, Math.ceil);
  const unavailable = scaled(spec.strategy?.rollingUpdate?.maxUnavailable, replicas, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

export function isRolling({ spec }: Deployment): boolean {
  return spec.strategy?.type !== 'Recreate';
}

export function maxSurge(deployment: Deployment): number {
  return isRolling(deployment) ? fenceposts(deployment).surge : 0;
}

export function maxUnavailable(deployment: Deployment): number {
  const replicas = deployment.spec.replicas ?? 1;
  if (!isRolling(deployment) || replicas === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, replicas);
}

export function wanted(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, { spec }) => sum + (spec.replicas ?? 0), 0);
}

export function available(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, { status }) => sum + (status?.availableReplicas ?? 0), 0);
}

/** How large the new ReplicaSet may be now (`NewRSNewReplicas`). */
export function newReplicas(deployment: Deployment, all: readonly ReplicaSet[], current: number): number {
  const replicas = deployment.spec.replicas ?? 1;
  if (!isRolling(deployment)) return replicas;
  const room = replicas + maxSurge(deployment) - wanted(all);
  return room <= 0 ? current : current + Math.min(room, replicas - current);
}
