import {
  type Condition,
  fromLabelSelector,
  type IntOrString,
  matches,
  type Pod,
  type PodDisruptionBudget,
} from '@portolan/shared';
import { podsWithLabels } from '../store/pods-with-labels.ts';
import type { Store } from '../store/store.ts';
import { toTime } from '../time.ts';
import type { ControllerContext } from './context.ts';
import { fromKey, toKey } from './object-key.ts';
import { controllerOf } from './ownership.ts';
import { isActive, isReady } from './pod-state.ts';
import { Since } from './since.ts';
import { WorkQueue } from './work-queue.ts';

const KEY = 'poddisruptionbudgets.policy';
const SOURCE = { component: 'controllermanager' };
/** How long an eviction counts whose pod is not seen to go (`DeletionTimeout`). */
const FORGOTTEN_MS = 120_000;

type Status = NonNullable<PodDisruptionBudget['status']>;

/** Whether a budget is for a pod; an empty selector is for all of its namespace, none at all for nothing. */
export function budgets({ spec, metadata }: PodDisruptionBudget, pod: Pod): boolean {
  return (
    pod.metadata.namespace === metadata.namespace &&
    matches(fromLabelSelector(spec?.selector), pod.metadata.labels ?? {})
  );
}

const isPercentage = (value: IntOrString | undefined): value is string =>
  typeof value === 'string' && value.endsWith('%');

const share = (value: IntOrString, total: number) =>
  isPercentage(value) ? Math.ceil((Number.parseFloat(value) * total) / 100) : Number(value);

/** The sizes that the pods' controllers are asked for, each once (`getExpectedScale`). */
function expectedScale(store: Store, pods: readonly Pod[]): number {
  const sizes = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    const found = owner && store.withUid(owner.uid);
    const top = found && controllerOf(found.object);
    const scaled = (top && store.withUid(top.uid)) ?? found;
    const { replicas } = (scaled?.object as { spec?: { replicas?: number } } | undefined)?.spec ?? {};
    if (scaled && replicas !== undefined) sizes.set(scaled.object.metadata.uid, replicas);
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** How many pods a budget expects, and how many of them must be healthy. */
function demands(store: Store, { spec = {} }: PodDisruptionBudget, pods: readonly Pod[]) {
  const { minAvailable, maxUnavailable } = spec;
  if (maxUnavailable !== undefined) {
    const expected = expectedScale(store, pods);
    return { expected, desired: Math.max(0, expected - share(maxUnavailable, expected)) };
  }
  if (isPercentage(minAvailable)) {
    const expected = expectedScale(store, pods);
    return { expected, desired: share(minAvailable, expected) };
  }
  return { expected: pods.length, desired: Number(minAvailable ?? 1) };
}

/** Keeps how many pods a disruption budget can spare (`pkg/controller/disruption`); evictions are granted by that. */
export function startDisruptionController(context: ControllerContext): void {
  const { store, clock, events } = context;
  const since = new Since(clock);

  /** The evictions granted whose pods are still there and not marked yet. */
  const granted = (budget: PodDisruptionBudget, pods: readonly Pod[]): Record<string, string> => {
    const kept = Object.entries(budget.status?.disruptedPods ?? {}).filter(([name, time]) => {
      const grant = `${budget.metadata.uid}/${name}`;
      const pod = pods.find(({ metadata }) => metadata.name === name);
      if (pod && !pod.metadata.deletionTimestamp && since.of(grant, time) < FORGOTTEN_MS) return true;
      since.forget(grant);
      return false;
    });
    return Object.fromEntries(kept);
  };

  const conditionsOf = (before: Status | undefined, allowed: number): Condition[] => {
    const status = allowed > 0 ? 'True' : 'False';
    const known = before?.conditions?.find(({ type }) => type === 'DisruptionAllowed');
    const condition: Condition = {
      type: 'DisruptionAllowed',
      status,
      lastTransitionTime: known?.status === status ? (known.lastTransitionTime ?? null) : toTime(clock.now()),
      reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
      message: '',
    };
    return [...(before?.conditions ?? []).filter(({ type }) => type !== 'DisruptionAllowed'), condition];
  };

  const queue = new WorkQueue(context, (key) => {
    const budget = store.get(KEY, fromKey(key));
    if (!budget) return;
    const labels = budget.spec?.selector?.matchLabels ?? {};
    const pods = podsWithLabels(store, budget.metadata.namespace ?? '', labels).filter((pod) => budgets(budget, pod));
    if (pods.length === 0) {
      events.record(budget, SOURCE, { type: 'Normal', reason: 'NoPods', message: 'No matching pods found' });
    }
    const { expected, desired } = demands(store, budget, pods);
    const disruptedPods = granted(budget, pods);
    const healthy = pods.filter((pod) => isActive(pod) && isReady(pod) && !(pod.metadata.name in disruptedPods)).length;
    const disruptionsAllowed = expected > 0 ? Math.max(0, healthy - desired) : 0;
    const status: Status = {
      observedGeneration: budget.metadata.generation ?? 1,
      ...(Object.keys(disruptedPods).length > 0 && { disruptedPods }),
      disruptionsAllowed,
      currentHealthy: healthy,
      desiredHealthy: desired,
      expectedPods: expected,
      conditions: conditionsOf(budget.status, disruptionsAllowed),
    };
    store.update(KEY, budget.metadata, (draft) => Object.assign(draft, { status }));
    if (Object.keys(disruptedPods).length > 0) queue.addAfter(key, FORGOTTEN_MS);
  });

  const concern = (pod: Pod | undefined) => {
    if (!pod) return;
    for (const budget of store.list(KEY, pod.metadata.namespace)) if (budgets(budget, pod)) queue.add(toKey(budget));
  };
  store.watch(KEY, store.version, ({ type, object, previous }) => {
    if (type !== 'DELETED' && object.metadata.generation !== previous?.metadata.generation) queue.add(toKey(object));
  });
  store.watch('pods', store.version, ({ type, object, previous }) => {
    const same = type === 'MODIFIED' && previous && isReady(previous) === isReady(object);
    if (same && previous.metadata.labels === object.metadata.labels && isActive(previous) === isActive(object)) return;
    concern(object);
    if (previous?.metadata.labels !== object.metadata.labels) concern(previous);
  });
  for (const key of ['deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'replicationcontrollers'] as const) {
    store.watch(key, store.version, ({ type, object, previous }) => {
      if (type === 'MODIFIED' && object.spec.replicas === previous?.spec.replicas) return;
      for (const budget of store.list(KEY, object.metadata.namespace)) queue.add(toKey(budget));
    });
  }
  for (const budget of store.list(KEY)) queue.add(toKey(budget));
}
