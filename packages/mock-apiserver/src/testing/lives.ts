import type {
  Condition,
  DaemonSet,
  Deployment,
  EndpointSlice,
  Endpoints,
  Event,
  Job,
  KubeObject,
  Node,
  Pod,
  ReplicaSet,
  Service,
  StatefulSet,
} from '@portolan/shared';
import { controllerOf } from '../controllers/ownership.ts';
import type { Told } from './recording.ts';

/** The distinct states that one object went through, in order. */
export type Life = string[];

/** The lives of all objects of a kind by a name that two clusters share; what is interchangeable shares one. */
export type Lives = Record<string, Life[]>;

/** Everything told, by the plural of its resource. */
export type AllTold = ReadonlyMap<string, readonly Told[]>;

/** Names without hashes and suffixes: a ReplicaSet is its Deployment's nth, a pod its owner's, but for numbered ones. */
export class Names {
  readonly #byUid = new Map<string, string>();
  readonly #byName = new Map<string, string>();
  /** How many sets of each Deployment came so far, and pods of each owner. */
  readonly #counts = new Map<string, number>();

  /** The shared name of an object, or of what has its kind and name. */
  of({ kind, uid, name }: { kind?: string | undefined; uid?: string | undefined; name?: string | undefined }): string {
    return this.#byUid.get(uid ?? '') ?? this.#byName.get(`${kind}/${name}`) ?? name ?? '';
  }

  /** Learns an object that came; owners before what they own. */
  learn(resource: string, object: KubeObject): void {
    const { uid, name } = object.metadata;
    const owner = controllerOf(object);
    let shared = name;
    if (owner && resource === 'replicasets') {
      const nth = (this.#counts.get(owner.uid) ?? 0) + 1;
      this.#counts.set(owner.uid, nth);
      shared = `${owner.name}#${nth}`;
    } else if (owner && owner.kind !== 'StatefulSet') shared = this.of(owner);
    this.#byUid.set(uid, shared);
    this.#byName.set(`${object.kind}/${name}`, shared);
  }
}

/** The resources that others are named after, owners first. */
export const NAMED = [
  'deployments',
  'replicationcontrollers',
  'daemonsets',
  'statefulsets',
  'jobs',
  'services',
  'nodes',
  'replicasets',
  'pods',
];

/** The names of everything that was told. */
export function namesIn(told: AllTold): Names {
  const names = new Names();
  for (const resource of NAMED) {
    for (const { type, object } of told.get(resource) ?? []) if (type === 'ADDED') names.learn(resource, object);
  }
  return names;
}

const counts = (record: Record<string, number | undefined>) =>
  Object.entries(record)
    .map(([name, count]) => `${name}=${count ?? 0}`)
    .join(' ');

const conditions = (list: readonly Condition[] | undefined, types: readonly string[]) =>
  types
    .flatMap((type) => list?.find((condition) => condition.type === type) ?? [])
    .map(({ type, status, reason }) => `${type}=${status}${reason ? `(${reason})` : ''}`)
    .join(' ');

const generations = ({ metadata }: KubeObject, status: { observedGeneration?: number } | undefined) =>
  `gen=${metadata.generation ?? '-'}/${status?.observedGeneration ?? 0}`;

const POD_CONDITIONS = ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];
const NODE_CONDITIONS = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'];

