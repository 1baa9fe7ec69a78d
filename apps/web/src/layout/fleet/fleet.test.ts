import type { Change, Graph, NodeEntity, PodEntity } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { faultsOfFleet } from '../../testing/check-fleet.ts';
import { sampleNode, sampleReplicaSet } from '../../testing/sample-cluster.ts';
import {
  BY_ZONE,
  finish,
  fleetEntities,
  fleetOf,
  fleetPod,
  graphInOrder,
  nodeName,
  planOf,
  podPlacesOf,
  tileOf,
} from '../../testing/sample-fleet.ts';
import { Fleet } from './fleet.ts';

let again = 0;

function setUp(nodes = 300, podsEach = 10, options: Parameters<typeof fleetOf>[1] = {}) {
  const graph = graphInOrder(fleetEntities(nodes, podsEach));
  const fleet = fleetOf(graph, options);
  const change = <E extends NodeEntity | PodEntity>(uid: string, changes: Partial<E>) => {
    again += 1;
    fleet.apply(
      graph.apply({ upserts: [{ ...(graph.get(uid) as E), ...changes, version: `f${again}` }], removes: [] }),
    );
  };
  const node = (at: number, changes: Partial<NodeEntity>) => change<NodeEntity>(`node/${nodeName(at)}`, changes);
  const podOf = (at: number) => {
    const pods = [...graph.all('Pod')].filter((pod) => pod.node === nodeName(at));
    return pods.sort((a, b) => (a.name < b.name ? -1 : 1))[0] as PodEntity;
  };
  const pod = (at: number, changes: Partial<PodEntity>) => change<PodEntity>(podOf(at).uid, changes);
  const tile = (at: number) => tileOf(fleet, `node/${nodeName(at)}`);
  const add = (...upserts: (NodeEntity | PodEntity)[]) => fleet.apply(graph.apply({ upserts, removes: [] }));
  return { graph, fleet, node, pod, tile, add };
}

/** A graph of the same entities. */
function copyOf(graph: Graph): Graph {
  return graphInOrder((['Node', 'ReplicaSet', 'Pod'] as const).flatMap((kind) => [...graph.all(kind)]));
}

describe('a node that is not well', () => {
  it('[P7] stands above, leaves its own place empty, and comes back to it', () => {
    const { fleet, node, pod, tile } = setUp();
    const own = tile(7).box;
    pod(7, { status: 'CrashLoopBackOff', isReady: false });
    expect(tile(7)).toMatchObject({ tier: 'promoted', pitch: 3 });
    node(7, { status: 'NotReady' });
    expect(tile(7)).toMatchObject({ tier: 'named', pitch: 3, node: { mark: 'fail' } });
    const pushed = tile(10).box.y;
    expect(
      planOf(fleet).tiles.filter(({ box }) => box.x === own.x && box.y === own.y && box.width === own.width),
    ).toEqual([]);
    node(7, { status: 'Ready' });
    pod(7, { status: 'Running', isReady: true });
    expect(tile(7).tier).toBe('block');
    expect(tile(7).box.x).toBe(own.x);
    expect(tile(10).box.y).toBe(pushed);
    expect(tile(7).box.y - own.y).toBe(pushed - setUp().tile(10).box.y);
    expect(faultsOfFleet(fleet)).toEqual([]);
  });

  it('[P7] is promoted when cordoned or draining, and not for pods that start or have completed', () => {
    const { node, pod, tile } = setUp();
    node(1, { unschedulable: true, status: 'Ready,SchedulingDisabled' });
    pod(2, { deleting: 1, status: 'Terminating' });
    pod(3, { status: 'ContainerCreating', isReady: false });
    pod(4, { status: 'Completed', isReady: false });
    expect([1, 2, 3, 4].map((at) => tile(at).tier)).toEqual(['promoted', 'promoted', 'block', 'block']);
  });

  it('[P7] stays where it always stands in the order of places', () => {
    const { fleet, node, tile } = setUp(300, 10, { order: 'place' });
    const before = tile(7).box;
    node(7, { status: 'NotReady' });
    expect(tile(7)).toMatchObject({ tier: 'block', box: before, node: { mark: 'fail' } });
    expect(planOf(fleet).groups.map(({ troubled }) => troubled)).toEqual([0, 1, 0, 0]);
  });

  it('[P10] is told from one that only pods name, which stays in its place until the last of them goes', () => {
    const { graph, fleet, tile } = setUp();
    const { box, pods } = tile(5);
    const uids = Array.from(pods, (slot) => fleet.model.entities[slot]?.uid ?? '');
    fleet.apply(graph.apply({ upserts: [], removes: [{ kind: 'Node', uid: 'node/n0005' }] }));
    expect(tile(5)).toMatchObject({ box, node: { uid: 'node/n0005', mark: 'unknown' } });
    const [first, ...others] = uids;
    const moves = { ...(graph.get(first ?? '') as PodEntity), node: nodeName(6), version: 'moves' };
    fleet.apply(graph.apply({ upserts: [moves], removes: others.map((uid) => ({ kind: 'Pod', uid })) }));
    expect(planOf(fleet).tiles.some(({ node }) => node?.name === 'n0005')).toBe(false);
  });
});

