import type { Deployment, Pod } from '@portolan/shared';
import { type Random, seededRandom } from '@portolan/shared';
import { isReady } from '../../controllers/pod-state.ts';
import type { ObjectRef } from '../../store/kinds.ts';
import { toTime } from '../../time.ts';
import type { Living } from '../filling.ts';

/** Churn draws from a source of its own, so that what it does not touch lives as it would without it. */
const CHURN_SEED = 3_000_017;

/** How often it is asked whether something is due, in simulated milliseconds. */
const TURN_MS = 250;

/** About how many writes it takes for a pod to come, to go, and for one to take another's place. */
const WRITES = { come: 6, go: 3, replace: 9 };

/** Deployments beyond this size are not rolled out: one would be all there is for a while. */
const MOST_ROLLED_OUT = 12;

/** What churn works with. */
interface World extends Living {
  random: Random;
  /** A Deployment of at most so many pods that is as it should be; undefined when the draw met none. */
  deployment(most: number): Deployment | undefined;
  /** How many pods each had when churn began. */
  sizes: ReadonlyMap<string, number>;
}

/** One kind of thing that goes on. `run` does it and answers about how many writes of pods it brings about. */
interface Happening {
  weight: number;
  run(world: World): number;
}

const keyOf = ({ metadata }: Deployment) => `${metadata.namespace}/${metadata.name}`;

/** A ready pod of a Deployment, drawn among all its own. */
function drawPod({ store, random }: World, deployment: Deployment): Pod | undefined {
  const pods = store
    .by('replicasets.apps', 'controller', deployment.metadata.uid)
    .flatMap(({ metadata }) => store.by('pods', 'controller', metadata.uid))
    .filter((pod) => isReady(pod) && !pod.metadata.deletionTimestamp);
  return pods[Math.floor(random() * pods.length)];
}

const HAPPENINGS: Readonly<Record<string, Happening>> = {
  deletion: {
    weight: 5,
    run(world) {
      const deployment = world.deployment(Number.POSITIVE_INFINITY);
      const pod = deployment && drawPod(world, deployment);
      if (!pod) return 0;
      world.store.delete('pods', pod.metadata);
      return WRITES.replace;
    },
  },
  scaling: {
    weight: 3,
    run({ store, random, deployment, sizes }) {
      const chosen = deployment(Number.POSITIVE_INFINITY);
      if (!chosen) return 0;
      const usual = sizes.get(keyOf(chosen)) ?? 1;
      const before = chosen.spec.replicas ?? 1;
      const step = 1 + Math.floor(random() * 3);
      // Back towards where it began, so that the cluster keeps its size.
      const after = Math.max(1, before > usual || (before === usual && random() < 0.5) ? before - step : before + step);
      store.update('deployments.apps', chosen.metadata, (draft) => {
        draft.spec.replicas = after;
        return draft;
      });
      return after > before ? (after - before) * WRITES.come : (before - after) * WRITES.go;
    },
  },
  rollout: {
    weight: 1,
    run({ store, clock, deployment }) {
      const chosen = deployment(MOST_ROLLED_OUT);
      if (!chosen) return 0;
      store.update('deployments.apps', chosen.metadata, (draft) => {
        const { template } = draft.spec;
        const annotations = {
          ...template.metadata?.annotations,
          'kubectl.kubernetes.io/restartedAt': toTime(clock.now()),
        };
        template.metadata = { ...template.metadata, annotations };
        return draft;
      });
      return (chosen.spec.replicas ?? 1) * WRITES.replace;
    },
  },
};

const TOTAL_WEIGHT = Object.values(HAPPENINGS).reduce((sum, { weight }) => sum + weight, 0);

function draw(random: Random): Happening | undefined {
  let left = random() * TOTAL_WEIGHT;
  return Object.values(HAPPENINGS).find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
}

/** Whether a Deployment has all it wants; what is in trouble already is left alone. */
const isWell = ({ spec, status, metadata }: Deployment) =>
  (status?.readyReplicas ?? 0) === (spec.replicas ?? 1) &&
  (spec.replicas ?? 1) > 0 &&
  !spec.paused &&
  !metadata.deletionTimestamp;

/**
 * Keeps a cluster busy: pods deleted, Deployments resized and rolled out, drawn from a seed, at about `rate` writes of pods a
 * simulated second.
 */
export function startChurn(living: Living, rate: number): void {
  if (rate === 0) return;
  const { store, clock, seed } = living;
  const random = seededRandom(seed + CHURN_SEED);
  const refs: ObjectRef[] = store
    .list('deployments.apps')
    .map(({ metadata: { namespace, name } }) => ({ namespace, name }));
  const sizes = new Map(store.list('deployments.apps').map((one) => [keyOf(one), one.spec.replicas ?? 1]));
  const world: World = {
    ...living,
    random,
    sizes,
    deployment(most) {
      const ref = refs[Math.floor(random() * refs.length)];
      const found = ref && store.get('deployments.apps', ref);
      return found && isWell(found) && (found.spec.replicas ?? 1) <= most ? found : undefined;
    },
  };
  let due = 0;
  const turn = () => {
    due += (rate * TURN_MS) / 1000;
    // A draw that meets nothing fit counts for one, so that a cluster of nothing fit is not drawn from for ever.
    while (due > 0) due -= Math.max(1, draw(random)?.run(world) ?? 1);
    clock.after(TURN_MS, turn);
  };
  clock.after(TURN_MS, turn);
}
