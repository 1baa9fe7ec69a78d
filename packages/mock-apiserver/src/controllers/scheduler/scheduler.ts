import type { Condition, Node, Pod } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import { fromKey, toKey } from '../object-key.ts';
import { isEnded } from '../pod-state.ts';
import { WorkQueue } from '../work-queue.ts';
import { type Claims, claimsOf, selectNode } from './claims.ts';
import { ClusterCache, copyInfo, hostPortsOf, type NodeInfo, place } from './cluster-cache.ts';
import { type Candidate, refuse } from './filters.ts';
import { interPodOf } from './inter-pod.ts';
import { findPreemption, type Preemption } from './preemption.ts';
import { preemptionWords, type Refusal, refusalWords } from './refusal.ts';
import { requestsOf } from './requests.ts';
import { bestOf } from './scores.ts';
import { spreadingOf } from './spreading.ts';

/** How soon a pod that fitted nowhere is looked at again, doubled each time (`pkg/scheduler/internal/queue`). */
const BACKOFF = { firstMs: 1000, mostMs: 10_000 };
/** From an event that may help to the look at what waits; more with many that wait. */
const NOTICE = { fewMs: 8, manyMs: 1000, many: 100 };

const SCHEDULER = 'default-scheduler';
const SOURCE = { component: SCHEDULER };

/** What of a node decides which pods it takes; its heartbeats do not. */
const isOther = (node: Node, previous: Node | undefined) =>
  node.spec !== previous?.spec ||
  node.metadata.labels !== previous?.metadata.labels ||
  node.status?.allocatable !== previous?.status?.allocatable;

/** Of so many nodes so many that fit are enough to choose among (`numFeasibleNodesToFind`). */
function enoughOf(nodes: number): number {
  if (nodes < 100) return nodes;
  const part = Math.max(5, 50 - Math.floor(nodes / 125));
  return Math.max(100, Math.floor((nodes * part) / 100));
}

const priorityOf = ({ spec }: Pod) => spec.priority ?? 0;

