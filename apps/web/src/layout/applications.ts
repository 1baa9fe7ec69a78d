import type { Entity, PodEntity, ReplicaSetEntity, ServiceEntity } from '@portolan/shared';
import type { GraphReader } from './graph-reader.ts';
import { serviceFinder } from './service-finder.ts';

/** The pods of one ReplicaSet, or of a whole workload when `replicaSet` is null. */
export interface LaneModel {
  key: string;
  replicaSet: ReplicaSetEntity | null;
  pods: PodEntity[];
  /** How many pods the controller has yet to create. */
  toCome: number;
}

/** A workload: whatever stands at the top of the owner chain of some pods. See `WorkloadBox` for `kind` and `name`. */
export interface WorkloadModel {
  key: string;
  entity: Entity | null;
  kind: string;
  name: string;
  lanes: LaneModel[];
  older: number;
}

/** Services and workloads that select one another, directly or through others. */
export interface Application {
  services: ServiceEntity[];
  workloads: WorkloadModel[];
  /** Pairs of service uid and lane key. */
  selects: { service: string; lane: string }[];
}

const WORKLOADS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'ReplicationController',
  'ReplicaSet',
] as const;

/** The key of the card of pods that have no controller and that no service selects. */
const LOOSE = 'pods-without-a-controller';

/**
 * The applications of a namespace, entries (Services open to the outside) first, those that lead to no pod last, then
 * by name.
 */
export function applications(graph: GraphReader, namespace: string): Application[] {
  const services = [...graph.inNamespace('Service', namespace)].sort(byName);
  const selectors = selectorsOf(graph, services);
  const workloads = [...workloadsOf(graph, namespace, selectors).values()].sort(byWorkload);
  const groups = new Map<string, Application>();
  const rootOf = unionFind();
  const links = linksOf(services, workloads, selectors);
  for (const { service, workload } of links) rootOf.join(service, workload);
  const group = (key: string): Application => {
    const root = rootOf.find(key);
    const known = groups.get(root);
    if (known) return known;
    const made: Application = { services: [], workloads: [], selects: [] };
    groups.set(root, made);
    return made;
  };
  for (const service of services) group(service.uid).services.push(service);
  for (const workload of workloads) group(workload.key).workloads.push(workload);
  for (const link of links) group(link.service).selects.push({ service: link.service, lane: link.lane });
  const found = [...groups.values()];
  for (const application of found) {
    application.services.sort((a, b) => rankOfService(a) - rankOfService(b) || byName(a, b));
  }
  return found.sort((a, b) => rank(a) - rank(b) || compare(nameOf(a), nameOf(b)) || compare(keyOf(a), keyOf(b)));
}

/** True for a service that is open to the outside of the cluster. */
export function isEntry(service: ServiceEntity): boolean {
  return service.type === 'NodePort' || service.type === 'LoadBalancer';
}

/** The uids of the services that select a pod, by the pod's uid. */
type Selectors = ReadonlyMap<string, readonly string[]>;

function selectorsOf(graph: GraphReader, services: readonly ServiceEntity[]): Selectors {
  const found = new Map<string, string[]>();
  for (const { uid } of services) for (const edge of graph.edgesFrom(uid, 'selection')) append(found, edge.to, uid);
  return found;
}

function workloadsOf(graph: GraphReader, namespace: string, selectors: Selectors): Map<string, WorkloadModel> {
  const found = new Map<string, WorkloadModel>();
  const podsOf = new Map<string, PodEntity[]>();
  const setsOf = new Map<string, ReplicaSetEntity[]>();
  for (const kind of WORKLOADS) {
    for (const entity of graph.inNamespace(kind, namespace)) {
      if (entity.owner && graph.get(entity.owner.uid)) {
        if (entity.kind === 'ReplicaSet') append(setsOf, entity.owner.uid, entity);
        continue;
      }
      found.set(entity.uid, { key: entity.uid, entity, kind, name: entity.name, lanes: [], older: 0 });
    }
  }
  for (const pod of graph.inNamespace('Pod', namespace)) {
    const { key, kind, name, lane } = home(graph, pod, selectors);
    if (!found.has(key)) found.set(key, { key, entity: null, kind, name, lanes: [], older: 0 });
    append(podsOf, lane, pod);
  }
  for (const workload of found.values()) fillLanes(workload, setsOf.get(workload.key) ?? [], podsOf);
  return found;
}

/** The workload and the lane that a pod belongs to. */
function home(
  graph: GraphReader,
  pod: PodEntity,
  selectors: Selectors,
): { key: string; kind: string; name: string; lane: string } {
  if (!pod.owner) {
    const service = selectors.get(pod.uid)?.[0];
    const key = service ? `${LOOSE}/${service}` : LOOSE;
    return { key, kind: '', name: '', lane: key };
  }
  let top = pod.owner;
  for (let owner = graph.get(top.uid); owner?.owner && graph.get(owner.owner.uid); owner = graph.get(top.uid)) {
    top = owner.owner;
  }
  const lane = top.kind === 'Deployment' ? pod.owner.uid : top.uid;
  return { key: top.uid, kind: top.kind, name: top.name, lane };
}

