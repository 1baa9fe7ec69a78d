import type { Container, Pod } from '@portolan/shared';
import type { Happening } from '../event-recorder.ts';
import { admitted, ended, ready, started, waitingForImage } from './pod-status.ts';

/** What a stage may use of its node. */
export interface StageWorld {
  now: number;
  hostIP: string;
  podIP: string;
  exists(image: string): boolean;
  /** How long pulling the container's image took, in ms; undefined where the node had it and need not ask. */
  pulled(container: Container): number | undefined;
}

/** How long a stage waits before it happens: a range in simulated milliseconds, or the time its images take. */
export type Delay = readonly [low: number, high: number] | 'pull';

/** One step of a pod's life. Every stage that changes the status is one MODIFIED event of its own. */
export interface Stage {
  delay: Delay;
  /** Changes a draft of the pod. */
  change?(pod: Pod, world: StageWorld): void;
  /** Events told of each container. */
  tell?(container: Container, pod: Pod, world: StageWorld): Happening[];
  next(pod: Pod, world: StageWorld): StageName | undefined;
}

export type StageName =
  | 'admit'
  | 'pull'
  | 'pulled'
  | 'create'
  | 'start'
  | 'ready'
  | 'complete'
  | 'imageFailed'
  | 'imageBackOff'
  | 'kill'
  | 'end'
  | 'remove';

const normal = (reason: string, message: string, container: Container): Happening => ({
  type: 'Normal',
  reason,
  message,
  fieldPath: `spec.containers{${container.name}}`,
});

const warning = (reason: string, message: string, container: Container): Happening => ({
  ...normal(reason, message, container),
  type: 'Warning',
});

const imageError = (image: string) =>
  `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;

const hasImages = (pod: Pod, world: StageWorld) => pod.spec.containers.every(({ image }) => world.exists(image ?? ''));

/** The life of a pod on its node: start, end when it is done, back off when an image is missing, stop when deleted. */
export const STAGES: Record<StageName, Stage> = {
  admit: {
    delay: [15, 60],
    change: (pod, { hostIP, now }) => admitted(pod, hostIP, now),
    next: () => 'pull',
  },
  pull: {
    delay: [500, 900],
    tell: (container, _pod, { pulled }) =>
      pulled(container) === undefined ? [] : [normal('Pulling', `Pulling image "${container.image}"`, container)],
    next: (pod, world) => (hasImages(pod, world) ? 'pulled' : 'imageFailed'),
  },
  pulled: {
    delay: 'pull',
    tell: (container, _pod, { pulled }) => {
      const ms = pulled(container);
      const image = `image "${container.image}"`;
      if (ms === undefined) return [normal('Pulled', `Container ${image} already present on machine`, container)];
      const took = `${(ms / 1000).toFixed(3)}s`;
      return [normal('Pulled', `Successfully pulled ${image} in ${took} (${took} including waiting)`, container)];
    },
    next: () => 'create',
  },
  create: {
    delay: [100, 250],
    tell: (container) => [normal('Created', `Created container: ${container.name}`, container)],
    next: () => 'start',
  },
  start: {
    delay: [150, 300],
    change: (pod, { podIP, now }) => started(pod, podIP, now),
    tell: (container) => [normal('Started', `Started container ${container.name}`, container)],
    next: () => 'ready',
  },
  ready: {
    delay: [5000, 5500],
    change: (pod, { now }) => ready(pod, now),
    next: (pod) => (pod.spec.restartPolicy === 'Always' ? undefined : 'complete'),
  },
  complete: {
    delay: [3000, 6000],
    change: (pod, { now }) => ended(pod, 'Succeeded', now),
    next: () => undefined,
  },
  imageFailed: {
    delay: 'pull',
    change: (pod, { now, exists }) => waitingForImage(pod, 'ErrImagePull', imageError, now, (image) => !exists(image)),
    tell: (container, _pod, { exists }) => {
      const image = container.image ?? '';
      if (exists(image)) return [];
      return [
        warning('Failed', `Failed to pull image "${image}": ${imageError(image)}`, container),
        warning('Failed', 'Error: ErrImagePull', container),
      ];
    },
    next: () => 'imageBackOff',
  },
  imageBackOff: {
    delay: [11_000, 14_000],
    change: (pod, { now, exists }) =>
      waitingForImage(
        pod,
        'ImagePullBackOff',
        (image) => `Back-off pulling image "${image}": ErrImagePull: ${imageError(image)}`,
        now,
        (image) => !exists(image),
      ),
    tell: (container, _pod, { exists }) => {
      const image = container.image ?? '';
      if (exists(image)) return [];
      return [
        normal('BackOff', `Back-off pulling image "${image}"`, container),
        warning('Failed', 'Error: ImagePullBackOff', container),
      ];
    },
    next: () => 'pull',
  },
  kill: {
    delay: [20, 60],
    tell: (container, pod) =>
      pod.status?.containerStatuses?.some(({ name, state }) => name === container.name && state?.running)
        ? [normal('Killing', `Stopping container ${container.name}`, container)]
        : [],
    next: () => 'end',
  },
  end: {
    delay: [1000, 3000],
    change: (pod, { now }) => ended(pod, undefined, now),
    next: () => 'remove',
  },
  remove: {
    delay: [400, 1200],
    next: () => undefined,
  },
};
