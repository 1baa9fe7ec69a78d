import type { Pod, PodDisruptionBudget } from '@portolan/shared';
import { ApiError } from '../api-error.ts';
import { budgets } from '../controllers/disruption.ts';
import { isReady } from '../controllers/pod-state.ts';
import type { Store } from '../store/store.ts';
import { toTime } from '../time.ts';
import { decodeObject } from './body.ts';
import { isObject } from './patch/json.ts';
import { type ApiContext, type Reply, type ResourceRequest, refOf } from './request.ts';

const BUDGETS = 'poddisruptionbudgets.policy';

const refused = (message: string, retryAfterSeconds?: number): ApiError =>
  new ApiError('TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
    causes: [{ reason: 'DisruptionBudget', message }],
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });

/** Whether a pod may go without asking a budget: it has ended, has not begun, or goes already (`canIgnorePDB`). */
const needsNoBudget = ({ metadata, status }: Pod) =>
  metadata.deletionTimestamp !== undefined ||
  status?.phase === 'Succeeded' ||
  status?.phase === 'Failed' ||
  status?.phase === 'Pending';

/** Whether a pod that is not ready may go whatever its budget has left. */
function isUnhealthyAndFree({ spec, status }: PodDisruptionBudget, pod: Pod): boolean {
  if (isReady(pod)) return false;
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return desiredHealthy > 0 && currentHealthy >= desiredHealthy;
}

/** Takes one disruption from a budget; throws TooManyRequests where there is none left (`checkAndDecrement`). */
function spend(store: Store, now: number, budget: PodDisruptionBudget, pod: Pod, dryRun: boolean): void {
  const { name } = budget.metadata;
  const { status } = budget;
  if (!status || (status.observedGeneration ?? 0) < (budget.metadata.generation ?? 0)) {
    throw refused(`The disruption budget ${name} is still being processed by the server.`, 10);
  }
  if (status.disruptionsAllowed < 1) {
    const { desiredHealthy, currentHealthy } = status;
    throw refused(
      `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
    );
  }
  if (dryRun) return;
  store.update(BUDGETS, budget.metadata, (draft) => {
    if (!draft.status) return draft;
    draft.status.disruptionsAllowed -= 1;
    draft.status.disruptedPods = { ...draft.status.disruptedPods, [pod.metadata.name]: toTime(now) };
    return draft;
  });
}

function askBudget({ store, clock }: ApiContext, pod: Pod, dryRun: boolean): void {
  if (needsNoBudget(pod)) return;
  const [budget, ...others] = store.list(BUDGETS, pod.metadata.namespace).filter((other) => budgets(other, pod));
  if (!budget) return;
  if (others.length > 0) {
    throw new ApiError(
      'InternalError',
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  }
  if (!isUnhealthyAndFree(budget, pod)) spend(store, clock.now(), budget, pod, dryRun);
}

/** Says on the pod why it goes, before it is marked (KEP-3329). */
function markDisrupted({ store, clock }: ApiContext, pod: Pod): void {
  store.update('pods', pod.metadata, (draft) => {
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: toTime(clock.now()),
      reason: 'EvictionByEvictionAPI',
      message: 'Eviction API: evicting',
    } as const;
    const others = draft.status?.conditions?.filter(({ type }) => type !== condition.type) ?? [];
    draft.status = { ...draft.status, conditions: [...others, condition] };
    return draft;
  });
}

/**
 * `POST …/eviction`: a graceful deletion that the pod's disruption budget must grant, 429 otherwise
 * (`pkg/registry/core/pod/storage/eviction.go`).
 */
export function evictPod(request: ResourceRequest, context: ApiContext): Reply {
  const { store } = context;
  const pod: Pod = store.need('pods', refOf(request));
  const body = decodeObject(request.body, request.contentType);
  const options = isObject(body.deleteOptions) ? body.deleteOptions : {};
  const dryRun =
    request.query.get('dryRun') === 'All' || (Array.isArray(options.dryRun) && options.dryRun.includes('All'));
  const asked = options.gracePeriodSeconds;
  const graceSeconds = typeof asked === 'number' ? asked : undefined;
  askBudget(context, pod, dryRun);
  if (!dryRun) {
    if (!pod.metadata.deletionTimestamp) markDisrupted(context, pod);
    store.delete('pods', pod.metadata, { graceSeconds });
  }
  return { status: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
}
