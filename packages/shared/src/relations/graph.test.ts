import { describe, expect, it } from 'vitest';
import type { Change } from '../change.ts';
import type { EndpointSliceEntity, PodEntity, ServiceEntity } from '../entity/core.ts';
import type { Entity } from '../entity/entity.ts';
import { project } from '../project/project.ts';
import { pick, seededRandom } from '../random.ts';
import { aDeployment, aNode, anyObject, aPod, aService, metadata } from '../testing/objects.ts';
import { shuffled } from '../testing/random.ts';
import { EDGE_TYPES, type Edge } from './edge.ts';
import { Graph, type GraphDelta } from './graph.ts';

const node1 = project('Node', aNode('node1'));
const pod = (name: string, more: Partial<PodEntity> = {}): PodEntity => ({
  ...project('Pod', aPod({ name, metadata: { labels: { app: 'web' } }, spec: { nodeName: 'node1' } })),
  ...more,
});
const service = (name: string, selector: Record<string, string> | null): ServiceEntity => ({
  ...project('Service', aService(name, {})),
  selector,
});
const slice = (name: string, of: string, pods: Record<string, boolean>): EndpointSliceEntity =>
  project(
    'EndpointSlice',
    anyObject({
      metadata: metadata(name, { labels: { 'kubernetes.io/service-name': of } }),
      endpoints: Object.entries(pods).map(([uid, ready]) => ({
        addresses: ['10.0.0.1'],
        conditions: { ready },
        targetRef: { kind: 'Pod', uid },
      })),
    }),
  );
const upsert = (...upserts: Entity[]): Change => ({ upserts, removes: [] });
const remove = (...entities: Entity[]): Change => ({ upserts: [], removes: entities });
const next = <E extends Entity>(entity: E, more: Partial<E>): E => ({
  ...entity,
  version: String(Number(entity.version) + 1),
  ...more,
});

describe('the graph', () => {
  it('[R1] finds entities by uid, kind, namespace and name, and counts them', () => {
    const graph = new Graph();
    graph.apply(upsert(node1, pod('a'), pod('b', { namespace: 'other' })));
    expect(graph.get('a')?.name).toBe('a');
    expect([...graph.inNamespace('Pod', 'other')].map((each) => each.name)).toEqual(['b']);
    expect(graph.find('Pod', 'other', 'b')?.uid).toBe('b');
    expect(graph.find('Pod', 'default', 'b')).toBeUndefined();
    expect(graph.counts()).toEqual({ Node: 1, Pod: 2 });
    expect(graph.size).toBe(3);
  });

  it('[R1] says what a change did, and an upsert at the same version does nothing', () => {
    const graph = new Graph();
    const first = pod('a');
    expect(graph.apply(upsert(first)).added).toEqual([first]);
    expect(graph.apply(upsert({ ...first })).updated).toEqual([]);
    const second = next(first, { status: 'Error' });
    expect(graph.apply(upsert(second)).updated).toEqual([[first, second]]);
    expect(graph.apply(remove(second)).removed).toEqual([second]);
    expect(graph.apply(remove(second)).removed).toEqual([]);
  });

  it('[R1] an object deleted and created again under its name is found by its new uid', () => {
    const graph = new Graph();
    const old = pod('a');
    const reborn = { ...old, uid: 'a2' };
    graph.apply(upsert(old));
    graph.apply({ upserts: [reborn], removes: [old] });
    expect(graph.find('Pod', 'default', 'a')).toBe(reborn);
    expect(graph.get('a')).toBeUndefined();
  });

  it('[R1] an old object that goes after its successor came does not take the name away', () => {
    const graph = new Graph();
    const old = pod('a');
    const reborn = { ...old, uid: 'a2' };
    graph.apply(upsert(old));
    graph.apply(upsert(reborn));
    graph.apply(remove(old));
    expect(graph.find('Pod', 'default', 'a')).toBe(reborn);
  });

  it('[R1] tells all of a kind in the order in which they came, and one that changed where it was', () => {
    const graph = new Graph();
    const first = pod('a');
    graph.apply(upsert(first, pod('b'), pod('c')));
    graph.apply(upsert(next(first, { status: 'Error' })));
    expect(Array.from(graph.all('Pod'), ({ uid }) => uid)).toEqual(['a', 'b', 'c']);
  });

  it('[R1] may change while it is gone through: what came is met, what went is not', () => {
    const graph = new Graph();
    graph.apply(upsert(pod('a'), pod('b'), pod('c')));
    const met: string[] = [];
    for (const { uid } of graph.all('Pod')) {
      met.push(uid);
      if (uid === 'a') graph.apply({ upserts: [pod('d')], removes: [pod('a'), pod('b')] });
    }
    expect(met).toEqual(['a', 'c', 'd']);
  });

  it('[R1] an object that is the same uid under another name and namespace is found there alone', () => {
    const graph = new Graph();
    const first = pod('a');
    const web = service('web', { app: 'web' });
    graph.apply(upsert(first, web));
    expect(graph.find('Pod', 'default', 'a')).toBe(first);
    const moved = next(first, { namespace: 'other', name: 'b' });
    const edge = { type: 'selection', from: 'web', to: 'a', ready: null };
    expect(graph.apply(upsert(moved)).edges.removed).toEqual([edge]);
    expect(graph.find('Pod', 'default', 'a')).toBeUndefined();
    expect(graph.find('Pod', 'other', 'b')).toBe(moved);
    expect([...graph.inNamespace('Pod', 'default')]).toEqual([]);
  });

  it('[R2] holds the same digest whatever the order, and that of nothing when cleared', () => {
    const one = new Graph();
    const two = new Graph();
    const empty = one.digest;
    one.apply(upsert(node1, pod('a')));
    two.apply(upsert(pod('a'), node1));
    expect(one.digest).toBe(two.digest);
    one.clear();
    expect(one.digest).toBe(empty);
    expect([...one.all('Pod')]).toEqual([]);
  });
});

