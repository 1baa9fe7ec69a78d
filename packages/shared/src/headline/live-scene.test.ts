import { describe, expect, it } from 'vitest';
import type { NodeEntity, PodEntity } from '../entity/core.ts';
import type { Entity } from '../entity/entity.ts';
import type { DeploymentEntity, ReplicaSetEntity } from '../entity/workloads.ts';
import { project } from '../project/project.ts';
import { between, pick, type Random, seededRandom } from '../random.ts';
import { Graph } from '../relations/graph.ts';
import { aDeployment, aNode, anyObject, aPod, metadata } from '../testing/objects.ts';
import { headlineOf } from './headline.ts';
import { LiveScene, sceneOf } from './live-scene.ts';
import type { Scene } from './scene.ts';
import { verdictOf } from './verdict.ts';

const NODE = project('Node', aNode('n'));
const DEPLOYMENT = project('Deployment', aDeployment('d'));
const SET = project('ReplicaSet', anyObject({ metadata: metadata('s'), spec: {} }));
const POD = project('Pod', aPod({ name: 'p' }));
const STATUSES = [
  'Running',
  'Running',
  'Running',
  'Pending',
  'CrashLoopBackOff',
  'ErrImagePull',
  'Completed',
  'Unknown',
];

/** A change by chance to a small cluster in which everything collides: owners, names, revisions, namespaces. */
class World {
  readonly #random: Random;
  #version = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  change(): { upserts: Entity[]; removes: { kind: Entity['kind']; uid: string }[] } {
    const upserts = new Map<string, Entity>();
    const removes: { kind: Entity['kind']; uid: string }[] = [];
    for (let i = between(this.#random, 1, 6); i > 0; i -= 1) {
      const entity = this.#entity();
      if (upserts.has(entity.uid)) continue;
      if (this.#random() < 0.2) removes.push({ kind: entity.kind, uid: entity.uid });
      else upserts.set(entity.uid, entity);
    }
    return { upserts: [...upserts.values()], removes: removes.filter(({ uid }) => !upserts.has(uid)) };
  }

  #entity(): Entity {
    const many = between(this.#random, 0, 4);
    return many === 0 ? this.#node() : many === 1 ? this.#deployment() : many === 2 ? this.#set() : this.#pod();
  }

  #named(kind: string, many: number) {
    const index = between(this.#random, 0, many - 1);
    this.#version += 1;
    const uid = `${kind}${index}`;
    return { uid, name: uid, version: String(this.#version), namespace: index % 3 === 0 ? 'b' : 'a' };
  }

  #node(): NodeEntity {
    const status = pick(this.#random, ['Ready', 'Ready', 'NotReady', 'Unknown']);
    return { ...NODE, ...this.#named('n', 5), namespace: '', status, unschedulable: this.#random() < 0.2 };
  }

  #deployment(): DeploymentEntity {
    const named = this.#named('d', 5);
    const reason = pick(this.#random, ['NewReplicaSetAvailable', 'ReplicaSetUpdated', 'ProgressDeadlineExceeded']);
    const progressing = { type: 'Progressing', status: 'True' as const, reason, message: null, since: null };
    return {
      ...DEPLOYMENT,
      ...named,
      name: pick(this.#random, ['web', 'api', named.uid]),
      conditions: this.#random() < 0.3 ? [] : [progressing],
      settled: this.#random() < 0.5,
      paused: this.#random() < 0.1,
    };
  }

  #set(): ReplicaSetEntity {
    const uid = `d${between(this.#random, 0, 5)}`;
    const owner = this.#random() < 0.8 ? { kind: 'Deployment', uid, name: uid } : null;
    const current = between(this.#random, 0, 2);
    const replicas = { desired: current, current, ready: 0, available: 0 };
    return { ...SET, ...this.#named('s', 6), owner, revision: between(this.#random, 1, 3), replicas };
  }

  #pod(): PodEntity {
    const uid = `s${between(this.#random, 0, 6)}`;
    const status = pick(this.#random, STATUSES);
    return {
      ...POD,
      ...this.#named('p', 20),
      owner: this.#random() < 0.8 ? { kind: 'ReplicaSet', uid, name: uid } : null,
      status,
      isReady: this.#random() < 0.6,
      deleting: this.#random() < 0.1 ? 1 : null,
      created: POD.created + between(this.#random, 0, 100_000),
    };
  }
}

function told(scene: Scene): unknown {
  const sorted = <V>(map: ReadonlyMap<string, V>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    nodes: Object.values(scene.nodes).map(sorted),
    pods: scene.pods,
    notes: Object.values(scene.notes).map(sorted),
    deployments: scene.deployments,
    workloads: [...scene.workloads()].sort((a, b) => (a.deployment.uid < b.deployment.uid ? -1 : 1)),
    headline: headlineOf(scene),
    verdict: verdictOf(scene),
  };
}

describe('the live scene', () => {
  it.each([null, 'a'])('[K50] is always what gathering from scratch gives, of namespace %s', (namespace) => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const world = new World(seed);
      const graph = new Graph();
      const live = new LiveScene(namespace);
      for (const _ of live.fill(graph)) throw new Error('an empty graph is one piece');
      for (let step = 0; step < 60; step += 1) {
        live.apply(graph.apply(world.change()));
        // Not always: what is looked at seldom must come right too.
        if (step % 3 === 0) expect(told(live), `seed ${seed}, step ${step}`).toEqual(told(sceneOf(graph, namespace)));
      }
    }
  });

  it('[K50] takes in a graph in pieces, between which it changes', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const world = new World(seed);
      const graph = new Graph();
      const many = Array.from({ length: 3000 }, (_, i) => ({ ...POD, uid: `m${i}`, name: `m${i}`, namespace: 'c' }));
      graph.apply({ upserts: many, removes: [] });
      for (let i = 0; i < 20; i += 1) graph.apply(world.change());
      const live = new LiveScene(null);
      let pieces = 0;
      for (const _ of live.fill(graph)) {
        pieces += 1;
        for (let i = 0; i < 5; i += 1) live.apply(graph.apply(world.change()));
      }
      expect(pieces).toBeGreaterThan(2);
      expect(told(live), `seed ${seed}`).toEqual(told(sceneOf(graph, null)));
    }
  });

  it('[K50] says of each note what stood there before', () => {
    const world = new World(7);
    const graph = new Graph();
    const live = new LiveScene(null);
    for (const _ of live.fill(graph)) throw new Error('an empty graph is one piece');
    const followed = new Set<unknown>();
    for (let step = 0; step < 300; step += 1) {
      for (const [before, after] of live.apply(graph.apply(world.change()))) {
        if (before !== null) expect(followed.delete(before)).toBe(true);
        if (after !== null) followed.add(after);
      }
    }
    expect(followed).toEqual(new Set(Object.values(live.notes).flatMap((notes) => [...notes.values()])));
  });
});
