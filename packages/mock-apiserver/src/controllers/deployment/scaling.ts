import type { Deployment, ReplicaSet } from '@portolan/shared';
import type { ControllerContext } from '../context.ts';
import { available, isRolling, maxSurge, maxUnavailable, newReplicas, wanted } from './limits.ts';
import { byAge, desiredOf, maxOf, type Revisions, recordScaling, sizeAnnotations } from './revisions.ts';

/** Resizes a ReplicaSet and notes for which Deployment size; true when the number changed (`scaleReplicaSet`). */
export function scaleSet(
  context: ControllerContext,
  deployment: Deployment,
  set: ReplicaSet,
  replicas: number,
): boolean {
  const current = set.spec.replicas ?? 0;
  context.store.update('replicasets.apps', set.metadata, (draft) => {
    draft.spec.replicas = replicas;
    draft.metadata.annotations = { ...draft.metadata.annotations, ...sizeAnnotations(deployment) };
    return draft;
  });
  if (current === replicas) return false;
  recordScaling(context, deployment, set.metadata.name, current < replicas ? 'up' : 'down', replicas);
  return true;
}

const active = (sets: readonly ReplicaSet[]) => sets.filter(({ spec }) => (spec.replicas ?? 0) > 0);

/** Whether the Deployment was resized since its ReplicaSets were (`isScalingEvent`). */
export function isScaling(deployment: Deployment, sets: readonly ReplicaSet[]): boolean {
  return active(sets).some((set) => {
    const desired = desiredOf(set);
    return desired !== undefined && desired !== (deployment.spec.replicas ?? 1);
  });
}

/** Makes the new ReplicaSet as large as it may be now; true when it changed. */
export function growNewest(context: ControllerContext, deployment: Deployment, { newest, old }: Revisions): boolean {
  if (!newest) return false;
  const current = newest.spec.replicas ?? 0;
  const replicas = deployment.spec.replicas ?? 1;
  if (current === replicas) return false;
  const next = current > replicas ? replicas : newReplicas(deployment, [...old, newest], current);
  return scaleSet(context, deployment, newest, next);
}

/** Takes up to `most` pods that are not available from the old sets, oldest first (`cleanupUnhealthyReplicas`). */
function dropUnhealthy(
  context: ControllerContext,
  deployment: Deployment,
  old: ReplicaSet[],
  most: number,
): ReplicaSet[] {
  let dropped = 0;
  return [...old].sort(byAge).map((set) => {
    const replicas = set.spec.replicas ?? 0;
    const drop = Math.min(most - dropped, replicas - (set.status?.availableReplicas ?? 0));
    if (replicas === 0 || drop <= 0) return set;
    dropped += drop;
    scaleSet(context, deployment, set, replicas - drop);
    return context.store.need('replicasets.apps', set.metadata);
  });
}

/**
 * Shrinks the old ReplicaSets as far as the minimum available allows, unhealthy pods first, oldest set first; true when
 * any changed (`reconcileOldReplicaSets` in `pkg/controller/deployment/rolling.go`).
 */
export function shrinkOld(context: ControllerContext, deployment: Deployment, { newest, old }: Revisions): boolean {
  if (!newest || wanted(old) === 0) return false;
  const minAvailable = (deployment.spec.replicas ?? 1) - maxUnavailable(deployment);
  const newUnavailable = (newest.spec.replicas ?? 0) - (newest.status?.availableReplicas ?? 0);
  const most = wanted([...old, newest]) - minAvailable - newUnavailable;
  if (most <= 0) return false;
  const left = dropUnhealthy(context, deployment, old, most);
  let changed = left.some((set) => !old.includes(set));
  let spare = available([...left, newest]) - minAvailable;
  for (const set of left) {
    const replicas = set.spec.replicas ?? 0;
    const drop = Math.min(replicas, spare);
    if (replicas === 0 || drop <= 0) continue;
    spare -= drop;
    scaleSet(context, deployment, set, replicas - drop);
    changed = true;
  }
  return changed;
}

/** What is left of the new rollout's own share when everything wanted is up (`IsSaturated`). */
function isSaturated(deployment: Deployment, newest: ReplicaSet | undefined): boolean {
  const replicas = deployment.spec.replicas ?? 1;
  return (
    newest !== undefined &&
    desiredOf(newest) === replicas &&
    (newest.spec.replicas ?? 0) === replicas &&
    (newest.status?.availableReplicas ?? 0) === replicas
  );
}

/** One set's share of a change in size, of which `added` is already given out (`GetProportion`). */
function share(deployment: Deployment, set: ReplicaSet, change: number, added: number): number {
  const size = set.spec.replicas ?? 0;
  if (size === 0 || change === 0 || change === added) return 0;
  const replicas = deployment.spec.replicas ?? 1;
  const annotated = maxOf(set) ?? deployment.status?.replicas ?? replicas;
  const target = replicas === 0 ? 0 : Math.round((size * (replicas + maxSurge(deployment))) / annotated);
  const fraction = target - size;
  return change > 0 ? Math.min(fraction, change - added) : Math.max(fraction, change - added);
}

/** Gives a change in size to all active sets by their share, the remainder to the largest (`scale` in sync.go). */
function scaleProportionally(context: ControllerContext, deployment: Deployment, sets: ReplicaSet[]): void {
  const replicas = deployment.spec.replicas ?? 1;
  const change = (replicas > 0 ? replicas + maxSurge(deployment) : 0) - wanted(sets);
  const newerFirst = change > 0 ? -1 : 1;
  const largest = [...sets].sort((a, b) => (b.spec.replicas ?? 0) - (a.spec.replicas ?? 0) || newerFirst * byAge(a, b));
  let added = 0;
  const sizes = largest.map((set) => {
    const part = share(deployment, set, change, added);
    added += part;
    return (set.spec.replicas ?? 0) + part;
  });
  for (const [index, set] of largest.entries()) {
    const leftover = index === 0 && change !== 0 ? change - added : 0;
    scaleSet(context, deployment, set, Math.max(0, (sizes[index] ?? 0) + leftover));
  }
}

/** Follows a Deployment's new size without rolling anything (`scale` in `pkg/controller/deployment/sync.go`). */
export function followSize(context: ControllerContext, deployment: Deployment, { newest, old }: Revisions): void {
  const all = newest ? [...old, newest] : old;
  const running = active(all);
  const only =
    running.length === 0 ? (newest ?? [...old].sort(byAge).at(-1)) : running.length === 1 ? running[0] : undefined;
  if (only) {
    scaleSet(context, deployment, only, deployment.spec.replicas ?? 1);
  } else if (isSaturated(deployment, newest)) {
    for (const set of active(old)) scaleSet(context, deployment, set, 0);
  } else if (isRolling(deployment)) scaleProportionally(context, deployment, running);
}
