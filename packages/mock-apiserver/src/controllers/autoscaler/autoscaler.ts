import type { Condition, HorizontalPodAutoscaler } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import type { Load } from '../load.ts';
import { fromKey, toKey } from '../object-key.ts';
import { Since } from '../since.ts';
import { WorkQueue } from '../work-queue.ts';
import { Pace } from './behavior.ts';
import { type Failure, metricsOf, type Proposal, proposalOf } from './metrics.ts';
import { type Target, targetOf } from './target.ts';

const KEY = 'horizontalpodautoscalers.autoscaling';
const SOURCE = { component: 'horizontal-pod-autoscaler' };
/** How often each autoscaler looks (`--horizontal-pod-autoscaler-sync-period`). */
const PERIOD_MS = 15_000;

type Status = NonNullable<HorizontalPodAutoscaler['status']>;
type Words = { reason: string; message: string };

/** What an autoscaler comes to: the size, why it is chosen, and what it measured. */
interface Decision {
  size: number;
  why: string;
  measured: Proposal[];
}

/** Sizes workloads by what their pods use, every 15 s, at the pace of their behavior (`pkg/controller/podautoscaler`). */
export function startAutoscaler(context: ControllerContext, load: Load): void {
  const { store, clock, events } = context;
  const since = new Since(clock);
  const paces = new Map<string, Pace>();

  const paceOf = ({ metadata }: HorizontalPodAutoscaler, replicas: number): Pace => {
    const pace = paces.get(metadata.uid) ?? new Pace(clock, replicas);
    paces.set(metadata.uid, pace);
    return pace;
  };

  const warn = (hpa: HorizontalPodAutoscaler, reason: string, message: string) =>
    events.record(hpa, SOURCE, { type: 'Warning', reason, message });

  /** One turn's writing of conditions: the same status keeps its time. */
  const conditionsOf = (hpa: HorizontalPodAutoscaler) => {
    let conditions = [...(hpa.status?.conditions ?? [])];
    return {
      set(type: string, status: Condition['status'], { reason, message }: Words) {
        const before = conditions.find((condition) => condition.type === type);
        const lastTransitionTime =
          before?.status === status ? (before.lastTransitionTime ?? null) : toTime(clock.now());
        const condition = { type, status, lastTransitionTime, reason, message };
        conditions = before
          ? conditions.map((other) => (other === before ? condition : other))
          : [...conditions, condition];
      },
      all: () => conditions,
    };
  };

  type Conditions = ReturnType<typeof conditionsOf>;

  /** What all metrics ask for together: the most; fewer only when all could be had. */
  const decide = (hpa: HorizontalPodAutoscaler, target: Target, conditions: Conditions): Decision | undefined => {
    const metrics = metricsOf(hpa);
    const results = metrics.map((metric) => proposalOf(load, since, target.pods, target.replicas, metric));
    const measured = results.filter((result): result is Proposal => 'size' in result);
    const failures = results.filter((result): result is Failure => 'reason' in result);
    const most = [...measured].sort((a, b) => b.size - a.size)[0];
    const [failure] = failures;
    if (failure && (!most || most.size < target.replicas)) {
      for (const { reason, message } of failures) warn(hpa, reason, message);
      const summary = `invalid metrics (${failures.length} invalid out of ${metrics.length}), first error is: ${failure.message}`;
      warn(hpa, 'FailedComputeMetricsReplicas', summary);
      const message = `the HPA was unable to compute the replica count: ${failure.message}`;
      conditions.set('ScalingActive', 'False', { reason: failure.reason, message });
      return undefined;
    }
    if (!most) return undefined;
    const message = `the HPA was able to successfully calculate a replica count from ${most.name}`;
    conditions.set('ScalingActive', 'True', { reason: 'ValidMetricFound', message });
    const pace = paceOf(hpa, target.replicas);
    const stable = pace.stabilize(hpa, target.replicas, most.size);
    const ready = { reason: 'ReadyForNewScale', message: 'recommended size matches current size' };
    conditions.set('AbleToScale', 'True', stable.held ?? ready);
    const { size, held, limited } = pace.limit(hpa, target.replicas, stable.size);
    conditions.set('ScalingLimited', limited ? 'True' : 'False', held);
    const why = size > target.replicas ? `${most.name} above target` : 'All metrics below target';
    return { size, why, measured };
  };

  const outOfRange = ({ spec }: HorizontalPodAutoscaler, { replicas }: Target): Decision | undefined => {
    const lowest = spec.minReplicas ?? 1;
    if (replicas > spec.maxReplicas) {
      return { size: spec.maxReplicas, why: 'Current number of replicas above Spec.MaxReplicas', measured: [] };
    }
    if (replicas < lowest) {
      return { size: lowest, why: 'Current number of replicas below Spec.MinReplicas', measured: [] };
    }
    return undefined;
  };

  const rescale = (hpa: HorizontalPodAutoscaler, target: Target, { size, why }: Decision, conditions: Conditions) => {
    target.scale(size);
    paceOf(hpa, target.replicas).changed(size - target.replicas);
    const message = `the HPA controller was able to update the target scale to ${size}`;
    conditions.set('AbleToScale', 'True', { reason: 'SucceededRescale', message });
    events.record(hpa, SOURCE, {
      type: 'Normal',
      reason: 'SuccessfulRescale',
      message: `New size: ${size}; reason: ${why}`,
    });
  };

  /** The status after one turn. */
  const turn = (hpa: HorizontalPodAutoscaler): Status => {
    const conditions = conditionsOf(hpa);
    const target = targetOf(store, hpa);
    const before: Status = { ...hpa.status };
    if (typeof target === 'string') {
      warn(hpa, 'FailedGetScale', target);
      const message = `the HPA controller was unable to get the target's current scale: ${target}`;
      conditions.set('AbleToScale', 'False', { reason: 'FailedGetScale', message });
      return { ...before, conditions: conditions.all() };
    }
    conditions.set('AbleToScale', 'True', {
      reason: 'SucceededGetScale',
      message: "the HPA controller was able to get the target's current scale",
    });
    const { replicas } = target;
    const disabled = replicas === 0 && hpa.spec.minReplicas !== 0;
    if (disabled) {
      const message = 'scaling is disabled since the replica count of the target is zero';
      conditions.set('ScalingActive', 'False', { reason: 'ScalingDisabled', message });
    }
    const decision = disabled
      ? { size: 0, why: '', measured: [] }
      : (outOfRange(hpa, target) ?? decide(hpa, target, conditions));
    const size = decision?.size ?? replicas;
    const changes = decision !== undefined && size !== replicas;
    if (changes) rescale(hpa, target, decision, conditions);
    const measured = decision?.measured ?? [];
    return {
      ...before,
      ...(changes && { lastScaleTime: toTime(clock.now()) }),
      currentReplicas: replicas,
      desiredReplicas: decision ? size : (before.desiredReplicas ?? 0),
      currentMetrics: measured.length > 0 ? measured.map(({ current }) => current) : (before.currentMetrics ?? null),
      conditions: conditions.all(),
    };
  };

  const queue = new WorkQueue(context, (key) => {
    const hpa = store.get(KEY, fromKey(key));
    if (!hpa) return;
    const status = turn(hpa);
    store.update(KEY, hpa.metadata, (draft) => Object.assign(draft, { status }));
    queue.addAfter(key, PERIOD_MS);
  });

  store.watch(KEY, store.version, ({ type, object, previous }) => {
    if (type === 'DELETED') paces.delete(object.metadata.uid);
    else if (type === 'ADDED' || object.spec !== previous?.spec) queue.add(toKey(object));
  });
  store.watch('pods', store.version, ({ type, object }) => {
    if (type === 'DELETED') since.forget(object.metadata.uid);
  });
  for (const hpa of store.list(KEY)) queue.add(toKey(hpa));
}