function fillLanes(workload: WorkloadModel, sets: ReplicaSetEntity[], podsOf: Map<string, PodEntity[]>): void {
  const { entity } = workload;
  if (entity?.kind !== 'Deployment') {
    const pods = podsOf.get(workload.key) ?? [];
    const toCome = Math.max(0, wanted(entity) - pods.filter(isActive).length);
    const replicaSet = entity?.kind === 'ReplicaSet' ? entity : null;
    workload.lanes = [{ key: workload.key, replicaSet, pods, toCome }];
    return;
  }
  const newestFirst = sets.toSorted(
    (a, b) => (b.revision ?? -1) - (a.revision ?? -1) || b.created - a.created || compare(b.uid, a.uid),
  );
  const lanes = newestFirst.map((replicaSet, age): LaneModel => {
    const pods = podsOf.get(replicaSet.uid) ?? [];
    // What an older revision lacks is on its way out, even where the news of it has yet to come.
    const goal = age > 0 ? 0 : entity.paused ? replicaSet.replicas.desired : entity.replicas.desired;
    return { key: replicaSet.uid, replicaSet, pods, toCome: Math.max(0, goal - pods.filter(isActive).length) };
  });
  const drawn = lanes.filter((lane) => lane.pods.length > 0 || (lane.replicaSet?.replicas.desired ?? 0) > 0);
  const newest = lanes[0];
  if (newest && drawn.length === 0) drawn.push(newest);
  if (!newest) drawn.push({ key: workload.key, replicaSet: null, pods: [], toCome: entity.replicas.desired });
  workload.lanes = drawn;
  workload.older = lanes.length - drawn.filter((lane) => lane.replicaSet).length;
}

/** How many pods a controller without revisions wants to run. */
function wanted(entity: Entity | null): number {
  switch (entity?.kind) {
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'StatefulSet':
    case 'DaemonSet':
      return entity.replicas.desired;
    default:
      return 0;
  }
}

/** True for a pod that counts towards what its controller wants. */
function isActive(pod: PodEntity): boolean {
  return pod.deleting === null && pod.phase !== 'Succeeded' && pod.phase !== 'Failed';
}

/** That a service selects a lane of a workload, by their keys. */
interface Link {
  service: string;
  lane: string;
  workload: string;
}

/** Which services select which lanes: by service, then by workload. */
function linksOf(
  services: readonly ServiceEntity[],
  workloads: readonly WorkloadModel[],
  selectors: Selectors,
): Link[] {
  const found = new Map<string, Link[]>();
  const selecting = serviceFinder(services);
  for (const workload of workloads) {
    for (const lane of workload.lanes) {
      for (const service of servicesOfLane(workload, lane, selectors, selecting)) {
        append(found, service, { service, lane: lane.key, workload: workload.key });
      }
    }
  }
  return services.flatMap(({ uid }) => found.get(uid) ?? []);
}

/** By the pods where there are any; else by the labels of the template, so that a service waits beside its workload. */
function servicesOfLane(
  { entity }: WorkloadModel,
  { pods, replicaSet }: LaneModel,
  selectors: Selectors,
  selecting: (labels: Record<string, string>) => ServiceEntity[],
): Set<string> {
  if (pods.length > 0) return new Set(pods.flatMap(({ uid }) => selectors.get(uid) ?? []));
  const labels = replicaSet ? [replicaSet.labels] : entity ? [entity.labels, selectedBy(entity)] : [];
  return new Set(labels.flatMap(selecting).map(({ uid }) => uid));
}

/** The labels that a controller's pods wear at least. */
function selectedBy(entity: Entity): Record<string, string> {
  if (!('selector' in entity) || entity.kind === 'Service' || !entity.selector) return {};
  return entity.kind === 'ReplicationController' ? entity.selector : matchLabels(entity);
}

function matchLabels(entity: Entity): Record<string, string> {
  if (!('selector' in entity) || !entity.selector || !('matchLabels' in entity.selector)) return {};
  const labels = entity.selector.matchLabels;
  return typeof labels === 'object' ? labels : {};
}

function rank(application: Application): number {
  if (application.services.some((service) => isEntry(service) && service.selector)) return 0;
  if (application.workloads.some((workload) => workload.entity)) return 1;
  return application.services.length > 0 ? 2 : 3;
}

function rankOfService(service: ServiceEntity): number {
  return isEntry(service) ? 0 : 1;
}

function nameOf(application: Application): string {
  return application.services[0]?.name ?? application.workloads[0]?.name ?? '';
}

function keyOf(application: Application): string {
  return application.services[0]?.uid ?? application.workloads[0]?.key ?? '';
}

/** Objects of the graph first, then what pods only speak of. */
function byWorkload(a: WorkloadModel, b: WorkloadModel): number {
  return Number(a.entity === null) - Number(b.entity === null) || byName(a, b) || compare(a.key, b.key);
}

function byName(a: { name: string }, b: { name: string }): number {
  return compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Disjoint sets of keys. */
function unionFind(): { find: (key: string) => string; join: (a: string, b: string) => void } {
  const parent = new Map<string, string>();
  const find = (key: string): string => {
    let root = key;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    // The next who asks has a short way.
    for (let at = key, up = parent.get(at); up !== undefined && up !== root; at = up, up = parent.get(at))
      parent.set(at, root);
    return root;
  };
  return {
    find,
    join: (a, b) => {
      const [rootA, rootB] = [find(a), find(b)];
      if (rootA !== rootB) parent.set(rootB, rootA);
    },
  };
}
