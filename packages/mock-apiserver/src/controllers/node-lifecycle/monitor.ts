import type { Condition, Node } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import { CONDITION_ROWS } from '../kubelet/node-conditions.ts';
import { fromKey, toKey } from '../object-key.ts';
import { isReady } from '../pod-state.ts';
import type { NodeTimings } from '../timings.ts';
import { WorkQueue } from '../work-queue.ts';
import { hasNoExecute, NOT_READY, swapNoExecuteTaint, syncNoScheduleTaints, UNREACHABLE } from './taints.ts';
import { evictionRate, ZoneQueue, type ZoneState, zoneOf, zoneState } from './zones.ts';

const SOURCE = { component: 'node-controller' };
const NODE_LEASES = 'kube-node-lease';

/** A pass takes a moment, so that the next begins a little later than its period says. */
const PASS_MS = 8;
/** A turn that comes later than this, in simulated ms, was held up with all else. */
const STANDSTILL_MS = 1000;

/** What was last seen of a node, and when in elapsed ms it last gave a sign of life. */
interface Health {
  lease: string | undefined;
  heartbeat: string | undefined;
  seenAt: number;
}

const readyOf = (node: Node) => node.status?.conditions?.find(({ type }) => type === 'Ready');

/**
 * Watches over the nodes as the node lifecycle controller does (`pkg/controller/nodelifecycle`): one that gives no sign of life
 * within its grace is Unknown, its pods are not ready, and it is tainted, at a rate that depends on how much of its zone is
 * lost. `timings` is read at every turn.
 */