describe('tiles', () => {
  it('[P10] of a fleet of a few nodes all have names', () => {
    const { fleet, add, node, tile } = setUp(30, 3);
    const before = tile(4).box;
    node(4, { status: 'NotReady' });
    expect(new Set(planOf(fleet).tiles.map(({ tier }) => tier))).toEqual(new Set(['named']));
    expect(tile(4)).toMatchObject({ box: before, columns: 4, pitch: 3 });
    add(...Array.from({ length: 30 * 30 }, (_, at) => fleetPod('app0', `more${at}`, nodeName(at % 30))));
    expect(tile(4)).toMatchObject({ columns: 7, pitch: 3 });
    expect(faultsOfFleet(fleet)).toEqual([]);
  });

  it('[P11] hold what nodes usually have; a node with more stands above, its pods closer', () => {
    const { fleet, add, tile } = setUp();
    expect(tile(0)).toMatchObject({ tier: 'block', columns: 6, box: { width: 6, height: 5 } });
    add(...Array.from({ length: 90 }, (_, at) => fleetPod('app0', `more${at}`, nodeName(0))));
    expect(tile(0)).toMatchObject({ tier: 'promoted', pitch: 1 });
    expect(faultsOfFleet(fleet)).toEqual([]);
  });

  it('[P11] grow for all once many nodes have more, or one has more than any tile shows', () => {
    const { fleet, add, tile } = setUp();
    const many = Array.from({ length: 60 * 30 }, (_, at) => fleetPod('app0', `more${at}`, nodeName(at % 60)));
    add(...many);
    expect(tile(0).tier).toBe('block');
    expect(tile(200).box.width).toBeGreaterThan(6);
    add(...Array.from({ length: 1_000 }, (_, at) => fleetPod('app0', `yet${at}`, nodeName(1))));
    expect(tile(1).tier).toBe('promoted');
    expect(faultsOfFleet(fleet)).toEqual([]);
  });

  it('[P8] take their pods together again once one more came and one went', () => {
    const { fleet, graph, add, tile } = setUp(300, 30);
    const first = tile(9).pods[0] ?? -1;
    add(fleetPod('app0', 'one-more', nodeName(9)));
    expect(tile(9).tier).toBe('promoted');
    fleet.apply(graph.apply({ upserts: [], removes: [{ kind: 'Pod', uid: fleet.model.entities[first]?.uid ?? '' }] }));
    expect(tile(9)).toMatchObject({ tier: 'block', pods: { length: 30 } });
    expect(faultsOfFleet(fleet)).toEqual([]);
  });

  it('[P2] of pods without a node stand at the foot, under a title of their own', () => {
    const { fleet, add } = setUp();
    expect(planOf(fleet).groups.at(-1)).toMatchObject({ key: 'unplaced', pods: 0, box: { height: 0 } });
    const { height } = planOf(fleet);
    add(fleetPod('app0', 'waits', null, { status: 'Pending', isReady: false }));
    const { groups } = planOf(fleet);
    expect(groups.at(-1)).toMatchObject({ key: 'unplaced', title: null, pods: 1, troubled: 0 });
    expect(groups.at(-1)?.box.y).toBeGreaterThan(height);
    expect(faultsOfFleet(fleet)).toEqual([]);
  });

  it('[P7] above stand where they were when what stands below goes', () => {
    const { fleet, graph, add, tile } = setUp();
    add(fleetPod('app0', 'waits', null, { status: 'Pending', isReady: false }));
    const foot = planOf(fleet).groups.at(-1)?.box;
    const kept = tile(0).box;
    const last = Array.from({ length: 60 }, (_, at) => `node/${nodeName(240 + at)}`);
    const pods = [...graph.all('Pod')].filter(({ node }) => last.includes(`node/${node}`));
    fleet.apply(
      graph.apply({ upserts: [], removes: [...pods, ...last.map((uid) => ({ kind: 'Node' as const, uid }))] }),
    );
    expect(planOf(fleet).tiles).toHaveLength(241);
    expect(planOf(fleet).groups.at(-1)?.box).toEqual(foot);
    expect(tile(0).box).toEqual(kept);
  });

  it('[P3] of a new zone stand in a column of their own', () => {
    const { fleet, add } = setUp();
    add(
      fleetPod('app0', 'waits', null, { status: 'Pending' }),
      ...[1, 2].map((at) => sampleNode(`new${at}`, { zone: 'zone-z' })),
    );
    expect(planOf(fleet).groups.map(({ title }) => title)).toEqual(['zone-a', 'zone-b', 'zone-c', 'zone-z', null]);
    expect(faultsOfFleet(fleet)).toEqual([]);
  });

  it('[P12] fill a view of that aspect, and twice the fleet takes twice the cells', () => {
    const cells = [500, 1_000, 2_000].map((nodes) => {
      const { width, height } = planOf(setUp(nodes, 3).fleet);
      expect(width / height).toBeGreaterThan(0.8);
      expect(width / height).toBeLessThan(3.6);
      return (width * height) / nodes;
    });
    expect(Math.max(...cells)).toBeLessThan(1.5 * Math.min(...cells));
  });
});

