import { type Deployment, fromLabelSelector, type ReplicaSet } from '@portolan/shared';
import type { ControllerContext } from '../context.ts';
import { fromKey, toKey } from '../object-key.ts';
import { claim, controllerOf } from '../ownership.ts';
import { isEnded } from '../pod-state.ts';
import { Since } from '../since.ts';
import { WorkQueue } from '../work-queue.ts';
import { conditionOf, hasDeadline, newCondition, PROGRESSING, withCondition } from './conditions.ts';
import { isRolling } from './limits.ts';
import { type Revisions, revisionOf, syncRevisions } from './revisions.ts';
import { followSize, growNewest, isScaling, scaleSet, shrinkOld } from './scaling.ts';
import { calculateStatus, failureStatus, isComplete, progressStatus, writeStatus } from './status.ts';

const NO_LIMIT = 2_147_483_647;

const all = ({ newest, old }: Revisions) => (newest ? [...old, newest] : old);

/** Notes a pause and its end in the Progressing condition (`checkPausedConditions`). */
function notePause(context: ControllerContext, deployment: Deployment): Deployment {
  const conditions = deployment.status?.conditions ?? [];
  const condition = conditionOf(conditions, PROGRESSING);
  if (!hasDeadline(deployment) || condition?.reason === 'ProgressDeadlineExceeded') return deployment;
  const noted = condition?.reason === 'DeploymentPaused';
  const paused = deployment.spec.paused === true;
  if (paused === noted) return deployment;
  const [reason, message] = paused
    ? ['DeploymentPaused', 'Deployment is paused']
    : ['DeploymentResumed', 'Deployment is resumed'];
  const next = newCondition(PROGRESSING, 'Unknown', reason, message, context.clock.now());
  return writeStatus(context, deployment, { ...deployment.status, conditions: withCondition(conditions, next) });
}

/** Deletes the oldest revisions beyond the limit that nothing runs in (`cleanupDeployment`). */
function forgetOld(context: ControllerContext, { spec }: Deployment, old: readonly ReplicaSet[]): void {
  const limit = spec.revisionHistoryLimit ?? NO_LIMIT;
  const alive = old.filter(({ metadata }) => !metadata.deletionTimestamp);
  if (limit === NO_LIMIT || alive.length <= limit) return;
  const oldest = [...alive].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, alive.length - limit);
  for (const set of oldest) {
    const idle = !set.status?.replicas && !set.spec.replicas;
    if (idle && (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 0)) {
      context.store.delete('replicasets.apps', set.metadata);
    }
  }
}

function tellProgress(context: ControllerContext, since: Since, { deployment, ...sets }: Revisions): void {
  const now = context.clock.now();
  const { uid } = deployment.metadata;
  const status = calculateStatus(deployment, all({ deployment, ...sets }), sets.newest, now);
  const next = progressStatus(deployment, status, sets.newest, now, (time) => since.of(uid, time));
  const [before, after] = [deployment.status, next].map((told) => conditionOf(told?.conditions, PROGRESSING));
  if (after && after !== before) since.restart(uid, after.lastUpdateTime ?? '');
  writeStatus(context, deployment, failureStatus(next, [sets.newest, ...sets.old], now));
}

function rollOut(context: ControllerContext, since: Since, deployment: Deployment, sets: ReplicaSet[]): void {
  const revisions = syncRevisions(context, deployment, sets, true);
  // One action a turn; the status told is of the sets as they were before it.
  if (!growNewest(context, revisions.deployment, revisions) && !shrinkOld(context, revisions.deployment, revisions)) {
    if (isComplete(revisions.deployment, revisions.deployment.status)) {
      forgetOld(context, revisions.deployment, revisions.old);
    }
  }
  tellProgress(context, since, revisions);
}

/** Whether any pod of an older revision still runs (`oldPodsRunning`). */
function oldPodsRun({ store }: ControllerContext, { newest, old }: Revisions): boolean {
  return old
    .filter((set) => set.metadata.uid !== newest?.metadata.uid)
    .some(({ metadata }) => store.by('pods', 'controller', metadata.uid).some((pod) => !isEnded(pod)));
}