export function startNodeMonitor(context: ControllerContext, timings: () => NodeTimings): void {
  const { store, clock, events, report } = context;
  const healths = new Map<string, Health>();
  const queues = new Map<string, ZoneQueue>();
  let states = new Map<string, ZoneState>();

  const giveUp = (name: string) => {
    const node = store.get('nodes', { name });
    const status = node && readyOf(node)?.status;
    if (!node || status === 'True') return;
    swapNoExecuteTaint(store, node, status === 'Unknown' ? UNREACHABLE : NOT_READY, clock.now());
  };

  const queueOf = (node: Node): ZoneQueue => {
    const zone = zoneOf(node);
    const known = queues.get(zone) ?? new ZoneQueue(clock, giveUp);
    queues.set(zone, known);
    return known;
  };

  const taints = new WorkQueue(context, (key) => {
    const node = store.get('nodes', fromKey(key));
    if (node) syncNoScheduleTaints(store, node, clock.now());
  });

  /** Notes signs of life: a lease renewed, a status written. */
  const look = (node: Node): Health => {
    const { uid, name } = node.metadata;
    const lease = store.get('leases.coordination.k8s.io', { namespace: NODE_LEASES, name })?.metadata.resourceVersion;
    const heartbeat = readyOf(node)?.lastHeartbeatTime ?? undefined;
    const known = healths.get(uid);
    const alive = !known || known.lease !== lease || known.heartbeat !== heartbeat;
    const health = { lease, heartbeat, seenAt: alive ? clock.elapsed() : known.seenAt };
    healths.set(uid, health);
    return health;
  };

  const unknown = (node: Node): Node =>
    store.update('nodes', node.metadata, (draft) => {
      const now = toTime(clock.now());
      const conditions = [...(draft.status?.conditions ?? [])];
      for (const { type } of CONDITION_ROWS) {
        const at = conditions.findIndex((condition) => condition.type === type);
        const before = conditions[at];
        if (before?.status === 'Unknown') continue;
        const next: Condition = before
          ? {
              ...before,
              status: 'Unknown',
              reason: 'NodeStatusUnknown',
              message: 'Kubelet stopped posting node status.',
              lastTransitionTime: now,
            }
          : {
              type,
              status: 'Unknown',
              reason: 'NodeStatusNeverUpdated',
              message: 'Kubelet never posted node status.',
              lastHeartbeatTime: draft.metadata.creationTimestamp,
              lastTransitionTime: now,
            };
        if (before) conditions[at] = next;
        else conditions.push(next);
      }
      draft.status = { ...draft.status, conditions };
      return draft;
    });

  const markPodsNotReady = (name: string) => {
    for (const pod of store.by('pods', 'node', name)) {
      if (!isReady(pod)) continue;
      const marked = store.update('pods', pod.metadata, (draft) => {
        const ready = draft.status?.conditions?.find(({ type }) => type === 'Ready');
        if (ready) Object.assign(ready, { status: 'False', lastTransitionTime: toTime(clock.now()) });
        return draft;
      });
      events.record(marked, SOURCE, { type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' });
    }
  };

  /** What the taints should be by what the node's readiness was when this pass met it: one pass after it changed. */
  const taint = (node: Node, status: Condition['status'] | undefined) => {
    if (status === 'True') {
      queueOf(node).delete(node.metadata.name);
      swapNoExecuteTaint(store, node, undefined, clock.now());
      return;
    }
    const [wanted, opposite] = status === 'Unknown' ? [UNREACHABLE, NOT_READY] : [NOT_READY, UNREACHABLE];
    if (hasNoExecute(node, wanted)) return;
    if (hasNoExecute(node, opposite)) swapNoExecuteTaint(store, node, wanted, clock.now());
    else queueOf(node).add(node.metadata.name);
  };

  const check = (node: Node): Condition['status'] | undefined => {
    const { name } = node.metadata;
    const health = look(node);
    const observed = readyOf(node)?.status;
    const silent = clock.elapsed() - health.seenAt > timings().graceSeconds * 1000;
    const next = silent && observed !== 'Unknown' ? unknown(node) : node;
    // What is given up or taken back depends on what the last pass left.
    const fresh = store.get('nodes', { name }) ?? next;
    if (observed !== undefined) taint(fresh, observed);
    const current = readyOf(next)?.status;
    if (observed === 'True' && current !== 'True') {
      events.record(next, SOURCE, {
        type: 'Normal',
        reason: 'NodeNotReady',
        message: `Node ${name} status is now: NodeNotReady`,
      });
    }
    if (current === 'Unknown') markPodsNotReady(name);
    return current;
  };

  /** How much of each zone is lost decides how fast its nodes are given up; where all is lost, nothing is. */
  const weigh = (nodes: readonly Node[], status: ReadonlyMap<string, Condition['status'] | undefined>) => {
    const counts = new Map<string, { ready: number; notReady: number }>();
    for (const node of nodes) {
      const zone = zoneOf(node);
      const count = counts.get(zone) ?? { ready: 0, notReady: 0 };
      if (status.get(node.metadata.uid) === 'True') count.ready += 1;
      else count.notReady += 1;
      counts.set(zone, count);
    }
    const next = new Map([...counts].map(([zone, { ready, notReady }]) => [zone, zoneState(ready, notReady)]));
    const allLost = next.size > 0 && [...next.values()].every((state) => state === 'full');
    const wereLost = states.size > 0 && [...states.values()].every((state) => state === 'full');
    if (allLost && !wereLost) for (const node of nodes) swapNoExecuteTaint(store, node, undefined, clock.now());
    // Some came back: all get their grace anew.
    if (wereLost && !allLost) for (const health of healths.values()) health.seenAt = clock.elapsed();
    for (const [zone, { ready, notReady }] of counts) {
      queues.get(zone)?.setRate(evictionRate(next.get(zone) ?? 'normal', ready + notReady, allLost));
    }
    states = next;
  };

  let due = 0;
  const pass = () => {
    const late = clock.elapsed() - due;
    // When everything stood still nobody could give a sign of life: that time is nobody's silence.
    if (late > STANDSTILL_MS) for (const health of healths.values()) health.seenAt += late;
    const period = timings().monitorSeconds * 1000 + PASS_MS;
    due = clock.elapsed() + period;
    clock.after(period, pass);
    try {
      const nodes = store.list('nodes');
      const status = new Map(nodes.map((node) => [node.metadata.uid, check(node)]));
      weigh(store.list('nodes'), status);
    } catch (error) {
      report(error);
    }
  };

  const tell = (node: Node, reason: string, what: string) => {
    const { name } = node.metadata;
    const message = `Node ${name} event: ${what}`;
    events.record(node, SOURCE, { type: 'Normal', reason, message });
  };

  store.watch('nodes', store.version, ({ type, object, previous }) => {
    const { name, uid } = object.metadata;
    if (type === 'DELETED') {
      healths.delete(uid);
      queueOf(object).delete(name);
      tell(object, 'RemovingNode', `Removing Node ${name} from Controller`);
      return;
    }
    if (type === 'ADDED') tell(object, 'RegisteredNode', `Registered Node ${name} in Controller`);
    const facts = (node: Node | undefined) => [node?.status?.conditions, node?.spec];
    const [now, before] = [facts(object), facts(previous)];
    if (now.some((part, index) => part !== before[index])) taints.add(toKey(object));
  });
  for (const node of store.list('nodes')) taints.add(toKey(node));
  due = clock.elapsed();
  clock.after(0, pass);
}
