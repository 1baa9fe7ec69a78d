import { type DaemonSet, fromLabelSelector, type Node, type Pod } from '@portolan/shared';
import { TEMPLATE_GENERATION } from '../../api/defaults/workloads.ts';
import { untilAvailable } from '../availability.ts';
import type { ControllerContext } from '../context.ts';
import { createTold, deleteTold } from '../create.ts';
import { fromKey, toKey } from '../object-key.ts';
import { claim, controllerOf } from '../ownership.ts';
import { isReady } from '../pod-state.ts';
import { wantedNode } from '../scheduler/only-node.ts';
import { hashOf, REVISION_LABEL, syncHistory, trimHistory } from '../set-history.ts';
import { Since } from '../since.ts';
import { watchPodsOf } from '../watch-owned.ts';
import { WorkQueue } from '../work-queue.ts';
import { placementOn, specOn } from './placement.ts';
import { nextReplacement, type OnNode } from './rollout.ts';

const KEY = 'daemonsets.apps';
const SOURCE = { component: 'daemonset-controller' };
/** How often the template has changed, as pods bear it. */
const templateGeneration = ({ metadata }: DaemonSet) => metadata.annotations?.[TEMPLATE_GENERATION] ?? '1';

/** How soon a daemon that failed is replaced, doubled each time on the same node. */
const BACKOFF = { firstMs: 1000, mostMs: 900_000 };

/** A set with more pods than this takes their changes in together, for each turn looks at every node. */
const LARGE = { pods: 200, waitMs: 1000 };

type Status = NonNullable<DaemonSet['status']>;

const isTerminating = ({ metadata }: Pod) => metadata.deletionTimestamp !== undefined;
const byAge = (a: Pod, b: Pod) =>
  Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp) ||
  (a.metadata.name < b.metadata.name ? -1 : 1);

/** Pods by the node they are on or bound to. */
function byNode(pods: readonly Pod[]): Map<string, Pod[]> {
  const nodes = new Map<string, Pod[]>();
  for (const pod of [...pods].sort(byAge)) {
    const node = wantedNode(pod) ?? '';
    nodes.set(node, [...(nodes.get(node) ?? []), pod]);
  }
  return nodes;
}