function recreate(context: ControllerContext, since: Since, deployment: Deployment, sets: ReplicaSet[]): void {
  let revisions = syncRevisions(context, deployment, sets, false);
  const running = revisions.old.filter(({ spec }) => (spec.replicas ?? 0) > 0);
  for (const set of running) scaleSet(context, revisions.deployment, set, 0);
  if (running.length === 0 && !oldPodsRun(context, revisions)) {
    if (!revisions.newest) revisions = syncRevisions(context, revisions.deployment, sets, true);
    growNewest(context, revisions.deployment, revisions);
    if (isComplete(revisions.deployment, revisions.deployment.status)) {
      forgetOld(context, revisions.deployment, revisions.old);
    }
  }
  tellProgress(context, since, revisions);
}

/** Only sizes and status: while paused, and in the turn after a resize (`sync` in sync.go). */
function followOnly(context: ControllerContext, deployment: Deployment, sets: ReplicaSet[]): void {
  const revisions = syncRevisions(context, deployment, sets, false);
  followSize(context, revisions.deployment, revisions);
  if (deployment.spec.paused) forgetOld(context, revisions.deployment, revisions.old);
  const status = calculateStatus(revisions.deployment, all(revisions), revisions.newest, context.clock.now());
  writeStatus(context, revisions.deployment, status);
}

/**
 * Rolls Deployments out through their ReplicaSets: rolling updates and Recreate, pause and resume, resizing in
 * mid-rollout, history and undo (`pkg/controller/deployment`).
 */
export function startDeploymentController(context: ControllerContext): void {
  const { store, clock } = context;
  const since = new Since(clock);
  const queue = new WorkQueue(context, (key) => {
    const found = store.get('deployments.apps', fromKey(key));
    if (!found || found.metadata.deletionTimestamp) return;
    const sets = claim(store, 'replicasets.apps', found, fromLabelSelector(found.spec.selector));
    let deployment = notePause(context, found);
    let resized = false;
    if (!deployment.spec.paused) {
      const revisions = syncRevisions(context, deployment, sets, false);
      deployment = revisions.deployment;
      resized = isScaling(deployment, all(revisions));
    }
    if (deployment.spec.paused || resized) followOnly(context, deployment, sets);
    else if (isRolling(deployment)) rollOut(context, since, deployment, sets);
    else recreate(context, since, deployment, sets);
    recheckDeadline(key);
  });
  const recheckDeadline = (key: string) => {
    const deployment = store.get('deployments.apps', fromKey(key));
    const condition = conditionOf(deployment?.status?.conditions, PROGRESSING);
    if (!deployment || !hasDeadline(deployment) || deployment.spec.paused || condition?.status !== 'True') return;
    if (condition.reason === 'NewReplicaSetAvailable' && isComplete(deployment, deployment.status)) return;
    const passed = since.of(deployment.metadata.uid, condition.lastUpdateTime ?? '');
    const left = (deployment.spec.progressDeadlineSeconds ?? 0) * 1000 + 1000 - passed;
    if (left > 0) queue.addAfter(key, left);
  };
  store.watch('deployments.apps', store.version, ({ type, object, previous }) => {
    const { uid } = object.metadata;
    if (type === 'DELETED') {
      since.forget(uid);
      return;
    }
    const [before, after] = [previous, object].map((told) => conditionOf(told?.status?.conditions, PROGRESSING));
    if (after && after !== before) since.restart(uid, after.lastUpdateTime ?? '');
    queue.add(toKey(object));
  });
  store.watch('replicasets.apps', store.version, ({ object }) => {
    const owner = controllerOf(object);
    if (owner?.kind === 'Deployment') queue.add(`${object.metadata.namespace}/${owner.name}`);
  });
  store.watch('pods', store.version, ({ type, object }) => {
    // Recreate waits for the last old pod to be gone.
    if (type !== 'DELETED') return;
    const owner = controllerOf(object);
    const set = owner && store.get('replicasets.apps', { namespace: object.metadata.namespace, name: owner.name });
    const deployment = set && controllerOf(set);
    if (deployment) queue.add(`${object.metadata.namespace}/${deployment.name}`);
  });
  for (const deployment of store.list('deployments.apps')) queue.add(toKey(deployment));
}
