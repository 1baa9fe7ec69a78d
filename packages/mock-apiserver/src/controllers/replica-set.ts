import {
  type Condition,
  fromLabelSelector,
  fromMap,
  matches,
  type Pod,
  type ReplicaSet,
  type ReplicationController,
  type Selector,
} from '@portolan/shared';
import { ApiError } from '../api-error.ts';
import { toTime } from '../time.ts';
import { untilAvailable } from './availability.ts';
import type { ControllerContext } from './context.ts';
import { createTold, deleteTold } from './create.ts';
import { fromKey, toKey } from './object-key.ts';
import { claim, controllerOf } from './ownership.ts';
import { isActive, isReady } from './pod-state.ts';
import { Since } from './since.ts';
import { victims } from './victims.ts';
import { watchPodsOf } from './watch-owned.ts';
import { WorkQueue } from './work-queue.ts';

type Replicated = ReplicaSet | ReplicationController;
type ReplicatedKey = 'replicasets.apps' | 'replicationcontrollers';

const COMPONENTS = {
  'replicasets.apps': { kind: 'ReplicaSet', component: 'replicaset-controller' },
  replicationcontrollers: { kind: 'ReplicationController', component: 'replication-controller' },
} as const;

/** The condition that says that pods cannot be made. */
export const REPLICA_FAILURE = 'ReplicaFailure';

/** Most pods made in one go (`BurstReplicas`). */
const BURST = 500;

/** Slower than the Deployment controller, whose turns fall between a set's: it makes pods, one request each. */
const LATENCY_MS = 20;

function selectorOf(set: Replicated): Selector {
  return set.kind === 'ReplicationController'
    ? fromMap((set as ReplicationController).spec.selector ?? {})
    : fromLabelSelector((set as ReplicaSet).spec.selector);
}

type Status = NonNullable<ReplicaSet['status']>;

/** The conditions, with ReplicaFailure while pods are refused. */
function conditionsOf(set: Replicated, refusal: ApiError | undefined, now: number): Condition[] {
  const conditions = set.status?.conditions ?? [];
  const known = conditions.some(({ type }) => type === REPLICA_FAILURE);
  if (!refusal) return conditions.filter(({ type }) => type !== REPLICA_FAILURE);
  if (known) return conditions;
  const { message } = refusal;
  const failure = { type: REPLICA_FAILURE, status: 'True', reason: 'FailedCreate', message } as const;
  return [...conditions, { ...failure, lastTransitionTime: toTime(now) }];
}

/** The status that the pods give (`calculateStatus` in `pkg/controller/replicaset/replica_set_utils.go`). */
function statusOf(set: Replicated, pods: readonly Pod[], since: Since, conditions: Condition[]): Status {
  const template = fromMap(set.spec.template?.metadata?.labels ?? {});
  const labelled = pods.filter(({ metadata }) => matches(template, metadata.labels ?? {}));
  const ready = pods.filter(isReady);
  const available = ready.filter((pod) => (untilAvailable(since, pod, set.spec.minReadySeconds ?? 0) ?? 1) <= 0);
  return {
    replicas: pods.length,
    ...(labelled.length > 0 && { fullyLabeledReplicas: labelled.length }),
    ...(ready.length > 0 && { readyReplicas: ready.length }),
    ...(available.length > 0 && { availableReplicas: available.length }),
    observedGeneration: set.metadata.generation ?? 1,
    ...(conditions.length > 0 && { conditions }),
  };
}

/** Pods of every set with the same owner: by them the crowded nodes are known. */
function relatedPods(
  context: ControllerContext,
  set: Replicated,
  key: ReplicatedKey,
  own: readonly Pod[],
): readonly Pod[] {
  const owner = controllerOf(set);
  if (!owner) return own;
  return context.store
    .by(key, 'controller', owner.uid)
    .flatMap(({ metadata }) => context.store.by('pods', 'controller', metadata.uid))
    .filter(isActive);
}

function manage(context: ControllerContext, key: ReplicatedKey, set: Replicated, pods: readonly Pod[]): void {
  const { component } = COMPONENTS[key];
  const missing = (set.spec.replicas ?? 1) - pods.length;
  const { template } = set.spec;
  if (template) {
    for (let made = 0; made < Math.min(missing, BURST); made++) createTold(context, { component }, set, template);
  }
  if (missing >= 0) return;
  const excess = victims(pods, relatedPods(context, set, key, pods), Math.min(-missing, BURST));
  for (const pod of excess) deleteTold(context, { component }, set, pod);
}

/** What a request was refused with; undefined where it was not. */
function refusalOf(request: () => void): ApiError | undefined {
  try {
    request();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/**
 * Keeps as many pods as a ReplicaSet or a ReplicationController asks for (`pkg/controller/replicaset/replica_set.go`).
 * The status told is that of the pods before this turn's changes, as the real one tells it.
 */
export function startReplicaSetController(context: ControllerContext, key: ReplicatedKey): void {
  const { store, clock } = context;
  const since = new Since(clock);
  const queue = new WorkQueue(
    context,
    (item) => {
      const set: Replicated | undefined = store.get(key, fromKey(item));
      if (!set) return;
      const pods = claim(store, 'pods', set, selectorOf(set)).filter(isActive);
      const refusal = set.metadata.deletionTimestamp ? undefined : refusalOf(() => manage(context, key, set, pods));
      const status = statusOf(set, pods, since, conditionsOf(set, refusal, clock.now()));
      store.update(key, set.metadata, (draft) => Object.assign(draft, { status }));
      // Each pod becomes available in its own time, whatever befalls the others meanwhile.
      const waits = pods
        .map((pod) => untilAvailable(since, pod, set.spec.minReadySeconds ?? 0) ?? 0)
        .filter((wait) => wait > 0);
      if (waits.length > 0) queue.addAfter(item, Math.min(...waits));
      // The queue tries again, ever later.
      if (refusal) throw refusal;
    },
    LATENCY_MS,
  );
  store.watch(key, store.version, ({ type, object, previous }) => {
    // Its own writes of the status ask for nothing more.
    if (type !== 'DELETED' && object.metadata.generation !== previous?.metadata.generation) queue.add(toKey(object));
  });
  watchPodsOf(context, { key, kind: COMPONENTS[key].kind, selectorOf }, (item, { type, object }) => {
    if (type === 'DELETED') since.forget(object.metadata.uid);
    // Its own requests keep it a little longer.
    queue.addAfter(item, type === 'ADDED' && controllerOf(object) ? LATENCY_MS / 2 : 0);
  });
  for (const set of store.list(key)) queue.add(toKey(set));
}
