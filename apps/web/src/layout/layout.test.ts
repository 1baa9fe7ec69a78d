import { describe, expect, it } from 'vitest';
import {
  graphOf,
  sampleApplication,
  sampleDeployment,
  sampleGuestbook,
  sampleNode,
  samplePod,
  sampleReplicaSet,
  sampleService,
} from '../testing/sample-cluster.ts';
import { layoutOf, VIEW } from '../testing/sample-layout.ts';
import type { Layout } from './box.ts';
import { cardsOf, faultsOf, podPlaces, workloadNamed } from './check-layout.ts';

function places(made: Layout): Record<string, { x: number; y: number }> {
  return Object.fromEntries(cardsOf(made).map(({ key, x, y }) => [key, { x, y }]));
}

describe('layout', () => {
  it('[V3] the same entities give the same picture, in whatever order they came', () => {
    const entities = sampleGuestbook();
    expect(layoutOf(graphOf(entities.toReversed()))).toEqual(layoutOf(graphOf(entities)));
  });

  it('[V4] the guestbook stands in two columns, its entry left, and fits a view of 1528 × 692', () => {
    const made = layoutOf(graphOf(sampleGuestbook()));
    expect(faultsOf(made)).toEqual([]);
    const at = places(made);
    expect(at['service/frontend']).toEqual({ x: 24, y: 8 });
    expect(at['deployment/frontend']).toEqual({ x: 264, y: 8 });
    expect(at['service/redis-master']).toEqual({ x: 600, y: 8 });
    expect(at['service/redis-slave']?.x).toBe(600);
    expect(made.bounds.height).toBeLessThanOrEqual(VIEW.height + 8);
  });

  it('[V4] a narrow view has one column, and a block is never narrower than it', () => {
    const made = layoutOf(graphOf(sampleGuestbook()), null, { ...VIEW, width: 500 });
    expect(made.columns).toBe(1);
    expect(faultsOf(made)).toEqual([]);
  });

  it('[V7] a rollout moves no card but grows its own, even with another one below', () => {
    const graph = graphOf(sampleGuestbook());
    const before = layoutOf(graph);
    graph.apply({
      upserts: [
        sampleReplicaSet('redis-master', 2, 1),
        samplePod('redis-master', 2, 'new', 'node1', { status: 'ContainerCreating', isReady: false }),
      ],
      removes: [],
    });
    const after = layoutOf(graph, before);
    expect(faultsOf(after)).toEqual([]);
    expect(workloadNamed(after, 'redis-master').lanes.map((lane) => lane.replicaSet)).toEqual([
      'replicaset/redis-master-2',
      'replicaset/redis-master-1',
    ]);
    expect(places(after)).toEqual(places(before));
  });

  it('[V6] growth pushes only what stands below in the same column, and nothing comes back up', () => {
    const graph = graphOf(sampleGuestbook());
    const before = layoutOf(graph);
    const grown = Array.from({ length: 140 }, (_, index) =>
      samplePod('redis-master', 1 + (index % 2), `g${index}`, 'node1'),
    );
    graph.apply({ upserts: [sampleReplicaSet('redis-master', 2, 70), ...grown], removes: [] });
    const large = layoutOf(graph, before);
    const moved = Object.keys(places(before)).filter((key) => places(large)[key]?.y !== places(before)[key]?.y);
    expect(moved.toSorted()).toEqual(['deployment/redis-slave', 'node/node1', 'node/node2', 'service/redis-slave']);
    graph.apply({ upserts: [], removes: grown.map(({ uid }) => ({ kind: 'Pod' as const, uid })) });
    expect(places(layoutOf(graph, large))).toEqual(places(large));
  });

  it('[V8] a pod that goes leaves its place, and the next newcomer takes it', () => {
    const graph = graphOf(sampleGuestbook());
    const before = layoutOf(graph);
    const place = podPlaces(before).get('pod/frontend-1-p1');
    graph.apply({ upserts: [], removes: [{ kind: 'Pod', uid: 'pod/frontend-1-p1' }] });
    const without = layoutOf(graph, before);
    expect(workloadNamed(without, 'frontend').lanes[0]?.toCome[0]).toMatchObject({ ...place });
    graph.apply({ upserts: [samplePod('frontend', 1, 'new', null)], removes: [] });
    const after = layoutOf(graph, without);
    expect(podPlaces(after).get('pod/frontend-1-new')).toEqual(place);
    expect(podPlaces(after).get('pod/frontend-1-p2')).toEqual(podPlaces(before).get('pod/frontend-1-p2'));
  });

  it('[V9] empty older ReplicaSets are counted, not drawn', () => {
    const graph = graphOf([
      ...sampleGuestbook(),
      sampleReplicaSet('frontend', 0, 0),
      sampleReplicaSet('frontend', -1, 0),
    ]);
    const card = workloadNamed(layoutOf(graph), 'frontend');
    expect(card.lanes).toHaveLength(1);
    expect(card.older).toBe(2);
  });

  it('[V9] a deployment scaled to nothing keeps its newest revision', () => {
    const card = workloadNamed(
      layoutOf(graphOf([sampleDeployment('idle', 0), sampleReplicaSet('idle', 1, 0), sampleReplicaSet('idle', 2, 0)])),
      'idle',
    );
    expect(card.lanes.map((lane) => lane.replicaSet)).toEqual(['replicaset/idle-2']);
  });

  it('[V11] a service stands beside the workload it will select before there is a pod', () => {
    const made = layoutOf(
      graphOf([sampleService('api', { app: 'api' }), sampleDeployment('api', 2), sampleReplicaSet('api', 1, 2)]),
    );
    expect(made.blocks).toHaveLength(1);
    expect(made.routes).toMatchObject([{ service: 'service/api', lane: 'replicaset/api-1' }]);
    expect(workloadNamed(made, 'api').lanes[0]?.toCome).toHaveLength(2);
  });

  it('[V12] a service without a selector stands at the foot of the first column, and moves no application', () => {
    const graph = graphOf([sampleService('kubernetes', null)]);
    const alone = layoutOf(graph);
    graph.apply({ upserts: sampleGuestbook(), removes: [] });
    const made = layoutOf(graph, alone);
    expect(places(made)['service/kubernetes']).toEqual(places(alone)['service/kubernetes']);
    expect(places(made)).toMatchObject(places(layoutOf(graphOf(sampleGuestbook()))));
    expect(faultsOf(made)).toEqual([]);
  });

  it('[V13] an application that comes to be open to the outside goes to the first column, and nothing else moves', () => {
    const graph = graphOf([sampleNode('node1'), ...sampleApplication('web', 2, ['node1'])]);
    const closed = layoutOf(graph);
    expect(workloadNamed(closed, 'web').x).toBe(840);
    graph.apply({ upserts: sampleApplication('api', 1, ['node1']), removes: [] });
    const both = layoutOf(graph, closed);
    graph.apply({ upserts: [sampleService('web', { app: 'web' }, { type: 'NodePort' })], removes: [] });
    const open = layoutOf(graph, both);
    expect(workloadNamed(open, 'web')).toMatchObject({ x: 264, y: 8 });
    expect(places(open)['deployment/api']).toEqual(places(both)['deployment/api']);
  });

  it('[V13] a picture that opens on more than the other columns hold, and on no entry, is read row by row', () => {
    const names = Array.from({ length: 8 }, (_, index) => `app-${index}`);
    const made = layoutOf(graphOf(names.flatMap((name) => sampleApplication(name, 1, ['node1']))));
    const rows = names.map((name) => workloadNamed(made, name));
    expect(rows.map(({ x }) => x)).toEqual([264, 840, 264, 840, 264, 840, 264, 840]);
    expect(rows.map(({ y }) => y)).toEqual(rows.map(({ y }) => y).toSorted((a, b) => a - b));
    expect(faultsOf(made)).toEqual([]);
  });

  it('[V24] lines of two services to one revision end in the order of the services', () => {
    const made = layoutOf(
      graphOf([
        sampleService('api', { app: 'web' }),
        sampleService('web', { app: 'web' }, { type: 'LoadBalancer' }),
        ...sampleApplication('web', 2, ['node1']),
      ]),
    );
    const ends = made.routes.map(({ service, points }) => ({ service, y: points[3].y }));
    expect(ends.toSorted((a, b) => a.y - b.y).map(({ service }) => service)).toEqual(['service/web', 'service/api']);
  });

  it('[V14] of more nodes than two rows hold, those in trouble are drawn and the rest is counted', () => {
    const nodes = Array.from({ length: 40 }, (_, index) => sampleNode(`n${String(index).padStart(2, '0')}`));
    const sick = sampleNode('n39', { status: 'NotReady' });
    const graph = graphOf([...nodes, sick, ...sampleApplication('web', 4, ['n00', 'n20'])]);
    const { shelf } = layoutOf(graph);
    const names = shelf?.nodes.map((node) => node.name) ?? [];
    expect(names).toContain('n39');
    expect(names).toContain('n20');
    expect(names.length + (shelf?.rest ?? 0)).toBe(40);
  });

  it('[V14] of nodes that are well those with the most pods here are drawn', () => {
    const names = Array.from({ length: 40 }, (_, index) => `n${String(index).padStart(2, '0')}`);
    const busy = sampleApplication('web', 8, ['n38', 'n39']);
    const graph = graphOf([...names.map((name) => sampleNode(name)), ...sampleApplication('log', 36, names), ...busy]);
    const drawn = layoutOf(graph).shelf?.nodes.map((node) => node.name);
    expect(drawn).toEqual(expect.arrayContaining(['n38', 'n39']));
  });

  it('[V15] the shelf stands at the foot of the view, and below the last card where that is lower', () => {
    const empty = layoutOf(graphOf([sampleNode('node1')]));
    expect((empty.shelf?.y ?? 0) + (empty.shelf?.height ?? 0)).toBe(VIEW.height - 24);
    const graph = graphOf([sampleNode('node1'), ...sampleApplication('web', 70, ['node1'])]);
    graph.apply({ upserts: sampleApplication('api', 70, ['node1']), removes: [] });
    const full = layoutOf(graph, empty);
    expect(faultsOf(full)).toEqual([]);
  });

  it('[V5] a pod whose owner nobody knows still has a card', () => {
    const made = layoutOf(graphOf([samplePod('lost', 1, 'a', 'node9')]));
    expect(podPlaces(made).size).toBe(1);
    expect(made.shelf?.nodes.map((node) => node.name)).toEqual(['node9']);
  });
});
