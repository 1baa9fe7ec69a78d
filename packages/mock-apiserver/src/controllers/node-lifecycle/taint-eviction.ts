import type { Node, Pod, Taint, Toleration } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import { DueQueue } from '../due-queue.ts';
import { isEnded } from '../pod-state.ts';
import { tolerates } from '../scheduler/tolerates.ts';
import { DEFAULT_TIMINGS, type NodeTimings } from '../timings.ts';
import { NOT_READY, UNREACHABLE } from './taints.ts';

const SOURCE = { component: 'taint-eviction-controller' };

/** An eviction to come; both times in elapsed ms. */
interface Eviction {
  since: number;
  due: number;
}

const noExecute = (node: Node | undefined): Taint[] =>
  node?.spec?.taints?.filter(({ effect }) => effect === 'NoExecute') ?? [];

/** Seconds that a toleration gives, Infinity for ever. The default's are the control plane's own. */
function secondsOf({ tolerationSeconds }: Toleration, taint: Taint, { evictionSeconds }: NodeTimings): number {
  if (tolerationSeconds === undefined) return Number.POSITIVE_INFINITY;
  const isDefault =
    tolerationSeconds === DEFAULT_TIMINGS.evictionSeconds && (taint.key === NOT_READY || taint.key === UNREACHABLE);
  return Math.max(0, isDefault ? evictionSeconds : tolerationSeconds);
}

/** How long a pod stays in spite of these taints, in seconds; 0 when one is not tolerated. */
function stays(pod: Pod, taints: readonly Taint[], timings: NodeTimings): number {
  const each = taints.map((taint) => {
    const matching = (pod.spec.tolerations ?? []).filter((toleration) => tolerates(toleration, taint));
    return matching.length === 0 ? 0 : Math.min(...matching.map((toleration) => secondsOf(toleration, taint, timings)));
  });
  return Math.min(Number.POSITIVE_INFINITY, ...each);
}

/**
 * Deletes the pods of nodes with NoExecute taints, each after the seconds that it tolerates them
 * (`pkg/controller/tainteviction`). On a node whose kubelet is silent they then stay, Terminating.
 */
export function startTaintEviction(context: ControllerContext, timings: () => NodeTimings): void {
  const { store, clock, events, report } = context;
  const evictions = new Map<string, Eviction>();

  const tell = (pod: Pod, what: string) => {
    const { namespace, name } = pod.metadata;
    const message = `${what} Pod ${namespace}/${name}`;
    events.record(pod, SOURCE, { type: 'Normal', reason: 'TaintManagerEviction', message });
  };

  const cancel = (pod: Pod) => {
    if (evictions.delete(pod.metadata.uid)) tell(pod, 'Cancelling deletion of');
  };

  const evict = (pod: Pod) => {
    tell(pod, 'Marking for deletion');
    const lastTransitionTime = toTime(clock.now());
    store.update('pods', pod.metadata, (draft) => {
      const others = draft.status?.conditions?.filter(({ type }) => type !== 'DisruptionTarget') ?? [];
      const condition = {
        type: 'DisruptionTarget',
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime,
        reason: 'DeletionByTaintManager',
        message: 'Taint manager: deleting due to NoExecute taint',
      } as const;
      draft.status = { ...draft.status, conditions: [...others, condition] };
      return draft;
    });
    store.delete('pods', pod.metadata);
  };

  const due = new DueQueue(clock, (uid) => {
    const eviction = evictions.get(uid);
    // Another time may have taken the place of the one that this turn stands for.
    if (!eviction || eviction.due > clock.elapsed() + 1) return;
    evictions.delete(uid);
    const pod = store.withUid(uid)?.object as Pod | undefined;
    if (!pod || pod.metadata.deletionTimestamp) return;
    try {
      evict(pod);
    } catch (error) {
      report(error);
    }
  });

  const consider = (pod: Pod, taints: readonly Taint[]) => {
    const { uid, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp || isEnded(pod)) return;
    const seconds = taints.length === 0 ? Number.POSITIVE_INFINITY : stays(pod, taints, timings());
    if (seconds === Number.POSITIVE_INFINITY) {
      cancel(pod);
      return;
    }
    const now = clock.elapsed();
    const known = evictions.get(uid);
    const since = seconds > 0 && known ? known.since : now;
    const at = Math.ceil(since + seconds * 1000);
    if (known && seconds > 0 && known.due <= at) return;
    evictions.set(uid, { since, due: Math.max(at, now) });
    due.add(uid, Math.max(0, at - now));
  };

  store.watch('nodes', store.version, ({ type, object, previous }) => {
    if (type === 'DELETED' || object.spec?.taints === previous?.spec?.taints) return;
    const [taints, before] = [noExecute(object), noExecute(previous)];
    if (taints.length === 0 && before.length === 0) return;
    for (const pod of store.by('pods', 'node', object.metadata.name)) consider(pod, taints);
  });
  store.watch('pods', store.version, ({ type, object, previous }) => {
    if (type === 'DELETED') evictions.delete(object.metadata.uid);
    else if (object.spec !== previous?.spec && object.spec.nodeName) {
      const taints = noExecute(store.get('nodes', { name: object.spec.nodeName }));
      if (taints.length > 0) consider(object, taints);
    }
  });
  for (const node of store.list('nodes')) {
    const taints = noExecute(node);
    if (taints.length === 0) continue;
    for (const pod of store.by('pods', 'node', node.metadata.name)) consider(pod, taints);
  }
}
