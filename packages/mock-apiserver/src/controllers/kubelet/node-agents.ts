import type { Node, Pod } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { toMicroTime } from '../../time.ts';
import { between, type ControllerContext } from '../context.ts';
import { DueQueue } from '../due-queue.ts';
import { isReady } from '../pod-state.ts';
import type { NodeTimings } from '../timings.ts';
import type { Kubelets } from './kubelet.ts';
import { nodeConditions, PRESSURE_ANNOTATION } from './node-conditions.ts';
import { pressureEvictions } from './pressure-evictions.ts';

const LEASES = 'leases.coordination.k8s.io';
const NODE_LEASES = 'kube-node-lease';

/** What comes and goes at its own pace must not change what else is drawn from the seed. */
const HEARTBEAT_SEED = 7919;
/** A renewal is late by up to this part of its period (`wait.JitterUntil(…, 0.04)`). */
const JITTER = 0.04;
/** How long a node's own network takes to come up, where no plug-in is waited for, in simulated ms. */
const NETWORK_MS = [5000, 9000] as const;

/** What kubelets over containerd say. */
const NO_NETWORK =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

/** What keeps nodes alive besides their pods. */
export interface NodeAgents {
  /** Why a pod on the node can have no network yet. */
  networkProblem(node: Node): string | undefined;
  /** Begins once kubelets run. */
  begin(kubelets: Kubelets): void;
}

/**
 * The kubelets' own signs of life: a lease every heartbeat, the status when it changed and every five minutes
 * (`pkg/kubelet/kubelet_node_status.go`). `networkPlugin` is a part of the image that must run on a node before its network
 * is ready; without one a node that joins has its network after some seconds. `networkMessage` is
 * what kubelets say until then. `timings` is read at every turn.
 */
export function createNodeAgents(
  context: ControllerContext,
  timings: () => NodeTimings,
  networkPlugin: string | undefined,
  networkMessage = NO_NETWORK,
): NodeAgents {
  const { store, clock, events } = context;
  const random = seededRandom(HEARTBEAT_SEED);
  const seeded = new Set(store.list('nodes').map(({ metadata }) => metadata.uid));
  /** When the network of nodes that joined is ready, in elapsed ms. */
  const networkAt = new Map<string, number>();
  const statusDue = new Map<string, number>();
  let isStopped: (node: string) => boolean = () => false;

  const isPlugin = ({ spec }: Pod) =>
    networkPlugin !== undefined && spec.containers.some(({ image = '' }) => image.includes(networkPlugin));

  const networkProblem = ({ metadata }: Node): string | undefined => {
    const ready =
      networkPlugin === undefined
        ? seeded.has(metadata.uid) || clock.elapsed() >= (networkAt.get(metadata.uid) ?? Number.POSITIVE_INFINITY)
        : store.by('pods', 'node', metadata.name).some((pod) => isPlugin(pod) && isReady(pod));
    return ready ? undefined : networkMessage;
  };

  const renew = (node: Node) => {
    const { name, uid } = node.metadata;
    const ref = { namespace: NODE_LEASES, name };
    const renewTime = toMicroTime(clock.now());
    if (store.get(LEASES, ref)) {
      store.update(LEASES, ref, (lease) => Object.assign(lease, { spec: { ...lease.spec, renewTime } }));
      return;
    }
    const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime };
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name, uid }];
    store.create(LEASES, { metadata: { ...ref, ownerReferences }, spec });
  };

  const tell = (node: Node, reason: string, message: string) =>
    events.record(node, { component: 'kubelet', host: node.metadata.name }, { type: 'Normal', reason, message });

  /** Writes the status where it says something else than what the kubelet sees, or where it is time to. */
  const post = (node: Node, images: Kubelets['images']) => {
    const { name, uid } = node.metadata;
    const seen = nodeConditions(node, networkProblem(node), clock.now());
    const stated = JSON.stringify(node.status?.conditions?.map(({ type, status, message }) => [type, status, message]));
    const changed =
      stated !== JSON.stringify(seen.conditions.map(({ type, status, message }) => [type, status, message]));
    if (!changed && clock.elapsed() < (statusDue.get(uid) ?? 0)) return;
    statusDue.set(uid, clock.elapsed() + timings().statusSeconds * 1000);
    const written = store.update('nodes', { name }, (draft) => {
      draft.status = { ...draft.status, conditions: seen.conditions, images: images.listed(name) };
      return draft;
    });
    for (const reason of seen.events) tell(written, reason, `Node ${name} status is now: ${reason}`);
  };

  return {
    networkProblem,
    begin(kubelets) {
      isStopped = kubelets.isStopped;
      const evictions = pressureEvictions(context, kubelets);
      const sign = (name: string) => {
        const node = store.get('nodes', { name });
        if (!node || isStopped(name)) return;
        renew(node);
        post(node, kubelets.images);
      };
      const beats = new DueQueue(clock, (key) => {
        const found = store.withUid(key);
        if (!found) return;
        sign(found.object.metadata.name);
        beats.add(key, timings().heartbeatSeconds * 1000 * (1 + JITTER * random()));
      });
      const begin = ({ metadata: { uid } }: Node) => {
        beats.add(uid, between(random, [0, timings().heartbeatSeconds * 100]));
        statusDue.set(uid, clock.elapsed() + timings().statusSeconds * 1000 * (0.5 + random() / 2));
      };
      const postNow = (node: Node) => {
        if (!isStopped(node.metadata.name)) post(node, kubelets.images);
      };

      store.watch('nodes', store.version, ({ type, object, previous }) => {
        const { uid, name, annotations } = object.metadata;
        if (type === 'DELETED') {
          networkAt.delete(uid);
          statusDue.delete(uid);
        } else if (type === 'ADDED') {
          const wait = between(random, NETWORK_MS);
          networkAt.set(uid, clock.elapsed() + wait);
          tell(object, 'Starting', 'Starting kubelet.');
          begin(object);
          clock.after(wait, () => sign(name));
        } else if (annotations?.[PRESSURE_ANNOTATION] !== previous?.metadata.annotations?.[PRESSURE_ANNOTATION]) {
          clock.after(0, () => {
            const node = store.get('nodes', { name });
            if (node) postNow(node);
          });
          evictions.consider(name);
        }
      });
      store.watch('pods', store.version, ({ object, previous }) => {
        const node = isPlugin(object) && store.get('nodes', { name: object.spec.nodeName ?? '' });
        if (node && (!previous || isReady(object) !== isReady(previous))) postNow(node);
      });
      kubelets.onChange((name, stopped) => {
        if (!stopped) clock.after(20, () => sign(name));
      });
      for (const node of store.list('nodes')) begin(node);
    },
  };
}
