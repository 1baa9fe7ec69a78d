import type { Pod } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { Happening } from '../event-recorder.ts';
import { backoffMs, goDuration } from './backoff.ts';
import type { Range } from './behaviour.ts';
import { type ContainerLife, containerId } from './container-life.ts';
import { canonicalName, imageSize, isReference, withTag } from './images.ts';

/** What a stage may use of its pod and its node. */
export interface StageWorld {
  pod: Pod;
  /** Epoch ms, for what is written. */
  now: number;
  /** Simulated ms since the clock began, for what is waited for. */
  elapsed: number;
  /** Whether a registry has the image. */
  exists(image: string): boolean;
  /** Whether the node has it. */
  isPresent(image: string): boolean;
  /** Starts the pull that the container's policy asks for, and answers how long it takes; undefined where none is needed. */
  pull(life: ContainerLife): number | undefined;
  /** What the container is configured by and is not there: `configmap "x" not found`. */
  missing(life: ContainerLife): string | undefined;
  /** The container runs from now on. */
  begin(life: ContainerLife): void;
}

/** How long a stage waits before it happens: a range in simulated milliseconds, or what the container's state says. */
export type Delay = Range | ((life: ContainerLife, world: StageWorld, draw: (range: Range) => number) => number);

/** One step on a container's way to run. */
export interface Stage {
  delay: Delay;
  /** Changes what the container's status shows. */
  enter?(life: ContainerLife, world: StageWorld): void;
  /** Events told of it, after the change. */
  tell?(life: ContainerLife, world: StageWorld): Happening[];
  /** Its start has succeeded or failed for this time: the kubelet goes on to the pod's next container, or writes the status. */
  settles?: true;
  next(life: ContainerLife, world: StageWorld): StageName | undefined;
}

export type StageName =
  | 'pull'
  | 'pulled'
  | 'create'
  | 'start'
  | 'imageFailed'
  | 'imageBackOff'
  | 'imageInvalid'
  | 'imageNever'
  | 'configFailed'
  | 'crashBackOff'
  | 'resync';

/** How often a kubelet looks again at what failed (`backOffPeriod` 10 s and its jitter). */
const RESYNC: Range = [11_000, 14_000];

/** The container of a pod that an event is about, as its fieldPath. */
export function containerPath({ role, spec }: ContainerLife): string {
  return `spec.${role === 'main' ? 'containers' : 'initContainers'}{${spec.name}}`;
}

export function normal(life: ContainerLife, reason: string, message: string): Happening {
  return { type: 'Normal', reason, message, fieldPath: containerPath(life) };
}

export function warning(life: ContainerLife, reason: string, message: string): Happening {
  return { ...normal(life, reason, message), type: 'Warning' };
}

const imageOf = ({ spec }: ContainerLife) => spec.image ?? '';

