import type { Scene } from './scene.ts';
import type { Headline } from './sentence.ts';
import type { Workload } from './workload.ts';

/** What one rule has to say of a scene; null when it does not apply. */
export type HeadlineRule = (scene: Scene) => Headline | null;

interface Named {
  readonly name: string;
  readonly namespace: string;
}

/** The rules, the worst first. */
export const RULES: readonly HeadlineRule[] = [
  nodesNotReady,
  podsFailing,
  stalled,
  rollingOut,
  creating,
  replacing,
  scaling,
  changing,
  unavailable,
  podsNotReady,
  nodesUnderPressure,
  paused,
  podsStarting,
  podsTerminating,
  nodesCordoned,
];

function nodesNotReady({ nodes }: Scene): Headline | null {
  const bad = [...nodes.fail.values()];
  const first = firstByName(bad);
  if (first === undefined) return null;
  const [zone, inZone] = mostFrequent(bad.map((node) => node.zone));
  return { id: 'nodesNotReady', params: { count: bad.length, node: first.name, zone, inZone }, tone: 'fail' };
}

function podsFailing({ notes }: Scene): Headline | null {
  const bad = [...notes.fail.values(), ...notes.pull.values()];
  if (bad.length === 0) return null;
  const [owner] = mostFrequent(bad.map((note) => note.application));
  const [reason, count] = mostFrequent(bad.filter((note) => note.application === owner).map(({ pod }) => pod.status));
  const params = { count, owner: owner ?? '', reason: reason ?? '', others: bad.length - count };
  return { id: 'podsFailing', params, tone: 'fail' };
}

function stalled(scene: Scene): Headline | null {
  return about(
    scene.workloads().filter((each) => each.mark === 'stalled'),
    ({ name, deployment: { replicas } }, count) => ({
      id: 'stalled',
      params: { count, name, updated: replicas.updated, desired: replicas.desired },
      tone: 'fail',
    }),
  );
}

/** Counts come from the new ReplicaSet: the deployment's own still speak of the old one in the first moment. */
function rollingOut(scene: Scene): Headline | null {
  const isRollout = (each: Workload) => isRolling(each) && (each.hasOlderPods || !isFirst(each));
  return about(scene.workloads().filter(isRollout), ({ name, newest, deployment }, count) => {
    const { desired } = deployment.replicas;
    const { current = 0, ready = 0 } = newest?.replicas ?? {};
    const revision = newest?.revision ?? deployment.revision;
    const updated = Math.min(current, desired);
    return { id: 'rollingOut', params: { count, name, revision, updated, desired, ready }, tone: 'start' };
  });
}

function creating(scene: Scene): Headline | null {
  return about(
    scene.workloads().filter((each) => isRolling(each) && isFirst(each) && isShort(each)),
    ({ name, deployment: { replicas } }, count) => ({
      id: 'creating',
      params: { count, name, desired: replicas.desired, ready: replicas.ready },
      tone: 'start',
    }),
  );
}

function replacing(scene: Scene): Headline | null {
  return about(
    scene.workloads().filter((each) => isRefilling(each) && each.terminating > 0),
    ({ name, deployment: { replicas } }, count) => ({
      id: 'replacing',
      params: { count, name, desired: replicas.desired, ready: replicas.ready },
      tone: 'start',
    }),
  );
}

function scaling(scene: Scene): Headline | null {
  const isScaling = (each: Workload) => {
    const { desired, current } = each.deployment.replicas;
    return isRefilling(each) || (inMotion(each) && desired !== current);
  };
  return about(scene.workloads().filter(isScaling), ({ name, deployment: { replicas } }, count) => ({
    id: 'scaling',
    params: { count, name, desired: replicas.desired, ready: replicas.ready },
    tone: 'start',
  }));
}

/** A step of its controller is still to come: it has not seen the spec, made the pods, or counted those that are ready. */
function changing(scene: Scene): Headline | null {
  return about(scene.workloads().filter(isChanging), ({ name }, count) => ({
    id: 'changing',
    params: { count, name },
    tone: 'start',
  }));
}

function unavailable(scene: Scene): Headline | null {
  return about(
    scene.workloads().filter((each) => each.mark === 'unavailable' && !isRefilling(each) && !isChanging(each)),
    ({ name, deployment: { replicas } }, count) => ({
      id: 'unavailable',
      params: { count, name, desired: replicas.desired, available: replicas.available },
      tone: 'warn',
    }),
  );
}

