import { isDeepStrictEqual } from 'node:util';
import type { Node, Pod } from '@portolan/shared';
import type { Store } from '../../store/store.ts';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import { fromKey, toKey } from '../object-key.ts';
import { controllerOf } from '../ownership.ts';
import { isEnded } from '../pod-state.ts';
import { WorkQueue } from '../work-queue.ts';
import { allocatable, FILTERS, type Load, requestOf } from './filters.ts';
import { NodeLoads } from './node-loads.ts';

/** How soon a pod that fitted nowhere is looked at again, doubled each time (`pkg/scheduler/internal/queue`). */
const BACKOFF = { firstMs: 1000, mostMs: 10_000 };

const SOURCE = { component: 'default-scheduler' };

/** What of a node decides which pods it takes; its heartbeats do not. */
const schedulingFacts = (node: Node | undefined) => [node?.spec, node?.metadata.labels, node?.status?.allocatable];

/** Nodes that would do are looked for until there are so many, or such a share of all. */
const LEAST_SOUGHT = 100;
const LEAST_PERCENTAGE = 5;

/** What a pod of the same owner on a node counts against it. */
const SIBLING = 50;

/** Why a pod may not go to a node; undefined when it may. */
function firstReason(pod: Pod, node: Node, load: Load): string | undefined {
  for (const filter of FILTERS) {
    const reason = filter(pod, node, load);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** How much would be left, 0 to 100, over cpu and memory; pods that ask for nothing count a little, as the real ones do. */
function leastAllocated(pod: Pod, node: Node, load: Load): number {
  const left = (name: 'cpu' | 'memory') => {
    const room = allocatable(node, name);
    if (room === 0n) return 0;
    return Math.max(0, 100 - Number(((load[name] + requestOf(pod, name)) * 10_000n) / room) / 100);
  };
  return (left('cpu') + left('memory')) / 2;
}

/** Fewer of the same owner's pods are better: how many of them each node has. */
function siblingsByNode(store: Store, pod: Pod): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const owner = controllerOf(pod)?.uid;
  if (owner === undefined) return counts;
  for (const other of store.by('pods', 'controller', owner)) {
    const { nodeName } = other.spec;
    if (nodeName && !isEnded(other)) counts.set(nodeName, (counts.get(nodeName) ?? 0) + 1);
  }
  return counts;
}

/** How many nodes that would do are looked for among so many (`numFeasibleNodesToFind`): all of few, a share of many. */
function enough(nodes: number): number {
  if (nodes < LEAST_SOUGHT) return nodes;
  const percentage = Math.max(LEAST_PERCENTAGE, 50 - nodes / 125);
  return Math.max(LEAST_SOUGHT, Math.floor((nodes * percentage) / 100));
}

/** `2 Insufficient cpu, 1 node(s) were unschedulable`, as the scheduler counts reasons. */
function summary(reasons: readonly string[], nodes: number): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  return nodes === 0 ? 'no nodes available to schedule pods' : `0/${nodes} nodes are available: ${parts.join(', ')}.`;
}

/** Puts pods on nodes: filter, score, bind (`pkg/scheduler`). Of equal nodes the last by name is taken. */
export function startScheduler(context: ControllerContext): void {
  const { store, clock, events } = context;
  /** The pods that fitted nowhere: how often so far, and from when on (simulated) they may be looked at again. */
  const waiting = new Map<string, { failures: number; from: number }>();

  const loads = new NodeLoads(store);
  /** Where the next search among many nodes begins, so that all have their turn. */
  let begin = 0;

  const choose = (pod: Pod): { node: Node } | { refused: string } => {
    const nodes = store.list('nodes');
    const siblings = siblingsByNode(store, pod);
    const reasons: string[] = [];
    const sought = enough(nodes.length);
    let best: { node: Node; score: number } | undefined;
    let found = 0;
    if (sought === nodes.length) begin = 0;
    for (let step = 0; step < nodes.length && found < sought; step++) {
      const node = nodes[(begin + step) % nodes.length];
      if (!node) continue;
      const { name } = node.metadata;
      const load = loads.of(name);
      const reason = firstReason(pod, node, load);
      if (reason !== undefined) {
        reasons.push(reason);
        continue;
      }
      found += 1;
      const score = leastAllocated(pod, node, load) - SIBLING * (siblings.get(name) ?? 0);
      if (!best || score >= best.score) best = { node, score };
    }
    begin = (begin + reasons.length + found) % Math.max(1, nodes.length);
    return best ?? { refused: summary(reasons, nodes.length) };
  };

  const refuse = (pod: Pod, message: string) => {
    events.record(
      pod,
      { ...SOURCE, modern: { action: 'Scheduling' } },
      { type: 'Warning', reason: 'FailedScheduling', message },
    );
    store.update('pods', pod.metadata, (draft) => {
      const now = toTime(clock.now());
      const others = draft.status?.conditions?.filter(({ type }) => type !== 'PodScheduled') ?? [];
      const before = draft.status?.conditions?.find(({ type }) => type === 'PodScheduled');
      const lastTransitionTime = before?.status === 'False' ? (before.lastTransitionTime ?? now) : now;
      const condition = {
        type: 'PodScheduled',
        status: 'False',
        lastProbeTime: null,
        lastTransitionTime,
        reason: 'Unschedulable',
        message,
      } as const;
      draft.status = { ...draft.status, conditions: [...others, condition] };
      return draft;
    });
  };

  const bind = (pod: Pod, node: Node) => {
    const bound = store.update('pods', pod.metadata, (draft) => {
      draft.spec.nodeName = node.metadata.name;
      const others = draft.status?.conditions?.filter(({ type }) => type !== 'PodScheduled') ?? [];
      const lastTransitionTime = toTime(clock.now());
      const condition = { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime } as const;
      draft.status = { ...draft.status, conditions: [...others, condition] };
      return draft;
    });
    const { namespace, name } = bound.metadata;
    const message = `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`;
    events.record(
      bound,
      { ...SOURCE, modern: { action: 'Binding' } },
      { type: 'Normal', reason: 'Scheduled', message },
    );
  };

  const queue = new WorkQueue(context, (key) => {
    const pod = store.get('pods', fromKey(key));
    if (!pod || pod.spec.nodeName || pod.metadata.deletionTimestamp) {
      waiting.delete(key);
      return;
    }
    const choice = choose(pod);
    if ('node' in choice) {
      waiting.delete(key);
      bind(pod, choice.node);
      return;
    }
    const failures = (waiting.get(key)?.failures ?? 0) + 1;
    const wait = Math.min(BACKOFF.firstMs * 2 ** (failures - 1), BACKOFF.mostMs);
    waiting.set(key, { failures, from: clock.elapsed() + wait });
    refuse(pod, choice.refused);
  });
  const retryWaiting = () => {
    for (const [key, { from }] of waiting) queue.addAfter(key, Math.max(0, from - clock.elapsed()));
  };

  store.watch('pods', store.version, ({ type, object, previous }) => {
    // One that has ended takes no room, though it stays.
    const leftRoom = type === 'DELETED' || (isEnded(object) && previous && !isEnded(previous));
    if (leftRoom) retryWaiting();
    else if (object.spec.nodeName) return;
    else if (type === 'ADDED' || !isDeepStrictEqual(object.spec, previous?.spec)) queue.add(toKey(object));
  });
  store.watch('nodes', store.version, ({ type, object, previous }) => {
    if (type === 'ADDED' || !isDeepStrictEqual(schedulingFacts(object), schedulingFacts(previous))) retryWaiting();
  });
  for (const pod of store.list('pods')) if (!pod.spec.nodeName) queue.add(toKey(pod));
}
