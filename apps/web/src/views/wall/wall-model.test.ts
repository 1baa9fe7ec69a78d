import { type Entity, Graph, type Kind, nodeMark, podMark, seededRandom, verdict } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import {
  graphOf,
  sampleDeployment,
  sampleLoosePod,
  sampleNode,
  samplePod,
  sampleReplicaSet,
} from '../../testing/sample-cluster.ts';
import { problems } from './problems.ts';
import { WallModel } from './wall-model.ts';
import { zonesOf } from './zones.ts';

const STATUSES = [
  'Running',
  'Running',
  'Running',
  'CrashLoopBackOff',
  'ErrImagePull',
  'Completed',
  'Unknown',
  'Pending',
];

/** A change by chance of a cluster of a few nodes, deployments and pods. */
function changeBy(random: () => number): { upserts: Entity[]; removes: { kind: Kind; uid: string }[] } {
  const below = (many: number) => Math.floor(random() * many);
  const progressing = (reason: string) => [
    { type: 'Progressing', status: 'True' as const, reason, message: null, since: 5 },
  ];
  const web = `web${below(3)}`;
  const status = STATUSES[below(STATUSES.length)] ?? 'Running';
  const state = { status, isReady: random() < 0.5, created: below(50), lastRestart: random() < 0.5 ? below(50) : null };
  const entity = [
    () => {
      const node = ['Ready', 'Ready', 'NotReady', 'Unknown', 'Ready,SchedulingDisabled'][below(5)] ?? 'Ready';
      return sampleNode(`n${below(6)}`, { status: node, zone: `z${below(2)}`, unschedulable: node.includes(',') });
    },
    () =>
      sampleDeployment(web, 3, {
        settled: random() < 0.5,
        conditions: progressing(random() < 0.3 ? 'ProgressDeadlineExceeded' : 'ReplicaSetUpdated'),
      }),
    () => sampleReplicaSet(web, 1 + below(2), below(3)),
    () => samplePod(web, 1 + below(2), `p${below(6)}`, `n${below(6)}`, state),
    () => sampleLoosePod(`loose${below(6)}`, { node: `n${below(6)}`, ...state }),
  ][below(5)]?.() as Entity;
  return random() < 0.2
    ? { upserts: [], removes: [{ kind: entity.kind, uid: entity.uid }] }
    : { upserts: [entity], removes: [] };
}

/** What a wall shows, from scratch. */
function figuresOf(graph: Graph) {
  const nodes = [...graph.all('Node')].map(nodeMark);
  const pods = [...graph.all('Pod')].map(podMark).filter((mark) => mark !== 'completed');
  const all = problems(graph);
  return {
    verdict: verdict(graph),
    nodes: { ready: nodes.filter((mark) => mark !== 'fail' && mark !== 'unknown').length, all: nodes.length },
    pods: { ready: pods.filter((mark) => mark === 'ready').length, all: pods.length },
    problems: { worst: all.slice(0, 6), all: all.length },
    zones: zonesOf(graph.all('Node')),
  };
}

describe('what a wall shows', () => {
  it('[V88] is always what looking at everything gives', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = seededRandom(seed);
      const graph = new Graph();
      const model = new WallModel();
      expect([...model.fill(graph)]).toEqual([]);
      for (let step = 0; step < 120; step += 1) {
        model.apply(graph.apply(changeBy(random)));
        if (step % 2 === 0) expect(model.figures(), `seed ${seed}, step ${step}`).toMatchObject(figuresOf(graph));
      }
    }
  });

  it('[V88] is taken in piece by piece, between which the cluster changes', () => {
    const random = seededRandom(3);
    const failing = { status: 'CrashLoopBackOff', isReady: false };
    const graph = graphOf(Array.from({ length: 3500 }, (_, i) => sampleLoosePod(`f${i}`, failing)));
    const model = new WallModel();
    expect(model.figures()).toBeNull();
    let pieces = 0;
    for (const _ of model.fill(graph)) {
      pieces += 1;
      for (let i = 0; i < 20; i += 1) model.apply(graph.apply(changeBy(random)));
      model.apply(graph.apply({ upserts: [], removes: [{ kind: 'Pod', uid: `pod/f${pieces}` }] }));
    }
    expect(pieces).toBeGreaterThan(5);
    expect(model.figures()).toMatchObject(figuresOf(graph));
  });
});