/** Pods of a deployment in motion are its own affair. */
function podsNotReady(scene: Scene): Headline | null {
  const inMotion = scene.workloads().filter((each) => isRolling(each) || isRefilling(each));
  const moving = new Set(inMotion.map((each) => each.name));
  const still = [...scene.notes.notready.values()].filter(({ application }) => !moving.has(application));
  return about(
    still.map(({ pod }) => pod),
    ({ name }, count) => ({ id: 'podsNotReady', params: { count, pod: name }, tone: 'warn' }),
  );
}

function paused(scene: Scene): Headline | null {
  return about(
    scene.workloads().filter((each) => each.mark === 'paused'),
    ({ name }, count) => ({ id: 'paused', params: { count, name }, tone: 'gone' }),
  );
}

function podsStarting({ notes }: Scene): Headline | null {
  const starting = [...notes.pending.values(), ...notes.creating.values()];
  return about(
    starting.map(({ pod }) => pod),
    ({ name }, count) => ({ id: 'podsStarting', params: { count, pod: name }, tone: 'start' }),
  );
}

function podsTerminating({ notes }: Scene): Headline | null {
  return about(
    Array.from(notes.terminating.values(), ({ pod }) => pod),
    ({ name }, count) => ({ id: 'podsTerminating', params: { count, pod: name }, tone: 'gone' }),
  );
}

function nodesUnderPressure({ nodes }: Scene): Headline | null {
  return about([...nodes.warn.values()], ({ name }, count) => ({
    id: 'nodesUnderPressure',
    params: { count, node: name },
    tone: 'warn',
  }));
}

/** A node that wears another mark may be cordoned, too. */
function nodesCordoned({ nodes }: Scene): Headline | null {
  const unwell = [nodes.cordon, nodes.warn, nodes.unknown, nodes.fail].flatMap((some) => [...some.values()]);
  return about(
    unwell.filter((node) => node.unschedulable),
    ({ name }, count) => ({ id: 'nodesCordoned', params: { count, node: name }, tone: 'gone' }),
  );
}

function inMotion({ mark }: Workload): boolean {
  return mark === 'progressing';
}

/** A new revision is on its way, be it the first. */
function isRolling(each: Workload): boolean {
  return inMotion(each) && (each.hasOlderPods || !wasComplete(each));
}

function isChanging({ mark, deployment, newest, ready }: Workload): boolean {
  const { desired } = deployment.replicas;
  const pending = !deployment.observed || newest?.replicas.current !== desired || ready >= desired;
  return (mark === 'progressing' || mark === 'unavailable') && pending;
}

/** Complete before, and short of pods that are already on their way: scaled up, or some were lost. */
function isRefilling(each: Workload): boolean {
  const moves = inMotion(each) || each.mark === 'unavailable';
  return moves && wasComplete(each) && each.starting > 0 && isShort(each);
}

function isShort({ deployment: { replicas } }: Workload): boolean {
  return replicas.ready < replicas.desired;
}

function isFirst({ newest, hasOlderPods }: Workload): boolean {
  return !hasOlderPods && (newest?.revision ?? 1) <= 1;
}

/**
 * Its newest revision was complete before. A deployment without a deadline has no condition Progressing; there, pods
 * younger than itself tell, unless a rollout made all of them just now.
 */
function wasComplete(each: Workload): boolean {
  const progressing = each.deployment.conditions.find((c) => c.type === 'Progressing');
  if (progressing !== undefined) return progressing.reason === 'NewReplicaSetAvailable';
  return !each.young && (isFirst(each) || !each.fresh);
}

/** The headline about the first by name, and how many there are; null when there is none. */
function about<E extends Named>(found: readonly E[], say: (first: E, count: number) => Headline): Headline | null {
  const first = firstByName(found);
  return first === undefined ? null : say(first, found.length);
}

function firstByName<E extends Named>(all: readonly E[]): E | undefined {
  return all.reduce<E | undefined>((a, b) => (a === undefined || isBefore(b, a) ? b : a), undefined);
}

function isBefore(a: Named, b: Named): boolean {
  return a.name < b.name || (a.name === b.name && a.namespace < b.namespace);
}

/** The most frequent value and how often it stands; of equals the first by name, null last. */
function mostFrequent<T extends string | null>(values: readonly T[]): [T | null, number] {
  const numbers = new Map<T, number>();
  for (const value of values) numbers.set(value, (numbers.get(value) ?? 0) + 1);
  let best: [T | null, number] = [null, 0];
  for (const entry of numbers) {
    const equal = entry[1] === best[1] && entry[0] !== null && (best[0] === null || entry[0] < best[0]);
    if (entry[1] > best[1] || equal) best = entry;
  }
  return best;
}
