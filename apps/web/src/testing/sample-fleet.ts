import { between, type Change, type Entity, Graph, type PodEntity, pick, type Random } from '@portolan/shared';
import type { FleetOptions } from '../layout/fleet/arrangement.ts';
import { Fleet } from '../layout/fleet/fleet.ts';
import type { FleetPlan, FleetTile } from '../layout/fleet/plan.ts';
import { sampleLoosePod, sampleNode, sampleReplicaSet } from './sample-cluster.ts';

/** Zones in the default order, in a view of 1600 by 900. */
export const BY_ZONE: FleetOptions = {
  grouping: { by: 'zone' },
  order: 'problems',
  view: { width: 1600, height: 900 },
  filter: null,
};

/** Does all that the fleet has to do. */
export function finish(fleet: Fleet): Fleet {
  while (fleet.step());
  return fleet;
}

/** The fleet of a graph, laid out. */
export function fleetOf(graph: Graph, options: Partial<FleetOptions> = {}): Fleet {
  const fleet = new Fleet();
  fleet.renew(graph);
  fleet.arrange({ ...BY_ZONE, ...options });
  return finish(fleet);
}

/** The plan of a fleet that was laid out. */
export function planOf(fleet: Fleet): FleetPlan {
  if (fleet.plan === null) throw new Error('the fleet was not laid out');
  return fleet.plan;
}

/** The tile of that key; throws when there is none. */
export function tileOf(fleet: Fleet, key: string): FleetTile {
  const tile = planOf(fleet).tiles.find((each) => each.key === key);
  if (tile === undefined) throw new Error(`no tile ${key}`);
  return tile;
}

/** Nodes `n0000` onwards in three zones, each with so many pods, ten to a ReplicaSet of a Deployment. */
export function fleetEntities(nodes: number, podsEach: number): Entity[] {
  const entities: Entity[] = [];
  for (let at = 0; at < nodes; at += 1) entities.push(sampleNode(nodeName(at), { zone: `zone-${'abc'[at % 3]}` }));
  for (let at = 0; at < nodes * podsEach; at += 1) {
    const app = `app${Math.floor(at / 10)}`;
    if (at % 10 === 0) entities.push(sampleReplicaSet(app, 1, 10));
    entities.push(fleetPod(app, `p${at}`, nodeName(at % nodes)));
  }
  return entities;
}

/** The name of the node of that number. */
export function nodeName(at: number): string {
  return `n${String(at).padStart(4, '0')}`;
}

/** A pod of a Deployment at its first revision, in one of five namespaces. */
export function fleetPod(
  app: string,
  suffix: string,
  node: string | null,
  changes: Partial<PodEntity> = {},
): PodEntity {
  const set = `${app}-1`;
  return sampleLoosePod(`${set}-${suffix}`, {
    namespace: `ns${Number(app.slice(3)) % 5}`,
    labels: { app },
    images: [`registry/${app}`],
    owner: { kind: 'ReplicaSet', uid: `replicaset/${set}`, name: set },
    node,
    requests: { cpu: 100, memory: 1_000 },
    limits: { cpu: null, memory: 4_000 },
    ...changes,
  });
}

const WAYS: Partial<PodEntity>[] = [
  { status: 'CrashLoopBackOff', isReady: false },
  { status: 'ImagePullBackOff', isReady: false, phase: 'Pending' },
  { status: 'ContainerCreating', isReady: false, phase: 'Pending' },
  { status: 'Terminating', deleting: 1 },
  { status: 'Running', isReady: false },
  { status: 'Completed', phase: 'Succeeded', isReady: false },
  { requests: { cpu: 250, memory: null }, limits: null },
  { status: 'Running', isReady: true, deleting: null, phase: 'Running' },
  { status: 'Running', isReady: true, deleting: null, phase: 'Running' },
];

let made = 0;

/** A change as a cluster might make it: of pods and nodes, one by one and in crowds. */
export function fleetChange(random: Random, graph: Graph): Change {
  const change: Change = { upserts: [], removes: [] };
  const pods = [...graph.all('Pod')];
  const nodes = [...graph.all('Node')];
  const again = <E extends Entity>(entity: E, changes: Partial<E>): E => {
    made += 1;
    return { ...entity, ...changes, version: `again${made}` };
  };
  for (let times = between(random, 1, 6); times > 0; times -= 1) {
    const dice = random();
    if (dice < 0.3 && pods.length > 0) {
      const pod = pick(random, pods);
      change.upserts.push(again(pod, pick(random, WAYS)));
    } else if (dice < 0.5 && pods.length > 0) {
      change.removes.push({ kind: 'Pod', uid: pick(random, pods).uid });
    } else if (dice < 0.75 && nodes.length > 0) {
      const crowd = random() < 0.1 ? between(random, 20, 60) : between(random, 1, 4);
      const node = random() < 0.1 ? null : pick(random, nodes).name;
      const app = `app${between(random, 0, 30)}`;
      for (let at = 0; at < crowd; at += 1) {
        made += 1;
        change.upserts.push(
          fleetPod(app, `q${made}`, node, node === null ? { status: 'Pending', isReady: false } : {}),
        );
      }
    } else if (dice < 0.8 && pods.length > 0 && nodes.length > 0) {
      change.upserts.push(again(pick(random, pods), { node: pick(random, nodes).name }));
    } else if (dice < 0.9 && nodes.length > 0) {
      const [status, unschedulable] = pick(random, [
        ['Ready', false],
        ['Ready', false],
        ['NotReady', false],
        ['Ready,SchedulingDisabled', true],
      ] as const);
      change.upserts.push(again(pick(random, nodes), { status, unschedulable }));
    } else if (dice < 0.94 && nodes.length > 0) {
      change.removes.push({ kind: 'Node', uid: pick(random, nodes).uid });
    } else if (dice < 0.95 && nodes.length > 0) {
      change.upserts.push(again(pick(random, nodes), { zone: pick(random, ['zone-a', 'zone-b', 'zone-d', null]) }));
    } else {
      change.upserts.push(sampleNode(nodeName(between(random, 0, 400)), { zone: pick(random, ['zone-a', 'zone-c']) }));
    }
  }
  return change;
}

/** A graph of those entities, taken in this order. */
export function graphInOrder(entities: readonly Entity[]): Graph {
  const graph = new Graph();
  graph.apply({ upserts: [...entities], removes: [] });
  return graph;
}

/** Where each pod stands, by uid: `x,y,size`. */
export function podPlacesOf(fleet: Fleet): Map<string, string> {
  const { x, y, size } = planOf(fleet);
  const places = new Map<string, string>();
  for (let slot = 0; slot < fleet.model.length; slot += 1) {
    const pod = fleet.model.entities[slot];
    if (pod && size[slot]) places.set(pod.uid, `${x[slot]},${y[slot]},${size[slot]}`);
  }
  return places;
}