describe('owner', () => {
  it('[R3] leads from the controller to what it controls, and waits for a controller that comes later', () => {
    const graph = new Graph();
    const deployment = project('Deployment', aDeployment('web'));
    const owned = pod('a', { owner: { kind: 'Deployment', uid: 'web', name: 'web' } });
    expect(graph.apply(upsert(owned)).edges.added).toEqual([]);
    const edge = { type: 'owner', from: 'web', to: 'a', ready: null };
    expect(graph.apply(upsert(deployment)).edges.added).toEqual([edge]);
    expect(graph.edgesFrom('web', 'owner')).toEqual([edge]);
    expect(graph.apply(upsert(next(owned, { owner: null }))).edges.removed).toEqual([edge]);
  });
});

describe('placement', () => {
  it('[R4] leads from a pod to the node of its name, and goes with either', () => {
    const graph = new Graph();
    graph.apply(upsert(pod('a')));
    const edge = { type: 'placement', from: 'a', to: 'node1', ready: null };
    expect(graph.apply(upsert(node1)).edges.added).toEqual([edge]);
    expect(graph.apply(remove(node1)).edges.removed).toEqual([edge]);
    graph.apply(upsert(node1));
    expect(graph.apply(remove(pod('a'))).edges.removed).toEqual([edge]);
    expect(graph.edgesTo('node1')).toEqual([]);
  });
});

describe('an object that goes and comes again in one change', () => {
  it('[R3] keeps the edges that it keeps', () => {
    const graph = new Graph();
    const deployment = project('Deployment', aDeployment('web'));
    const owned = pod('a', { owner: { kind: 'Deployment', uid: 'web', name: 'web' } });
    graph.apply(upsert(deployment, owned, node1));
    const changes: Change[] = [
      { removes: [deployment], upserts: [next(deployment, {})] },
      { removes: [node1], upserts: [next(node1, {})] },
      { removes: [owned], upserts: [next(owned, {})] },
    ];
    for (const change of changes) expect(graph.apply(change).edges).toEqual({ added: [], changed: [], removed: [] });
  });
});