const imageError = (image: string) => {
  const name = canonicalName(image);
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${name}: not found`;
};

function waits(life: ContainerLife, reason: string, message: string): void {
  life.progress = 'waiting';
  if (life.state.terminated) life.lastState = life.state;
  life.state = { waiting: { reason, message } };
}

const neverMessage = (image: string) => `Container image "${image}" is not present with pull policy of Never`;

const invalidMessage = (image: string) =>
  `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format${image === image.toLowerCase() ? '' : ': repository name must be lowercase'}`;

/** What follows the look at a container's image. */
function afterLook(life: ContainerLife, world: StageWorld): StageName {
  const image = imageOf(life);
  if (!isReference(image)) return 'imageInvalid';
  if (life.spec.imagePullPolicy === 'Never' && !world.isPresent(image)) return 'imageNever';
  return life.pullMs !== undefined && !world.exists(image) ? 'imageFailed' : 'pulled';
}

const podName = ({ metadata }: Pod) => `${metadata.name}_${metadata.namespace}(${metadata.uid})`;

/** Waits until it is due, but looks every now and then and says so. */
const untilDue: Delay = (life, world, draw) => {
  const left = life.due - world.elapsed;
  return left > 0 ? Math.min(left, draw(RESYNC)) : draw(RESYNC);
};

/** A timer may come a little early. */
const isDue = (life: ContainerLife, world: StageWorld) => life.due - world.elapsed < 200;

/** A container's way to run: its image, its configuration, its start; and how it waits when one of them fails or it crashed. */
export const STAGES: Record<StageName, Stage> = {
  pull: {
    delay: [5, 25],
    enter: (life, world) => {
      life.progress = 'starting';
      life.pullMs = isReference(imageOf(life)) ? world.pull(life) : undefined;
    },
    tell: (life) => (life.pullMs === undefined ? [] : [normal(life, 'Pulling', `Pulling image "${life.spec.image}"`)]),
    next: afterLook,
  },
  pulled: {
    delay: (life) => life.pullMs ?? 0,
    enter: (life) => {
      life.pullFailures = 0;
    },
    tell: (life) => {
      const image = `image "${life.spec.image}"`;
      if (life.pullMs === undefined) return [normal(life, 'Pulled', `Container ${image} already present on machine`)];
      const took = `${(life.pullMs / 1000).toFixed(3).replace(/\.?0+$/, '')}s`;
      return [
        normal(
          life,
          'Pulled',
          `Successfully pulled ${image} in ${took} (${took} including waiting). Image size: ${imageSize(withTag(imageOf(life)))} bytes.`,
        ),
      ];
    },
    next: (life, world) => (world.missing(life) === undefined ? 'create' : 'configFailed'),
  },
  create: {
    delay: [100, 250],
    tell: (life) => [normal(life, 'Created', `Created container: ${life.spec.name}`)],
    next: () => 'start',
  },
  start: {
    delay: [150, 300],
    enter: (life, world) => {
      if (life.state.terminated) life.lastState = life.state;
      if (life.containerID !== undefined) life.restarts += 1;
      life.containerID = containerId(world.pod, life);
      life.state = { running: { startedAt: toTime(world.now) } };
      life.progress = 'running';
      world.begin(life);
    },
    tell: (life) => [normal(life, 'Started', `Started container ${life.spec.name}`)],
    settles: true,
    next: () => undefined,
  },
  imageFailed: {
    delay: (life) => life.pullMs ?? 0,
    enter: (life, world) => {
      waits(life, 'ErrImagePull', imageError(imageOf(life)));
      life.pullFailures += 1;
      life.due = world.elapsed;
    },
    tell: (life) => {
      const image = imageOf(life);
      return [
        warning(life, 'Failed', `Failed to pull image "${image}": ${imageError(image)}`),
        warning(life, 'Failed', 'Error: ErrImagePull'),
      ];
    },
    settles: true,
    next: () => 'imageBackOff',
  },
  imageBackOff: {
    delay: untilDue,
    enter: (life, world) => {
      const image = imageOf(life);
      const first = life.state.waiting?.reason !== 'ImagePullBackOff';
      if (first) life.due = world.elapsed + backoffMs(life.pullFailures);
      waits(life, 'ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${imageError(image)}`);
    },
    tell: (life, world) =>
      isDue(life, world)
        ? []
        : [
            normal(life, 'BackOff', `Back-off pulling image "${imageOf(life)}"`),
            warning(life, 'Failed', 'Error: ImagePullBackOff'),
          ],
    settles: true,
    next: (life, world) => (isDue(life, world) ? 'pull' : 'imageBackOff'),
  },
  imageInvalid: {
    delay: [5, 25],
    enter: (life) => waits(life, 'InvalidImageName', invalidMessage(imageOf(life))),
    tell: (life) => [
      warning(life, 'InspectFailed', invalidMessage(imageOf(life))),
      warning(life, 'Failed', 'Error: InvalidImageName'),
    ],
    settles: true,
    next: () => 'resync',
  },
  imageNever: {
    delay: [5, 25],
    enter: (life) => waits(life, 'ErrImageNeverPull', neverMessage(imageOf(life))),
    tell: (life) => [
      warning(life, 'ErrImageNeverPull', neverMessage(imageOf(life))),
      warning(life, 'Failed', 'Error: ErrImageNeverPull'),
    ],
    settles: true,
    next: () => 'resync',
  },
  configFailed: {
    delay: [50, 150],
    enter: (life, world) => waits(life, 'CreateContainerConfigError', world.missing(life) ?? ''),
    tell: (life) => [warning(life, 'Failed', `Error: ${life.state.waiting?.message}`)],
    settles: true,
    next: () => 'resync',
  },
  crashBackOff: {
    delay: untilDue,
    enter: (life, world) => {
      const pause = goDuration(life.backoff?.ms ?? 0);
      waits(
        life,
        'CrashLoopBackOff',
        `back-off ${pause} restarting failed container=${life.spec.name} pod=${podName(world.pod)}`,
      );
    },
    tell: (life, world) =>
      isDue(life, world)
        ? []
        : [
            warning(
              life,
              'BackOff',
              `Back-off restarting failed container ${life.spec.name} in pod ${podName(world.pod)}`,
            ),
          ],
    settles: true,
    next: (life, world) => (isDue(life, world) ? 'pull' : 'crashBackOff'),
  },
  resync: {
    delay: RESYNC,
    next: () => 'pull',
  },
};
