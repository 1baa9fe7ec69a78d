import type { Change, Entity, Graph } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import {
  graphOf,
  sampleDeployment,
  sampleNode,
  samplePod,
  sampleReplicaSet,
  sampleService,
} from '../testing/sample-cluster.ts';
import { layoutOf } from '../testing/sample-layout.ts';
import type { Layout } from './box.ts';
import { faultsOf, podPlaces, workloadsOf } from './check-layout.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const NODES = ['node1', 'node2', 'node3'];

/** Park and Miller's minimal standard generator, as answers in [0, 1). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 0x7fffffff;
    return state / 0x7fffffff;
  };
}

/** A change as a cluster might make it, touching one application. */
function someChange(next: () => number, graph: Graph): { change: Change; application: string } {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  const name = pick(NAMES) ?? 'a';
  const pods = [...graph.inNamespace('Pod', 'default')].filter((pod) => pod.labels.app === name);
  const revision = 1 + Math.floor(next() * 3);
  const upserts: Entity[] = [];
  const removes: Change['removes'] = [];
  const dice = next();
  if (dice < 0.12) upserts.push(sampleService(name, { app: name }, next() < 0.5 ? { type: 'NodePort' } : {}));
  else if (dice < 0.16) removes.push({ kind: 'Service', uid: `service/${name}` });
  else if (dice < 0.26) upserts.push(sampleDeployment(name, Math.floor(next() * 12)));
  else if (dice < 0.36) upserts.push(sampleReplicaSet(name, revision, Math.floor(next() * 6)));
  else if (dice < 0.72) {
    const count = next() < 0.1 ? 30 : 1;
    for (let made = 0; made < count; made += 1) {
      upserts.push(samplePod(name, revision, `p${Math.floor(next() * 1e6)}`, pick(NODES) ?? null));
    }
  } else if (dice < 0.9) {
    const gone = pick(pods);
    if (gone) removes.push({ kind: 'Pod', uid: gone.uid });
  } else if (dice < 0.93) {
    for (const { uid } of pods) removes.push({ kind: 'Pod', uid });
    removes.push({ kind: 'Deployment', uid: `deployment/${name}` });
  } else {
    const pod = pick(pods);
    if (pod) upserts.push({ ...pod, version: `${pod.version}.1`, isReady: !pod.isReady });
  }
  return { change: { upserts, removes }, application: name };
}

/** Where everything of other applications stands within its card: cards may be pushed, their insides may not change. */
function insides(made: Layout, apart: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const card of workloadsOf(made)) {
    if (card.name === apart || card.name.startsWith(`${apart}-`)) continue;
    const spots = card.lanes.flatMap((lane) => lane.pods.map(({ uid, x, y }) => `${uid} ${x - card.x},${y - card.y}`));
    found[card.key] = spots.join(' ');
  }
  return found;
}

describe.each(SEEDS)('layout over random changes, seed %i', (seed) => {
  it('[V4] [V5] [V6] [V8] nothing overlaps, every pod is drawn once, and what a change does not touch stands still', () => {
    const next = random(seed);
    const graph = graphOf(NODES.map((name) => sampleNode(name)));
    let before = layoutOf(graph);
    for (let step = 0; step < 200; step += 1) {
      const { change, application } = someChange(next, graph);
      graph.apply(change);
      const after = layoutOf(graph, before);
      const pods = [...graph.inNamespace('Pod', 'default')];
      expect(faultsOf(after)).toEqual([]);
      expect([...podPlaces(after).keys()].toSorted()).toEqual(pods.map((pod) => pod.uid).toSorted());
      const shelved = after.shelf?.nodes.flatMap((node) => node.members) ?? [];
      expect(shelved.toSorted()).toEqual(
        pods
          .filter((pod) => pod.node)
          .map((pod) => pod.uid)
          .toSorted(),
      );
      expect(insides(after, application)).toEqual(insides(before, application));
      expect(movedUp(before, after, application)).toEqual([]);
      before = after;
    }
    expect(before.blocks.length).toBeGreaterThan(0);
  });

  it('[V3] from scratch the order in which entities came does not matter', () => {
    const next = random(seed);
    const graph = graphOf(NODES.map((name) => sampleNode(name)));
    for (let step = 0; step < 100; step += 1) graph.apply(someChange(next, graph).change);
    const entities = (['Node', 'Service', 'Deployment', 'ReplicaSet', 'Pod'] as const).flatMap((kind): Entity[] => [
      ...graph.all(kind),
    ]);
    const shuffled = entities.map((entity) => ({ entity, at: next() })).sort((a, b) => a.at - b.at);
    const again = graphOf(shuffled.map(({ entity }) => entity));
    expect(layoutOf(again)).toEqual(layoutOf(graph));
  });
});

/** Cards of other applications that left their column or went up. */
function movedUp(before: Layout, after: Layout, apart: string): string[] {
  const known = new Map(workloadsOf(before).map((card) => [card.key, card]));
  return workloadsOf(after)
    .filter((card) => card.name !== apart && !card.name.startsWith(`${apart}-`))
    .filter((card) => {
      const old = known.get(card.key);
      return old !== undefined && (old.x !== card.x || old.y > card.y);
    })
    .map((card) => card.key);
}
