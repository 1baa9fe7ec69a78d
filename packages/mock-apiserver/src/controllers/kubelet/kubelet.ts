import type { Node, Pod } from '@portolan/shared';
import type { Cancel } from '../../clock.ts';
import { between, type ControllerContext } from '../context.ts';
import { isEnded } from '../pod-state.ts';
import { type ImageRule, ImageStore } from './images.ts';
import { AddressLease } from './pod-addresses.ts';
import { STAGES, type Stage, type StageName, type StageWorld } from './stages.ts';

/** Seconds before an image that is missing is asked for again: 10, 20, 40… up to 300 (`pkg/kubelet/images`). */
const BACKOFF = { firstMs: 10_000, mostMs: 300_000 };

/** One pod in the kubelets' care. */
interface Life {
  cancel: Cancel | undefined;
  /** Which containers' images are being asked for, and how long the pull takes. */
  pulling: Set<string>;
  pullMs: number;
  failures: number;
  stopping: boolean;
}

/**
 * The kubelets of all nodes: each pod bound to a node lives through the table of stages, one pull at a time a node, and
 * stops when it is deleted.
 */
export function startKubelets(context: ControllerContext, images: readonly ImageRule[]): void {
  const { store, clock, random, events, report } = context;
  const imageStore = new ImageStore(images, random);
  const addresses = new AddressLease();
  const lives = new Map<string, Life>();
  /** When each node's puller is free again, on the clock's simulated time. */
  const pullerFree = new Map<string, number>();

  const nodeOf = (pod: Pod): Node | undefined => store.get('nodes', { name: pod.spec.nodeName ?? '' });

  const worldOf = (pod: Pod, life: Life): StageWorld => {
    const node = nodeOf(pod);
    const hostIP = node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
    const podIP = pod.spec.hostNetwork ? hostIP : addresses.of(pod, node?.spec?.podCIDR ?? '10.255.0.0/16');
    return {
      now: clock.now(),
      hostIP,
      podIP,
      exists: (image) => imageStore.exists(image),
      pulled: ({ name }) => (life.pulling.has(name) ? life.pullMs : undefined),
    };
  };

  /** The containers whose images the kubelet asks the registry for (`imagePullPolicy`). */
  const toPull = (pod: Pod) =>
    pod.spec.containers.filter(
      ({ image = '', imagePullPolicy }) =>
        imagePullPolicy === 'Always' ||
        (imagePullPolicy !== 'Never' && !imageStore.isPresent(pod.spec.nodeName ?? '', image)),
    );

  /** Pulls of one node queue up behind each other, as `serializeImagePulls` has it. */
  const pullMs = (pod: Pod, life: Life): number => {
    const node = pod.spec.nodeName ?? '';
    const wanted = toPull(pod).filter(({ name }) => life.pulling.has(name));
    const lasts = wanted.reduce((sum, { image = '' }) => sum + imageStore.pull(node, image), 0);
    const begins = Math.max(clock.elapsed(), pullerFree.get(node) ?? 0);
    pullerFree.set(node, begins + lasts);
    life.pullMs = begins + lasts - clock.elapsed();
    return life.pullMs;
  };

  const delayOf = (stage: Stage, pod: Pod, life: Life): number =>
    stage.delay === 'pull' ? pullMs(pod, life) : between(random, stage.delay);

  const enter = (pod: Pod, name: StageName) => {
    const life = lives.get(pod.metadata.uid);
    if (!life) return;
    life.cancel?.();
    if (name === 'pull') life.pulling = new Set(toPull(pod).map((container) => container.name));
    const again = name === 'pull' && life.failures > 0;
    const wait = again
      ? Math.min(BACKOFF.firstMs * 2 ** (life.failures - 1), BACKOFF.mostMs)
      : delayOf(STAGES[name], pod, life);
    life.cancel = clock.after(wait, () => perform(pod, name));
  };

  const perform = (known: Pod, name: StageName) => {
    const life = lives.get(known.metadata.uid);
    const pod = store.get('pods', known.metadata);
    if (!life || !pod || pod.metadata.uid !== known.metadata.uid) return;
    life.cancel = undefined;
    try {
      const stage = STAGES[name];
      const world = worldOf(pod, life);
      const host = pod.spec.nodeName ?? '';
      for (const container of pod.spec.containers) {
        for (const happening of stage.tell?.(container, pod, world) ?? []) {
          events.record(pod, { component: 'kubelet', host }, happening);
        }
      }
      if (name === 'imageFailed') life.failures += 1;
      if (stage.change) {
        store.update('pods', pod.metadata, (draft) => {
          stage.change?.(draft, world);
          return draft;
        });
      }
      if (name === 'remove') {
        store.delete('pods', pod.metadata, { graceSeconds: 0 });
        return;
      }
      const next = stage.next(pod, world);
      if (next) enter(pod, next);
    } catch (error) {
      report(error);
    }
  };

  const stop = (pod: Pod) => {
    const life = lives.get(pod.metadata.uid);
    if (!life || life.stopping) return;
    life.stopping = true;
    enter(pod, 'kill');
  };

  const see = (pod: Pod) => {
    if (!pod.spec.nodeName || !nodeOf(pod)) return;
    if (!lives.has(pod.metadata.uid)) {
      const life: Life = { cancel: undefined, pulling: new Set(), pullMs: 0, failures: 0, stopping: false };
      lives.set(pod.metadata.uid, life);
      // The address is taken in the order pods arrive, though it shows only once they run.
      worldOf(pod, life);
      if (!isEnded(pod) && !pod.metadata.deletionTimestamp) enter(pod, 'admit');
    }
    if (pod.metadata.deletionTimestamp) stop(pod);
  };

  store.watch('pods', store.version, ({ type, object }) => {
    if (type !== 'DELETED') {
      see(object);
      return;
    }
    lives.get(object.metadata.uid)?.cancel?.();
    lives.delete(object.metadata.uid);
    addresses.release(object);
  });
  for (const pod of store.list('pods')) see(pod);
}