function podState({ metadata, spec, status }: Pod): string {
  const [container] = status?.containerStatuses ?? [];
  const [state] = Object.keys(container?.state ?? {});
  return [
    spec.nodeName ?? 'unassigned',
    status?.phase,
    state ?? 'no container',
    container?.ready ? 'ready' : '',
    conditions(status?.conditions, POD_CONDITIONS),
    controllerOf({ metadata }) ? '' : 'on its own',
    metadata.deletionTimestamp ? `deleting in ${metadata.deletionGracePeriodSeconds}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function nodeState({ spec, status }: Node): string {
  const taints = (spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`).sort();
  return [
    conditions(status?.conditions, NODE_CONDITIONS),
    spec?.unschedulable ? 'unschedulable' : '',
    taints.length > 0 ? `taints ${taints.join(' ')}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function replicaSetState(set: ReplicaSet): string {
  const { replicas, fullyLabeledReplicas, readyReplicas, availableReplicas } = set.status ?? {};
  const sizes = { want: set.spec.replicas, have: replicas, labelled: fullyLabeledReplicas };
  return `${generations(set, set.status)} ${counts({ ...sizes, ready: readyReplicas, up: availableReplicas })}`;
}

function deploymentState(deployment: Deployment): string {
  const { replicas, updatedReplicas, readyReplicas, availableReplicas, unavailableReplicas } = deployment.status ?? {};
  const sizes = { want: deployment.spec.replicas, have: replicas, new: updatedReplicas, ready: readyReplicas };
  return [
    generations(deployment, deployment.status),
    deployment.spec.paused ? 'paused' : '',
    counts({ ...sizes, up: availableReplicas, down: unavailableReplicas }),
    conditions(deployment.status?.conditions, ['Available', 'Progressing']),
  ]
    .filter(Boolean)
    .join(' ');
}

function statefulSetState(set: StatefulSet): string {
  const { replicas, readyReplicas, currentReplicas, updatedReplicas, currentRevision, updateRevision } =
    set.status ?? {};
  const sizes = { want: set.spec.replicas, have: replicas, ready: readyReplicas };
  const rolling = currentRevision === updateRevision ? '' : ' rolling';
  return `${generations(set, set.status)} ${counts({ ...sizes, current: currentReplicas, new: updatedReplicas })}${rolling}`;
}

function daemonSetState(set: DaemonSet): string {
  const { status } = set;
  return `${generations(set, status)} ${counts({
    want: status?.desiredNumberScheduled,
    have: status?.currentNumberScheduled,
    misplaced: status?.numberMisscheduled,
    ready: status?.numberReady,
    new: status?.updatedNumberScheduled,
    up: status?.numberAvailable,
    down: status?.numberUnavailable,
  })}`;
}

function jobState({ status }: Job): string {
  const sizes = counts({ active: status?.active, succeeded: status?.succeeded, failed: status?.failed });
  const [started] = [status?.startTime ? 'started' : ''];
  return [sizes, started, conditions(status?.conditions, ['Complete', 'Failed'])].filter(Boolean).join(' ');
}

/** How many of whose pods stand in a list: `2 frontend#1`. */
function tally(names: Names, uids: readonly (string | undefined)[]): string {
  const of = new Map<string, number>();
  for (const uid of uids) of.set(names.of({ uid }), (of.get(names.of({ uid })) ?? 0) + 1);
  return [...of]
    .map(([name, count]) => `${count} ${name}`)
    .sort()
    .join(' ');
}

function endpointsState({ subsets = [] }: Endpoints, names: Names): string {
  const uids = (field: 'addresses' | 'notReadyAddresses') =>
    subsets.flatMap((subset) => (subset[field] ?? []).map(({ targetRef }) => targetRef?.uid));
  const ports = subsets.flatMap((subset) => (subset.ports ?? []).map(({ port, protocol }) => `${port}/${protocol}`));
  const ready = tally(names, uids('addresses'));
  const unready = tally(names, uids('notReadyAddresses'));
  return (
    [ready && `ready ${ready}`, unready && `not ready ${unready}`, ports.join(',')].filter(Boolean).join(', ') || 'none'
  );
}

/** Whether a slice has any endpoint to send to: hollow kubelets give all pods one address, of which a slice shows one. */
function sliceState({ endpoints }: EndpointSlice): string {
  const staying = (endpoints ?? []).filter(({ conditions: state }) => !state?.terminating);
  if (staying.length === 0) return 'none';
  return staying.some(({ conditions: state }) => state?.ready) ? 'ready' : 'not ready';
}

const serviceState = ({ spec, status }: Service) =>
  `${spec.type} ${(spec.ports ?? []).map(({ port, nodePort }) => `${port}${nodePort ? `:${nodePort}` : ''}`)} ${JSON.stringify(status)}`;

/** The state of an object in one line, by the plural of its resource: without names, addresses and times. */
const STATES: Record<string, (object: never, names: Names) => string> = {
  deployments: deploymentState,
  replicasets: replicaSetState,
  replicationcontrollers: replicaSetState,
  daemonsets: daemonSetState,
  statefulsets: statefulSetState,
  jobs: jobState,
  pods: podState,
  nodes: nodeState,
  services: serviceState,
  endpoints: endpointsState,
  endpointslices: sliceState,
};

/** The resources whose objects have lives. */
export const LIVING = Object.keys(STATES);

/** A life without what repeats. */
const distinct = (life: Life): Life => life.filter((state, index) => state !== life[index - 1]);

const sorted = (lives: Life[]) => lives.sort((a, b) => (a.join('\n') < b.join('\n') ? -1 : 1));

/** The lives of all objects of a resource. */
export function livesOf(resource: string, told: AllTold, names: Names): Lives {
  const state = STATES[resource];
  if (!state) throw new Error(`nobody knows the states of ${resource}`);
  const byUid = new Map<string, { name: string; life: Life }>();
  for (const { type, object } of told.get(resource) ?? []) {
    const { uid, name } = object.metadata;
    const service = object.metadata.labels?.['kubernetes.io/service-name'];
    const one = byUid.get(uid) ?? { name: service ?? names.of({ uid, kind: object.kind, name }), life: [] };
    byUid.set(uid, one);
    one.life.push(type === 'DELETED' ? 'gone' : state(object as never, names));
  }
  const lives: Lives = {};
  for (const { name, life } of byUid.values()) lives[name] = [...(lives[name] ?? []), distinct(life)];
  return Object.fromEntries(Object.entries(lives).map(([name, all]) => [name, sorted(all)]));
}

/** The reasons of the events of each object, in the order they were told, those told again too. */
export function reasonsOf(told: AllTold, names: Names, counts: (event: Event) => boolean): Lives {
  const byObject = new Map<string, { name: string; life: Life }>();
  for (const { type, object } of (told.get('events') ?? []) as readonly Told<Event>[]) {
    if (type === 'DELETED' || !counts(object)) continue;
    const { kind, name, uid } = object.involvedObject;
    // 1.20 leaves the uid out where a taint evicts; names of pods are never used again.
    const id = `${kind}/${name}`;
    const one = byObject.get(id) ?? { name: `${kind} ${names.of({ kind, name, uid })}`, life: [] };
    byObject.set(id, one);
    one.life.push(`${object.type} ${object.reason}`);
  }
  const lives: Lives = {};
  for (const { name, life } of byObject.values()) lives[name] = [...(lives[name] ?? []), life];
  return Object.fromEntries(Object.entries(lives).map(([name, all]) => [name, sorted(all)]));
}

/** A state that only one of two clusters goes through. */
export interface Difference {
  name: string;
  where: 'recorded' | 'embedded';
  state: string;
  count: number;
}

/** Length of the longest common subsequence of the tails from each pair of places. */
function commonTails(a: Life, b: Life): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return lengths;
}

/** The states that stand in one life and not, at that place, in the other. */
function apart(recorded: Life, embedded: Life): { where: Difference['where']; state: string }[] {
  const lengths = commonTails(recorded, embedded);
  const found: { where: Difference['where']; state: string }[] = [];
  let [i, j] = [0, 0];
  while (i < recorded.length || j < embedded.length) {
    const [mine, theirs] = [recorded[i], embedded[j]];
    if (mine !== undefined && mine === theirs) {
      i += 1;
      j += 1;
    } else if (
      mine !== undefined &&
      (theirs === undefined || (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))
    ) {
      found.push({ where: 'recorded', state: mine });
      i += 1;
    } else {
      found.push({ where: 'embedded', state: theirs ?? '' });
      j += 1;
    }
  }
  return found;
}

/** Everything in which the lives of two clusters differ, counted; objects that only one has differ in all their states. */
export function differences(recorded: Lives, embedded: Lives): Difference[] {
  const counted = new Map<string, Difference>();
  for (const name of new Set([...Object.keys(recorded), ...Object.keys(embedded)])) {
    const [mine = [], theirs = []] = [recorded[name], embedded[name]];
    for (let index = 0; index < Math.max(mine.length, theirs.length); index++) {
      for (const { where, state } of apart(mine[index] ?? [], theirs[index] ?? [])) {
        const key = `${name}\n${where}\n${state}`;
        const known = counted.get(key) ?? { name, where, state, count: 0 };
        counted.set(key, { ...known, count: known.count + 1 });
      }
    }
  }
  return [...counted.values()];
}