describe('selection', () => {
  const web = service('web', { app: 'web' });

  it('[R5] leads from a service to the pods that its selector matches in its own namespace', () => {
    const graph = new Graph();
    graph.apply(upsert(web, pod('a'), pod('b', { labels: {} }), pod('c', { namespace: 'other' })));
    expect(graph.edgesFrom('web').map((edge) => edge.to)).toEqual(['a']);
    graph.apply(upsert(next(pod('b'), {})));
    expect(graph.edgesFrom('web').map((edge) => edge.to)).toEqual(['a', 'b']);
    graph.apply(upsert(next(web, { selector: { app: 'api' } })));
    expect(graph.edgesFrom('web')).toEqual([]);
  });

  it('[R6] is ready as the slices say, and null while they do not list the pod', () => {
    const graph = new Graph();
    graph.apply(upsert(web, pod('a')));
    const ready = () => graph.edgesTo('a', 'selection').map((edge) => edge.ready);
    expect(ready()).toEqual([null]);
    const listed = slice('s', 'web', { a: false });
    graph.apply(upsert(listed));
    expect(ready()).toEqual([false]);
    const delta = graph.apply(upsert(next(listed, { endpoints: slice('s', 'web', { a: true }).endpoints })));
    expect(delta.edges.changed.map(([from, to]) => [from.ready, to.ready])).toEqual([[false, true]]);
    graph.apply(remove(listed));
    expect(ready()).toEqual([null]);
  });

  it('[R6] a pod that Endpoints list twice, once as ready, is ready', () => {
    const graph = new Graph();
    const targetRef = { kind: 'Pod', uid: 'a' };
    const address = { ip: '10.0.0.1', targetRef };
    const subsets = [{ addresses: [address] }, { notReadyAddresses: [address] }];
    const endpoints = project('Endpoints', anyObject({ metadata: { ...metadata('web'), uid: 'endpoints' }, subsets }));
    graph.apply(upsert(web, pod('a'), endpoints));
    expect(graph.edgesTo('a', 'selection').map((edge) => edge.ready)).toEqual([true]);
  });

  it('[R7] a service without a selector selects only what its slices name', () => {
    const graph = new Graph();
    graph.apply(upsert(service('external', null), pod('a'), pod('b')));
    expect(graph.edgesFrom('external')).toEqual([]);
    graph.apply(upsert(slice('s', 'external', { b: true })));
    expect(graph.edgesFrom('external')).toEqual([{ type: 'selection', from: 'external', to: 'b', ready: true }]);
  });

  it('[R7] a pod that the selector no longer matches is not selected, whatever an old slice says', () => {
    const graph = new Graph();
    graph.apply(upsert(web, pod('a'), slice('s', 'web', { a: true })));
    graph.apply(upsert(next(pod('a'), { labels: { app: 'quarantine' } })));
    expect(graph.edgesTo('a', 'selection')).toEqual([]);
  });
});

/** Every edge that should be there, found by comparing everything with everything. */
function naiveEdges(entities: readonly Entity[]): Set<string> {
  const edges = new Set<string>();
  const key = (type: string, from: Entity, to: Entity, ready: boolean | null) =>
    edges.add(`${type} ${from.uid} ${to.uid} ${ready}`);
  for (const a of entities) {
    for (const b of entities) {
      if (b.owner?.uid === a.uid) key('owner', a, b, null);
      if (a.kind === 'Pod' && b.kind === 'Node' && a.node === b.name) key('placement', a, b, null);
      if (a.kind !== 'Service' || b.kind !== 'Pod' || a.namespace !== b.namespace) continue;
      const told = entities.flatMap((each) =>
        (each.kind === 'EndpointSlice' || each.kind === 'Endpoints') &&
        each.namespace === a.namespace &&
        each.service === a.name
          ? each.endpoints.filter((endpoint) => endpoint.pod === b.uid).map((endpoint) => endpoint.ready)
          : [],
      );
      const chosen =
        a.selector === null
          ? told.length > 0
          : Object.entries(a.selector).every(([label, value]) => b.labels[label] === value);
      if (chosen) key('selection', a, b, told.length === 0 ? null : told.includes(true));
    }
  }
  return edges;
}

function edgesOf(graph: Graph, entities: readonly Entity[]): Set<string> {
  return new Set(entities.flatMap(({ uid }) => graph.edgesFrom(uid).map(text)));
}

/** What a graph finds, against looking through everything. */
function expectFound(graph: Graph, entities: readonly Entity[]): void {
  const sorted = (all: Iterable<Entity>) => Array.from(all, ({ uid }) => uid).sort();
  for (const kind of ['Node', 'Pod', 'Service', 'EndpointSlice'] as const) {
    const ofKind = entities.filter((each) => each.kind === kind);
    expect(sorted(graph.all(kind))).toEqual(sorted(ofKind));
    expect([graph.count(kind), graph.counts()[kind] ?? 0]).toEqual([ofKind.length, ofKind.length]);
    for (const namespace of ['', 'one', 'two']) {
      const here = ofKind.filter((each) => each.namespace === namespace);
      expect(sorted(graph.inNamespace(kind, namespace))).toEqual(sorted(here));
      expect(graph.count(kind, namespace)).toBe(here.length);
      const found = here.map(({ name }) => graph.find(kind, namespace, name));
      expect(found.map((each) => each?.name)).toEqual(here.map(({ name }) => name));
      expect(found.every((each) => each !== undefined && graph.get(each.uid) === each)).toBe(true);
    }
    expect(graph.find(kind, 'one', 'nobody')).toBeUndefined();
  }
  expect(entities.every((entity) => graph.get(entity.uid) === entity)).toBe(true);
  for (const type of EDGE_TYPES) {
    const arrive = entities.map(({ uid }) => graph.edgesTo(uid, type).length);
    expect(entities.map(({ uid }) => graph.countTo(uid, type))).toEqual(arrive);
  }
  expect(new Set(entities.flatMap(({ uid }) => graph.edgesTo(uid).map(text)))).toEqual(edgesOf(graph, entities));
}