describe('the fleet', () => {
  it('[P2] of one namespace holds and counts its pods alone, on all nodes', () => {
    const fleet = new Fleet('ns1');
    fleet.renew(graphInOrder(fleetEntities(300, 10)));
    fleet.arrange(BY_ZONE);
    finish(fleet);
    expect(fleet.counts).toMatchObject({ nodes: 300, pods: 600 });
    expect(planOf(fleet).tiles).toHaveLength(300);
    expect(faultsOfFleet(fleet)).toEqual([]);
  });

  it('[P2] leaves out what the filter leaves out, as if it were not there', () => {
    const { fleet, pod, tile } = setUp(300, 10, { filter: ({ namespace }) => namespace === 'ns1' });
    const left = (uid: string) => fleet.model.entities[fleet.model.slotOf(uid) ?? -1]?.namespace !== 'ns1';
    expect(faultsOfFleet(fleet, left)).toEqual([]);
    const other = [...Array(300).keys()].find((at) => Array.from(tile(at).pods).length === 0) ?? -1;
    pod(other, { status: 'CrashLoopBackOff', isReady: false });
    expect(tile(other).tier).toBe('block');
    expect(fleet.counts.marks.fail).toBe(1);
  });

  it('[P13] works in pieces, shows nothing half-way, and takes in what changes between them', () => {
    const graph = graphInOrder(fleetEntities(400, 12));
    const fleet = new Fleet();
    fleet.renew(graph);
    fleet.arrange(BY_ZONE);
    let pieces = 0;
    while (fleet.step()) {
      pieces += 1;
      expect(fleet.plan).toBeNull();
      const gone = [...graph.all('Pod')][pieces * 3] as PodEntity;
      const changes = [sampleNode(`late${pieces}`), fleetPod('app0', `late${pieces}`, `late${pieces}`)];
      fleet.apply(graph.apply({ upserts: changes, removes: [{ kind: 'Pod', uid: gone.uid }] }));
    }
    expect(pieces).toBeGreaterThan(5);
    expect(faultsOfFleet(fleet)).toEqual([]);
    expect(fleet.counts).toEqual(fleetOf(graph).counts);
  });

  it('[P13] of a new graph has everybody who is in both where they were', () => {
    const { graph, fleet } = setUp();
    const before = podPlacesOf(fleet);
    const next = copyOf(graph);
    const [gone] = [...next.all('Pod')] as [PodEntity];
    next.apply({ upserts: [fleetPod('app0', 'came', nodeName(3))], removes: [{ kind: 'Pod', uid: gone.uid }] });
    fleet.renew(next);
    finish(fleet);
    const after = podPlacesOf(fleet);
    expect(after.has(gone.uid)).toBe(false);
    expect(after.has('pod/app0-1-came')).toBe(true);
    for (const [uid, place] of before) if (uid !== gone.uid) expect(after.get(uid)).toBe(place);
    expect(faultsOfFleet(fleet)).toEqual([]);
  });

  it('[P13] may be asked for another graph and another picture before it is done', () => {
    const { graph, fleet } = setUp();
    const next = copyOf(graph);
    next.apply({ upserts: [{ ...sampleReplicaSet('app0', 1, 10), owner: null, version: 'x' }], removes: [] });
    fleet.renew(next);
    for (let at = 0; at < 2; at += 1) fleet.step();
    fleet.arrange({ ...BY_ZONE, grouping: { by: 'workload' } });
    for (let at = 0; at < 4; at += 1) fleet.step();
    fleet.renew(copyOf(next));
    finish(fleet);
    expect(faultsOfFleet(fleet)).toEqual([]);
    expect([...podPlacesOf(fleet)].sort()).toEqual(
      [...podPlacesOf(fleetOf(next, { grouping: { by: 'workload' } }))].sort(),
    );
  });

  it('[P9] regroups pods whose owner comes, goes, or comes to have another owner', () => {
    const { graph, fleet, pod } = setUp(40, 10, { grouping: { by: 'workload' } });
    const uid = 'replicaset/app3-1';
    const orphan = { ...sampleReplicaSet('app3', 1, 10), owner: null };
    const whole = sampleReplicaSet('app3', 1, 10);
    const titles = () =>
      planOf(fleet).groups.flatMap(({ title, pods }) => (pods > 0 && title?.startsWith('ns3/app3') ? title : []));
    const tell = (change: Change) => fleet.apply(graph.apply(change));
    const owned = () => titles().filter((title) => title === 'ns3/app3' || title === 'ns3/app3-1');
    expect(owned()).toEqual(['ns3/app3']);
    const of3 = [...graph.all('Pod')].find(({ owner }) => owner?.uid === uid);
    pod(Number(of3?.node?.slice(1)), { restarts: 1 });
    tell({ upserts: [{ ...(of3 as PodEntity), restarts: 1, version: 'again' }], removes: [] });
    tell({ upserts: [orphan], removes: [] });
    expect(owned()).toEqual(['ns3/app3-1']);
    tell({ upserts: [whole], removes: [] });
    expect(owned()).toEqual(['ns3/app3']);
    tell({ upserts: [], removes: [{ kind: 'ReplicaSet', uid }] });
    expect(owned()).toEqual(['ns3/app3-1']);
    tell({ upserts: [whole], removes: [] });
    expect(owned()).toEqual(['ns3/app3']);
    const next = copyOf(graph);
    next.apply({ upserts: [{ ...orphan, version: 'next' }], removes: [] });
    fleet.renew(next);
    finish(fleet);
    expect(owned()).toEqual(['ns3/app3-1']);
    expect(faultsOfFleet(fleet)).toEqual([]);
  });

  it('[P12] is laid out anew when it outgrew its picture', () => {
    const { fleet, add } = setUp(30, 1);
    add(...Array.from({ length: 200 }, (_, at) => sampleNode(`new${at}`, { zone: 'zone-a' })));
    expect(fleet.busy).toBe(true);
    finish(fleet);
    expect(planOf(fleet)).toMatchObject({ changed: 'all' });
    expect(new Set(planOf(fleet).tiles.map(({ tier }) => tier))).toEqual(new Set(['block']));
  });
});