/** Puts pods on nodes: filter, score, preempt, bind (`pkg/scheduler`). Of equal nodes the last by name is taken. */
export function startScheduler(context: ControllerContext): void {
  const { store, clock, events } = context;
  const cache = new ClusterCache(store);
  /** The pods that fitted nowhere: how often so far, and from when on (simulated) they may be looked at again. */
  const waiting = new Map<string, { failures: number; from: number }>();
  /** The pods for which others gave way, by uid, and where. */
  const nominated = new Map<string, { pod: Pod; node: string }>();
  /** Where the search for nodes goes on, so that all nodes of a large cluster have their turn. */
  let start = 0;

  const candidateFor = (pod: Pod): Candidate => ({
    pod,
    requests: requestsOf(pod),
    ports: hostPortsOf(pod),
    claims: claimsOf(store, pod),
    inter: interPodOf(store, cache, pod),
    spreading: spreadingOf(store, cache, pod),
  });

  /** A node with the pods that are to come there and are no less important. */
  const withNominated = (info: NodeInfo, pod: Pod): NodeInfo => {
    let copy: NodeInfo | undefined;
    for (const [uid, { pod: other, node }] of nominated) {
      if (node !== info.node.metadata.name || uid === pod.metadata.uid || priorityOf(other) < priorityOf(pod)) continue;
      copy ??= copyInfo(info);
      place(copy, other);
    }
    return copy ?? info;
  };

  /** The nodes that would take a pod, as many as are enough, and why the others would not. */
  const search = (candidate: Candidate) => {
    const infos = cache.list();
    const enough = enoughOf(infos.length);
    const fitting: NodeInfo[] = [];
    const refused: { info: NodeInfo; refusals: readonly Refusal[] }[] = [];
    const begin = infos.length === enough ? 0 : start % Math.max(1, infos.length);
    let looked = 0;
    for (; looked < infos.length && fitting.length < enough; looked++) {
      const info = infos[(begin + looked) % infos.length];
      if (!info) continue;
      const refusals = refuse(candidate, nominated.size > 0 ? withNominated(info, candidate.pod) : info);
      if (refusals) refused.push({ info, refusals });
      else fitting.push(info);
    }
    start = begin + looked;
    return { fitting, refused };
  };

  const setScheduled = (draft: Pod, condition: Pick<Condition, 'status' | 'reason' | 'message'>) => {
    const now = toTime(clock.now());
    const others = draft.status?.conditions?.filter(({ type }) => type !== 'PodScheduled') ?? [];
    const before = draft.status?.conditions?.find(({ type }) => type === 'PodScheduled');
    const lastTransitionTime = before?.status === condition.status ? (before.lastTransitionTime ?? now) : now;
    const next = { type: 'PodScheduled', lastProbeTime: null, lastTransitionTime, ...condition };
    draft.status = { ...draft.status, conditions: [...others, next] };
    return draft;
  };

  const refusePod = (pod: Pod, message: string, node: string | undefined) => {
    const happening = { type: 'Warning', reason: 'FailedScheduling', message } as const;
    events.record(pod, { ...SOURCE, modern: { action: 'Scheduling' } }, happening);
    store.update('pods', pod.metadata, (draft) => {
      setScheduled(draft, { status: 'False', reason: 'Unschedulable', message });
      if (node !== undefined) draft.status = { ...draft.status, nominatedNodeName: node };
      return draft;
    });
  };

  const bind = (pod: Pod, node: Node) => {
    nominated.delete(pod.metadata.uid);
    const bound = store.update('pods', pod.metadata, (draft) => {
      draft.spec.nodeName = node.metadata.name;
      return setScheduled(draft, { status: 'True' });
    });
    const { namespace, name } = bound.metadata;
    const message = `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`;
    const happening = { type: 'Normal', reason: 'Scheduled', message } as const;
    events.record(bound, { ...SOURCE, modern: { action: 'Binding' } }, happening);
  };

  const preempt = (pod: Pod, { info, victims }: Preemption) => {
    const node = info.node.metadata.name;
    nominated.set(pod.metadata.uid, { pod, node });
    for (const victim of victims) {
      const condition: Condition = {
        type: 'DisruptionTarget',
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: toTime(clock.now()),
        reason: 'PreemptionByScheduler',
        message: `${SCHEDULER}: preempting to accommodate a higher priority pod`,
      };
      const marked = store.update('pods', victim.metadata, (draft) => {
        const others = draft.status?.conditions?.filter(({ type }) => type !== condition.type) ?? [];
        draft.status = { ...draft.status, conditions: [...others, condition] };
        return draft;
      });
      const message = `Preempted by pod ${pod.metadata.uid} on node ${node}`;
      const happening = { type: 'Normal', reason: 'Preempted', message } as const;
      events.record(marked, { ...SOURCE, modern: { action: 'Preempting' } }, happening);
      store.delete('pods', victim.metadata);
    }
  };

  const wait = (key: string, claims: Claims | undefined) => {
    const failures = (waiting.get(key)?.failures ?? 0) + 1;
    const pause = claims ? 0 : Math.min(BACKOFF.firstMs * 2 ** (failures - 1), BACKOFF.mostMs);
    waiting.set(key, { failures, from: clock.elapsed() + pause });
  };

  const schedule = (key: string, pod: Pod) => {
    const candidate = candidateFor(pod);
    const { problem } = candidate.claims;
    const { fitting, refused } = problem === undefined ? search(candidate) : { fitting: [], refused: [] };
    const best = bestOf(candidate, fitting);
    if (best && candidate.claims.waiting.length > 0) {
      // Its volumes come first, made for this node.
      wait(key, candidate.claims);
      selectNode(store, candidate.claims, best.node);
      return;
    }
    if (best) {
      waiting.delete(key);
      bind(pod, best.node);
      return;
    }
    wait(key, undefined);
    const helpless: Refusal = { reason: '', helpless: true };
    const refusals = problem === undefined ? refused.map(({ refusals: of }) => of) : cache.list().map(() => [helpless]);
    const words = refusalWords(refusals, problem);
    const never = pod.spec.preemptionPolicy === 'Never';
    const preemption = never ? undefined : findPreemption(candidate, refused);
    if (preemption) preempt(pod, preemption);
    const more = preemption || refusals.length === 0 ? '' : ` ${preemptionWords(refusals, never)}`;
    refusePod(pod, `${words}${more}`, preemption?.info.node.metadata.name);
  };

  const hold = (pod: Pod) => {
    const message = 'Scheduling is blocked due to non-empty scheduling gates';
    store.update('pods', pod.metadata, (draft) =>
      setScheduled(draft, { status: 'False', reason: 'SchedulingGated', message }),
    );
  };

  /** What is to be looked at; each turn of the queue takes the most important of them, the first come among equals. */
  const active = new Map<string, number>();
  const nextOf = (key: string): string => {
    let [best, most] = [key, active.get(key) ?? 0];
    for (const [other, priority] of active) if (priority > most) [best, most] = [other, priority];
    return best;
  };

  const queue = new WorkQueue(context, (due) => {
    const key = nextOf(due);
    active.delete(key);
    if (key !== due) queue.add(due);
    const pod = store.get('pods', fromKey(key));
    if (!pod || pod.spec.nodeName || pod.metadata.deletionTimestamp || isEnded(pod)) {
      waiting.delete(key);
      return;
    }
    if (pod.spec.schedulingGates?.length) hold(pod);
    else schedule(key, pod);
  });

  const enqueue = (pod: Pod) => {
    if (pod.spec.schedulerName !== undefined && pod.spec.schedulerName !== SCHEDULER) return;
    const key = toKey(pod);
    if (priorityOf(pod) > 0) active.set(key, priorityOf(pod));
    queue.add(key);
  };

  let noticed = false;
  const retryWaiting = () => {
    if (noticed || waiting.size === 0) return;
    noticed = true;
    clock.after(waiting.size > NOTICE.many ? NOTICE.manyMs : NOTICE.fewMs, () => {
      noticed = false;
      for (const [key, { from }] of waiting) queue.addAfter(key, Math.max(0, from - clock.elapsed()));
    });
  };

  store.watch('pods', store.version, ({ type, object, previous }) => {
    const { uid } = object.metadata;
    if (type === 'DELETED') {
      nominated.delete(uid);
      active.delete(toKey(object));
      waiting.delete(toKey(object));
    }
    // One that has ended takes no room, though it stays.
    const leftRoom =
      object.spec.nodeName && (type === 'DELETED' || (isEnded(object) && previous && !isEnded(previous)));
    if (leftRoom) retryWaiting();
    else if (object.spec.nodeName) {
      // Whoever wanted to be near it may have found where.
      if (!previous?.spec.nodeName) retryWaiting();
    } else if (type === 'ADDED' || (type === 'MODIFIED' && object.spec !== previous?.spec)) enqueue(object);
  });
  store.watch('nodes', store.version, ({ type, object, previous }) => {
    if (type === 'ADDED' || (type === 'MODIFIED' && isOther(object, previous))) retryWaiting();
  });
  for (const key of ['persistentvolumeclaims', 'persistentvolumes', 'storageclasses.storage.k8s.io']) {
    store.watch(key, store.version, retryWaiting);
  }
  for (const pod of store.list('pods')) if (!pod.spec.nodeName) enqueue(pod);
}