function text(edge: Edge): string {
  return `${edge.type} ${edge.from} ${edge.to} ${edge.ready}`;
}

/**
 * A small world in which everything happens: few names, so that everything meets everything, and a name may be that of two
 * for a while.
 */
function randomEntity(chance: () => number, version: number): Entity {
  const number = Math.floor(chance() * 6);
  const namespace = pick(chance, ['one', 'two']);
  const common = { version: String(version), namespace };
  const labels = () => ({ app: pick(chance, ['web', 'api']), tier: pick(chance, ['front', 'back']) });
  const owner = chance() < 0.3 ? null : { kind: 'X', uid: `pod-${Math.floor(chance() * 8)}-one`, name: 'x' };
  switch (Math.floor(chance() * 5)) {
    case 0:
      return { ...project('Node', aNode(`node${number % 3}`)), uid: `node-${number}`, version: String(version) };
    case 1: {
      const selector = pick<Record<string, string> | null>(chance, [
        null,
        { app: 'web' },
        { tier: 'front' },
        { app: 'api', tier: 'back' },
      ]);
      return { ...service(`s${number % 4}`, selector), ...common, uid: `service-${number}-${namespace}` };
    }
    case 2: {
      const listed = Object.fromEntries(
        [1, 2, 3].map(() => [`pod-${Math.floor(chance() * 8)}-${namespace}`, chance() < 0.5]),
      );
      const of = `s${Math.floor(chance() * 4)}`;
      return { ...slice(`slice${number}`, of, listed), ...common, uid: `slice-${number}-${namespace}` };
    }
    default: {
      const which = Math.floor(chance() * 8);
      const node = pick(chance, [null, 'node0', 'node1', 'node2']);
      const name = `pod${which}`;
      return { ...pod(name), ...common, uid: `pod-${which}-${namespace}`, labels: labels(), owner, node };
    }
  }
}

function randomChange(chance: () => number, held: ReadonlyMap<string, Entity>, version: number): Change {
  const change: Change = { upserts: [], removes: [] };
  const touched = new Set<string>();
  for (let i = Math.floor(chance() * 5); i >= 0; i--) {
    const removes = held.size > 0 && chance() < 0.35;
    const entity = removes ? pick(chance, [...held.values()]) : randomEntity(chance, version);
    if (touched.has(entity.uid)) continue;
    touched.add(entity.uid);
    if (removes) change.removes.push(entity);
    else change.upserts.push(entity);
  }
  return change;
}

/** Follows the edges by the deltas alone, and complains of a delta that does not fit. */
function follow(edges: Set<string>, { edges: delta }: GraphDelta): void {
  const drop = (edge: Edge) => expect(edges.delete(text(edge))).toBe(true);
  const take = (edge: Edge) => {
    expect(edges.has(text(edge))).toBe(false);
    edges.add(text(edge));
  };
  for (const edge of delta.removed) drop(edge);
  for (const [from, to] of delta.changed) {
    drop(from);
    take(to);
  }
  for (const edge of delta.added) take(edge);
}

describe('change by change', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    '[R8] the graph, its deltas and a graph built at once in another order agree (seed %d)',
    (seed) => {
      const chance = seededRandom(seed);
      const graph = new Graph();
      const held = new Map<string, Entity>();
      const followed = new Set<string>();
      for (let version = 1; version <= 60; version++) {
        const change = randomChange(chance, held, version);
        for (const { uid } of change.removes) held.delete(uid);
        for (const entity of change.upserts) held.set(entity.uid, entity);
        follow(followed, graph.apply(change));
        const entities = [...held.values()];
        const expected = naiveEdges(entities);
        expect(edgesOf(graph, entities)).toEqual(expected);
        expectFound(graph, entities);
        expect(followed).toEqual(expected);
        const atOnce = new Graph();
        for (const entity of shuffled(chance, entities)) atOnce.apply(upsert(entity));
        expect(edgesOf(atOnce, entities)).toEqual(expected);
        expect(atOnce.digest).toBe(graph.digest);
        expect(graph.size).toBe(entities.length);
      }
    },
  );
});
