import { isDeepStrictEqual } from 'node:util';
import type { Node, Pod } from '@portolan/shared';
import { badRequest } from '../../api-error.ts';
import type { Cancel } from '../../clock.ts';
import type { ObjectRef } from '../../store/kinds.ts';
import { copyOf } from '../../store/structure.ts';
import type { ControllerContext } from '../context.ts';
import { isEnded, isReady } from '../pod-state.ts';
import { rejectionOf } from './admission.ts';
import { BEHAVIOUR_ANNOTATION, behaviourOf } from './behaviour-of.ts';
import { FAILING_ANNOTATION } from './failing-probes.ts';
import { type ImageRule, ImageStore } from './images.ts';
import { KUBELET_ANNOTATION } from './kubelet-annotation.ts';
import { AddressLease } from './pod-addresses.ts';
import { PodWorker } from './pod-worker.ts';
import type { PodWorld } from './pod-world.ts';

/** How long a kubelet that goes on takes to write down its pods, and then to go on with them, in simulated ms. */
const RESUME = { statusMs: 340, workMs: 1000 };

/** Says of a pod that it shows a static one of its node. */
const MIRROR_ANNOTATION = 'kubernetes.io/config.mirror';
/** From a mirror pod's deletion to the next, in simulated ms. */
const MIRROR_MS = 1000;

/** How long a kubelet takes to see that its pod's status was changed by others, in simulated ms (`syncPeriod`). */
const REASSERT_MS = 4000;

/** What a kubelet is besides its pods. */
interface Kubelet {
  stopped: boolean;
  /** What fell due while it was stopped, in order. */
  parked: (() => void)[];
  /** When its puller is free again, in elapsed ms: `serializeImagePulls` has one image pulled at a time. */
  pullerFree: number;
}

/** The kubelets of all nodes. */
export interface Kubelets {
  images: ImageStore;
  isStopped(node: string): boolean;
  /** Ends a container; throws BadRequest where it does not run. */
  exit(ref: ObjectRef, container: string | undefined, code: number, oom: boolean): void;
  /** Ends a pod as failed, as an eviction does. */
  fail(pod: Pod, reason: string, message: string): void;
  /** Calls `listener` whenever a node's kubelet stops or goes on. */
  onChange(listener: (node: string, stopped: boolean) => void): void;
}

/** The parts of a pod that faults and scenarios change while it lives. */
const tuned = (pod: Pod | undefined) =>
  Object.entries(pod?.metadata.annotations ?? {}).filter(
    ([key]) => key === FAILING_ANNOTATION || key.startsWith(BEHAVIOUR_ANNOTATION),
  );