/** Keeps a pod on each node that a DaemonSet's template allows, and rolls its template out (`pkg/controller/daemon`). */
export function startDaemonSetController(context: ControllerContext): void {
  const { store, clock, events } = context;
  const since = new Since(clock);
  /** How often a set's pod failed on a node, and when it may be replaced (simulated). */
  const failures = new Map<string, { count: number; until: number }>();

  const create = (set: DaemonSet, node: Node, hash: string) =>
    createTold(context, SOURCE, set, set.spec.template, {
      labels: { [REVISION_LABEL]: hash, 'pod-template-generation': templateGeneration(set) },
      spec: specOn(set, node),
    });

  /** True when a failed daemon may be deleted now; else its set is looked at again then. */
  const mayReplace = (key: string, node: string): boolean => {
    const at = `${key} ${node}`;
    const before = failures.get(at);
    if (before && before.until > clock.elapsed()) {
      queue.addAfter(key, before.until - clock.elapsed());
      return false;
    }
    const count = (before?.count ?? 0) + 1;
    const wait = Math.min(BACKOFF.firstMs * 2 ** (count - 1), BACKOFF.mostMs);
    failures.set(at, { count, until: clock.elapsed() + wait });
    return true;
  };

  const replaceFailed = (key: string, set: DaemonSet, pod: Pod, node: string) => {
    const { namespace, name } = pod.metadata;
    const failed = pod.status?.phase === 'Failed';
    if (!mayReplace(key, node)) return;
    const [type, reason, state] = failed
      ? (['Warning', 'FailedDaemonPod', 'failed'] as const)
      : (['Normal', 'SucceededDaemonPod', 'succeeded'] as const);
    const verb = failed ? 'kill' : 'delete';
    const message = `Found ${state} daemon pod ${namespace}/${name} on node ${node}, will try to ${verb} it`;
    events.record(set, SOURCE, { type, reason, message });
    deleteTold(context, SOURCE, set, pod);
  };

  /** Makes and deletes pods so that each node has what it should (`manage`). */
  const manage = (key: string, set: DaemonSet, nodes: readonly Node[], pods: Map<string, Pod[]>, hash: string) => {
    const names = new Set(nodes.map(({ metadata }) => metadata.name));
    for (const node of nodes) {
      const here = pods.get(node.metadata.name) ?? [];
      const { start, stay } = placementOn(set, node);
      if (start && here.length === 0) create(set, node, hash);
      const staying = here.filter((pod) => !isTerminating(pod));
      if (!stay) for (const pod of staying) deleteTold(context, SOURCE, set, pod);
      else {
        for (const pod of staying) {
          const { phase } = pod.status ?? {};
          if (phase === 'Failed' || phase === 'Succeeded') replaceFailed(key, set, pod, node.metadata.name);
        }
        const running = staying.filter(({ status }) => status?.phase !== 'Failed' && status?.phase !== 'Succeeded');
        const surges = set.spec.updateStrategy?.rollingUpdate?.maxSurge ?? 0;
        if (surges === 0) for (const pod of running.slice(1)) deleteTold(context, SOURCE, set, pod);
      }
    }
    // A node that is gone leaves pods that never came to it.
    for (const [node, left] of pods) {
      if (names.has(node)) continue;
      for (const pod of left) if (!isTerminating(pod) && !pod.spec.nodeName) deleteTold(context, SOURCE, set, pod);
    }
  };

  const statusOf = (
    set: DaemonSet,
    nodes: readonly Node[],
    pods: Map<string, Pod[]>,
    hash: string,
    collisionCount: number,
  ): Status => {
    const counts = { current: 0, misscheduled: 0, desired: 0, ready: 0, updated: 0, available: 0 };
    for (const node of nodes) {
      const [pod] = pods.get(node.metadata.name) ?? [];
      if (!placementOn(set, node).start) {
        if (pod) counts.misscheduled += 1;
        continue;
      }
      counts.desired += 1;
      if (!pod) continue;
      counts.current += 1;
      if (isReady(pod)) counts.ready += 1;
      if ((untilAvailable(since, pod, set.spec.minReadySeconds ?? 0) ?? 1) <= 0) counts.available += 1;
      if (pod.metadata.labels?.[REVISION_LABEL] === hash) counts.updated += 1;
    }
    const unavailable = counts.desired - counts.available;
    return {
      currentNumberScheduled: counts.current,
      numberMisscheduled: counts.misscheduled,
      desiredNumberScheduled: counts.desired,
      numberReady: counts.ready,
      observedGeneration: set.metadata.generation ?? 1,
      // The API leaves zeros out.
      ...(counts.updated > 0 && { updatedNumberScheduled: counts.updated }),
      ...(counts.available > 0 && { numberAvailable: counts.available }),
      ...(unavailable > 0 && { numberUnavailable: unavailable }),
      ...(collisionCount > 0 && { collisionCount }),
    };
  };

  const roll = (set: DaemonSet, nodes: readonly Node[], pods: Map<string, Pod[]>, hash: string) => {
    const placed: OnNode[] = [...pods].map(([node, here]) => ({ node, pods: here }));
    const desired = nodes.filter((node) => placementOn(set, node).start).length;
    const { remove, surge } = nextReplacement(set, placed, desired, {
      isUpdated: ({ metadata }) => metadata.labels?.[REVISION_LABEL] === hash,
      isAvailable: (pod) => (untilAvailable(since, pod, set.spec.minReadySeconds ?? 0) ?? 1) <= 0,
    });
    for (const pod of remove) deleteTold(context, SOURCE, set, pod);
    for (const node of nodes) if (surge.includes(node.metadata.name)) create(set, node, hash);
  };

  const podsOf = (set: DaemonSet) => claim(store, 'pods', set, fromLabelSelector(set.spec.selector));

  const queue = new WorkQueue(context, (key) => {
    const set = store.get(KEY, fromKey(key));
    if (!set || set.metadata.deletionTimestamp) return;
    const { update, all, collisions } = syncHistory(context, set, REVISION_LABEL);
    const hash = hashOf(set, update);
    const nodes = store.list('nodes');
    manage(key, set, nodes, byNode(podsOf(set)), hash);
    if (set.spec.updateStrategy?.type !== 'OnDelete') roll(set, nodes, byNode(podsOf(set)), hash);
    const pods = podsOf(set);
    const status = statusOf(set, nodes, byNode(pods), hash, collisions);
    store.update(KEY, set.metadata, (draft) => Object.assign(draft, { status }));
    const live = new Set(
      [update, ...all.filter((revision) => isLive(set, revision, pods))].map((r) => r.metadata.name),
    );
    trimHistory(context, set, all, live);
    const soon = pods
      .map((pod) => untilAvailable(since, pod, set.spec.minReadySeconds ?? 0) ?? 0)
      .filter((wait) => wait > 0);
    if (soon.length > 0) queue.addAfter(key, Math.min(...soon));
  });

  const isLive = (set: DaemonSet, revision: Parameters<typeof hashOf>[1], pods: readonly Pod[]) => {
    const hash = hashOf(set, revision);
    return pods.some(({ metadata }) => metadata.labels?.[REVISION_LABEL] === hash);
  };

  store.watch(KEY, store.version, ({ type, object, previous }) => {
    if (type !== 'DELETED' && object.metadata.generation !== previous?.metadata.generation) queue.add(toKey(object));
  });
  const selectorOf = ({ spec }: DaemonSet) => fromLabelSelector(spec.selector);
  watchPodsOf(context, { key: KEY, kind: 'DaemonSet', selectorOf }, (key, { type, object }) => {
    if (type === 'DELETED') since.forget(object.metadata.uid);
    const isLarge = store.countBy('pods', 'controller', controllerOf(object)?.uid ?? '') > LARGE.pods;
    queue.addAfter(key, isLarge ? LARGE.waitMs : 0);
  });
  store.watch('nodes', store.version, ({ type, object, previous }) => {
    // Only what decides where daemons go; heartbeats do not.
    const same =
      type === 'MODIFIED' &&
      previous?.metadata.labels === object.metadata.labels &&
      previous?.spec?.taints === object.spec?.taints;
    if (!same) for (const set of store.list(KEY)) queue.add(toKey(set));
  });
  for (const set of store.list(KEY)) queue.add(toKey(set));
}