/** Runs the kubelets: every pod bound to a node that there is lives in the care of a worker. */
export function startKubelets(
  context: ControllerContext,
  rules: readonly ImageRule[],
  networkProblem: (node: Node) => string | undefined = () => undefined,
): Kubelets {
  const { store, clock, random, events, report } = context;
  const images = new ImageStore(rules, random);
  const addresses = new AddressLease();
  const workers = new Map<string, PodWorker>();
  const kubelets = new Map<string, Kubelet>();
  const listeners: ((node: string, stopped: boolean) => void)[] = [];

  const kubeletOf = (name: string): Kubelet => {
    const known = kubelets.get(name) ?? { stopped: false, parked: [], pullerFree: 0 };
    kubelets.set(name, known);
    return known;
  };

  const after = (node: string, ms: number, run: () => void): Cancel => {
    let cancelled = false;
    const guarded = () => {
      if (cancelled) return;
      try {
        run();
      } catch (error) {
        report(error);
      }
    };
    const cancel = clock.after(ms, () => {
      const kubelet = kubeletOf(node);
      if (kubelet.stopped) kubelet.parked.push(guarded);
      else guarded();
    });
    return () => {
      cancelled = true;
      cancel();
    };
  };

  const nodeNamed = (name: string): Node | undefined => store.get('nodes', { name });
  const hostIP = (name: string) =>
    nodeNamed(name)?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';

  const worldOf = (known: Pod): PodWorld => {
    const node = known.spec.nodeName ?? '';
    const pod = () => {
      const found = store.get('pods', known.metadata);
      return found?.metadata.uid === known.metadata.uid ? found : known;
    };
    return {
      store,
      random,
      images,
      node,
      pod,
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      after: (ms, run) => after(node, ms, run),
      hostIP: () => hostIP(node),
      podIP: () =>
        known.spec.hostNetwork ? hostIP(node) : addresses.of(known, nodeNamed(node)?.spec?.podCIDR ?? '10.255.0.0/16'),
      queuePull: (ms) => {
        const kubelet = kubeletOf(node);
        kubelet.pullerFree = Math.max(clock.elapsed(), kubelet.pullerFree) + ms;
        return kubelet.pullerFree - clock.elapsed();
      },
      rejection: () => {
        const found = nodeNamed(node);
        return found && rejectionOf(pod(), found, store.by('pods', 'node', node));
      },
      networkProblem: () => {
        const found = nodeNamed(node);
        return found && !known.spec.hostNetwork ? networkProblem(found) : undefined;
      },
      tell: (happening) => events.record(pod(), { component: 'kubelet', host: node }, happening),
    };
  };

  const work = (pod: Pod): PodWorker => {
    const world = worldOf(pod);
    // The address is taken in the order pods arrive, though it shows only once they run.
    world.podIP();
    const worker = new PodWorker(world);
    workers.set(pod.metadata.uid, worker);
    return worker;
  };

  /** Whether nothing ever happens to a pod by itself: all runs, is ready, and stays so. Such a pod needs no worker. */
  const isQuiet = (pod: Pod): boolean => {
    const statuses = pod.status?.containerStatuses ?? [];
    const { containers, initContainers = [], activeDeadlineSeconds } = pod.spec;
    if (statuses.length < containers.length || activeDeadlineSeconds !== undefined || tuned(pod).length > 0)
      return false;
    if (initContainers.some(({ restartPolicy }) => restartPolicy === 'Always')) return false;
    if (!statuses.every(({ state, ready }) => state?.running && ready)) return false;
    return containers.every((container) => {
      const does = behaviourOf(pod, container, images.behaviour(container.image ?? ''));
      return !does.runsMs && !does.unhealthyMs && does.awaitsService === undefined;
    });
  };

  /** The worker of a pod whose status is already written. */
  const adopt = (pod: Pod): PodWorker => {
    const known = workers.get(pod.metadata.uid);
    if (known) return known;
    const worker = work(pod);
    worker.adopt();
    return worker;
  };

  /** What a node runs of itself it runs on: a mirror pod that is deleted is made again (`pkg/kubelet/pod/mirror_client.go`). */
  const mirrorAgain = ({ metadata, spec }: Pod) => {
    const { name, namespace, labels, annotations, ownerReferences } = metadata;
    const node = spec.nodeName ?? '';
    after(node, MIRROR_MS, () => {
      const owner = nodeNamed(node)?.metadata.uid;
      if (!ownerReferences?.some(({ uid }) => uid === owner) || store.get('pods', metadata)) return;
      store.create('pods', {
        metadata: copyOf({ name, namespace, labels, annotations, ownerReferences }),
        spec: copyOf(spec),
        status: { phase: 'Pending' },
      });
    });
  };

  const remove = (pod: Pod) => {
    const found = store.get('pods', pod.metadata);
    if (found?.metadata.uid === pod.metadata.uid) store.delete('pods', pod.metadata, { graceSeconds: 0 });
  };

  /** Somebody else said that a pod is not ready, while its kubelet lives and knows better (`needsReconcile`). */
  const reassert = (pod: Pod) => {
    const node = pod.spec.nodeName ?? '';
    const isFine = pod.status?.conditions?.some(({ type, status }) => type === 'ContainersReady' && status === 'True');
    if (!isFine || pod.spec.readinessGates || kubeletOf(node).stopped) return;
    after(node, REASSERT_MS, () => {
      const now = store.get('pods', pod.metadata);
      if (now?.metadata.uid === pod.metadata.uid && !isReady(now) && !isEnded(now)) adopt(now).refresh();
    });
  };

  const see = (pod: Pod, previous: Pod | undefined) => {
    const { uid, deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
    if (!pod.spec.nodeName || !nodeNamed(pod.spec.nodeName)) return;
    const known = workers.get(uid);
    if (deletionTimestamp) {
      if (deletionGracePeriodSeconds === previous?.metadata.deletionGracePeriodSeconds && known) return;
      adopt(pod).terminate(deletionGracePeriodSeconds, () => remove(pod));
      return;
    }
    if (previous && isReady(previous) && !isReady(pod)) reassert(pod);
    if (known) known.changed(previous);
    else if (isEnded(pod)) return;
    else if (!pod.status?.containerStatuses) work(pod).admit();
    else if (!previous || !isDeepStrictEqual(tuned(pod), tuned(previous))) {
      if (!isQuiet(pod)) adopt(pod).changed(previous);
      else if (pod.status.podIP) addresses.of(pod, '');
    }
  };

  const resume = (name: string) => {
    const kubelet = kubeletOf(name);
    clock.after(RESUME.statusMs, () => {
      if (kubelet.stopped) return;
      for (const pod of store.by('pods', 'node', name)) {
        const worker = workers.get(pod.metadata.uid);
        if (worker) worker.refresh();
        else if (!isEnded(pod) && !isReady(pod)) adopt(pod).refresh();
      }
    });
    clock.after(RESUME.workMs, () => {
      if (kubelet.stopped) return;
      for (const run of kubelet.parked.splice(0)) run();
    });
  };

  const setStopped = (name: string, stopped: boolean) => {
    const kubelet = kubeletOf(name);
    if (kubelet.stopped === stopped) return;
    kubelet.stopped = stopped;
    if (!stopped) resume(name);
    for (const listener of listeners) listener(name, stopped);
  };

  const forget = (node: Node) => {
    const { name } = node.metadata;
    for (const { metadata } of store.by('pods', 'node', name)) {
      workers.get(metadata.uid)?.dispose();
      workers.delete(metadata.uid);
    }
    kubelets.delete(name);
    images.forget(name);
  };

  store.watch('nodes', store.version, ({ type, object }) => {
    const { name, annotations } = object.metadata;
    if (type === 'DELETED') {
      forget(object);
      return;
    }
    setStopped(name, annotations?.[KUBELET_ANNOTATION] === 'stopped');
    if (type === 'ADDED') for (const pod of store.by('pods', 'node', name)) see(pod, undefined);
  });
  for (const { metadata } of store.list('nodes')) {
    if (metadata.annotations?.[KUBELET_ANNOTATION] === 'stopped') kubeletOf(metadata.name).stopped = true;
  }
  store.watch('pods', store.version, ({ type, object, previous }) => {
    if (type !== 'DELETED') {
      // What was bound just now is met for the first time.
      see(object, previous?.spec.nodeName ? previous : undefined);
      return;
    }
    workers.get(object.metadata.uid)?.dispose();
    workers.delete(object.metadata.uid);
    addresses.release(object);
    if (object.metadata.annotations?.[MIRROR_ANNOTATION] !== undefined) mirrorAgain(object);
  });
  for (const pod of store.list('pods')) see(pod, undefined);

  return {
    images,
    isStopped: (node) => kubelets.get(node)?.stopped ?? false,
    exit(ref, container, code, oom) {
      const pod = store.need('pods', ref);
      const { name } = pod.metadata;
      const isThere = pod.spec.nodeName && !isEnded(pod) && pod.status?.containerStatuses;
      if (!isThere || !adopt(pod).exit(container, code, oom)) {
        throw badRequest(`container "${container ?? pod.spec.containers[0]?.name}" in pod "${name}" does not run`);
      }
    },
    fail(pod, reason, message) {
      if (!isEnded(pod) && pod.spec.nodeName) adopt(pod).fail(reason, message);
    },
    onChange: (listener) => listeners.push(listener),
  };
}
