import { describe, expect, it } from 'vitest';
import type { NodeEntity, PodEntity } from '../entity/core.ts';
import type { Entity } from '../entity/entity.ts';
import type { DeploymentEntity, ReplicaSetEntity } from '../entity/workloads.ts';
import { project } from '../project/project.ts';
import { Graph } from '../relations/graph.ts';
import { aDeployment, aNode, anyObject, aPod, metadata } from '../testing/objects.ts';
import { headline } from './headline.ts';
import { headlineText } from './headline-text.ts';
import { summary } from './summary.ts';
import { verdict } from './verdict.ts';

const graphOf = (...upserts: Entity[]) => {
  const graph = new Graph();
  graph.apply({ upserts, removes: [] });
  return graph;
};
const say = (...entities: Entity[]) => headlineText(headline(graphOf(...entities), { namespace: 'default' }), 'en');

const node = (name: string, more: Partial<NodeEntity> = {}): NodeEntity => ({
  ...project('Node', aNode(name)),
  ...more,
});
const notReady = { status: 'NotReady' };

/** A deployment's ReplicaSet of one revision. */
const set = (name: string, revision: number, current: number, ready: number): ReplicaSetEntity => ({
  ...project('ReplicaSet', anyObject({ metadata: metadata(name), spec: {} })),
  owner: { kind: 'Deployment', uid: 'frontend', name: 'frontend' },
  revision,
  replicas: { desired: current, current, ready, available: ready },
});
const frontend = (replicas: Partial<DeploymentEntity['replicas']>, reason: string, more = {}): DeploymentEntity => ({
  ...project('Deployment', aDeployment('frontend')),
  replicas: { desired: 3, current: 3, updated: 3, ready: 3, available: 3, ...replicas },
  conditions: [{ type: 'Progressing', status: 'True', reason, message: null, since: null }],
  settled: false,
  ...more,
});
const pod = (name: string, status = 'Running', of = 'frontend-1', more: Partial<PodEntity> = {}): PodEntity => ({
  ...project('Pod', aPod({ name })),
  owner: { kind: 'ReplicaSet', uid: of, name: of },
  status,
  isReady: status === 'Running',
  ...more,
});
const complete = project('Deployment', aDeployment('frontend'));
const three = [pod('a'), pod('b'), pod('c')];

describe('the headline', () => {
  it('[K17] says that all is well', () => {
    expect(say(complete, set('frontend-1', 1, 3, 3), ...three)).toBe('The Deployment is complete, 3 pods ready');
    const other = { ...complete, uid: 'x', name: 'x' };
    expect(say(complete, other, ...three)).toBe('All 2 Deployments are complete, 3 pods ready');
  });

  it('[K17] says that there is nothing, or pods without deployments', () => {
    expect(say()).toBe('No pods in default');
    expect(headlineText(headline(graphOf(), { namespace: null }), 'en')).toBe('No pods in any namespace');
    expect(say(pod('a'), pod('b', 'Completed'))).toBe('1 pod ready, 1 completed');
  });

  it('[K17] names the node that is not ready, or counts them with their zone', () => {
    expect(say(node('node1'), node('node2', notReady), complete)).toBe('node2 is NotReady');
    const down = ['a', 'b', 'c', 'd'].map((name, i) =>
      node(name, { ...notReady, zone: i === 0 ? 'z1' : 'eu-north-1b' }),
    );
    expect(say(...down)).toBe('4 nodes are NotReady, 3 of them in eu-north-1b');
    expect(say(...down.slice(1))).toBe('3 nodes are NotReady, all of them in eu-north-1b');
    expect(say(...down.slice(0, 2))).toBe('2 nodes are NotReady');
  });

  it('[K17] names the application whose pods fail, its commonest reason, and how many more fail', () => {
    const failing = [pod('a', 'CrashLoopBackOff'), pod('b', 'CrashLoopBackOff'), pod('c', 'ErrImagePull')];
    expect(say(complete, set('frontend-1', 1, 3, 0), ...failing)).toBe(
      'frontend is failing: 2 pods CrashLoopBackOff, 1 more failing',
    );
  });

  it('[K17] counts a rollout by its new ReplicaSet, and several by their number', () => {
    const rolling = frontend({ updated: 3, current: 4 }, 'ReplicaSetUpdated');
    const sets = [set('frontend-1', 1, 2, 2), set('frontend-2', 2, 2, 1)];
    expect(say(rolling, ...sets)).toBe('frontend is rolling out v2: 2 of 3 pods updated, 1 ready');
    const other = { ...rolling, uid: 'web', name: 'web' };
    const owner = { kind: 'Deployment', uid: 'web', name: 'web' };
    const others = sets.map((each) => ({ ...each, uid: `${each.uid}-w`, owner }));
    expect(say(rolling, other, ...sets, ...others)).toBe('2 Deployments are rolling out, frontend among them');
  });

  it('[K17] tells creation, scaling up, scaling down and replacement apart', () => {
    const first = set('frontend-1', 1, 3, 1);
    expect(say(frontend({ ready: 1, available: 1 }, 'ReplicaSetUpdated'), first)).toBe(
      'frontend is being created: 1 of 3 pods ready',
    );
    const up = frontend({ desired: 5, current: 5, ready: 3, available: 3 }, 'NewReplicaSetAvailable');
    const starting = [pod('d', 'ContainerCreating'), pod('e', 'ContainerCreating')];
    expect(say(up, set('frontend-1', 1, 5, 3), ...three, ...starting)).toBe(
      'frontend is scaling to 5: 3 of 5 pods ready',
    );
    const down = frontend({ desired: 3, current: 5, ready: 5 }, 'NewReplicaSetAvailable');
    expect(say(down, set('frontend-1', 1, 5, 5))).toBe('frontend is scaling down to 3: 5 pods still ready');
    const lost = frontend({ ready: 2, available: 2 }, 'NewReplicaSetAvailable');
    const replaced = [pod('c', 'Terminating', 'frontend-1', { deleting: 1 }), pod('d', 'ContainerCreating')];
    expect(say(lost, first, pod('a'), pod('b'), ...replaced)).toBe('frontend is replacing pods: 2 of 3 pods ready');
  });

  it('[K17] tells creation from scaling without a deadline by the age of the pods', () => {
    const bare = frontend({ desired: 2, current: 2, ready: 1, available: 1 }, '', { conditions: [] });
    const one = set('frontend-1', 1, 2, 1);
    const late = { created: bare.created + 60_000 };
    expect(say(bare, one, pod('a'), pod('b', 'ContainerCreating'))).toBe(
      'frontend is being created: 1 of 2 pods ready',
    );
    expect(say(bare, one, pod('a'), pod('b', 'ContainerCreating', 'frontend-1', late))).toBe(
      'frontend is scaling to 2: 1 of 2 pods ready',
    );
    const smaller = frontend({ desired: 1, current: 2, ready: 2 }, '', { conditions: [] });
    expect(say(smaller, one, pod('a'), pod('b'))).toBe('frontend is scaling down to 1: 2 pods still ready');
  });

  it('[K17] a rollout without a deadline is one until its last pod is ready, and a pod lost later is not', () => {
    const bare = frontend({ ready: 2, available: 2 }, '', { conditions: [] });
    const sets = [set('frontend-1', 1, 0, 0), set('frontend-2', 2, 3, 2)];
    const late = bare.created + 300_000;
    const of = (name: string, created: number, status?: string) => pod(name, status, 'frontend-2', { created });
    const [a, b] = [of('a', late), of('b', late + 5_000)];
    expect(say(bare, ...sets, a, b, of('c', late + 9_000, 'NotReady'))).toBe(
      'frontend is rolling out v2: 3 of 3 pods updated, 2 ready',
    );
    expect(say(bare, ...sets, a, b, of('c', late + 600_000, 'ContainerCreating'))).toBe(
      'frontend is scaling to 3: 2 of 3 pods ready',
    );
  });

  it('[K17] says stalled, unavailable, paused, changing', () => {
    const one = set('frontend-1', 1, 3, 1);
    expect(say(frontend({ updated: 1 }, 'ProgressDeadlineExceeded'), one)).toBe(
      'frontend is stalled: 1 of 3 pods updated',
    );
    const condition = { status: 'False' as const, reason: null, message: null, since: 1e13 };
    const conditions = [
      { ...condition, type: 'Available' },
      { ...condition, type: 'Progressing', status: 'True' as const, reason: 'NewReplicaSetAvailable' },
    ];
    const short = frontend({ ready: 1, available: 1 }, '', { conditions });
    const ceased = [pod('a'), pod('b', 'NotReady'), pod('c', 'NotReady')];
    expect(say(short, one, ...ceased)).toBe('frontend is unavailable: 1 of 3 pods available');
    expect(say(frontend({}, 'NewReplicaSetAvailable', { paused: true }), ...three)).toBe('frontend is paused');
    expect(say(frontend({}, 'NewReplicaSetAvailable', { observed: false }), one, ...three)).toBe(
      'frontend is being changed',
    );
  });

  it('[K17] of pods that start, end, or are not ready comes after deployments', () => {
    expect(say(complete, pod('a', 'Pending', 'rs', { node: null }))).toBe('a is starting');
    expect(say(complete, pod('a', 'NotReady'), pod('b', 'Pending'))).toBe('a is not ready');
    expect(say(complete, pod('a', 'Terminating', 'rs', { deleting: 1 }))).toBe('a is terminating');
    expect(say(complete, ...three, node('n', { unschedulable: true }))).toContain('n is cordoned');
  });

  it('[K18] is said in every language without a gap', () => {
    const screens = [
      [],
      [complete, ...three],
      [node('n', notReady)],
      [complete, pod('a', 'Error')],
      [frontend({ ready: 1 }, 'ReplicaSetUpdated'), set('frontend-1', 1, 3, 1)],
    ];
    for (const screen of screens) {
      for (const language of ['en', 'zh-CN'] as const) {
        const sentence = headlineText(headline(graphOf(...screen), { namespace: 'default' }), language);
        expect(sentence).not.toMatch(/undefined|null|NaN|\.$/);
      }
    }
    expect(headlineText(headline(graphOf(node('n', notReady)), { namespace: null }), 'zh-CN')).toBe(
      '节点 n 处于 NotReady',
    );
  });
});

describe('the verdict', () => {
  const nodes = ['a', 'b', 'c', 'd', 'e'].map((name) => node(name));

  it('[K19] is Unknown without nodes, Critical with a quarter of them down, Degraded with one of many', () => {
    expect(verdict(graphOf(...three)).word).toBe('Unknown');
    expect(verdict(graphOf(node('x'), node('y', notReady))).word).toBe('Critical');
    expect(verdict(graphOf(...nodes, node('f', notReady)))).toMatchObject({ word: 'Degraded', tone: 'warn' });
  });

  it('[K19] is Healthy while things only move, and Degraded by what is wrong behind a move', () => {
    const moving = [frontend({ ready: 1 }, 'ReplicaSetUpdated'), set('frontend-1', 1, 3, 1)];
    expect(verdict(graphOf(...nodes, ...moving)).word).toBe('Healthy');
    const asked = [node('f', { unschedulable: true }), { ...complete, uid: 'p', name: 'p', paused: true }];
    expect(verdict(graphOf(...nodes, ...asked))).toMatchObject({ word: 'Healthy', reason: { id: 'paused' } });
    const wrong = verdict(graphOf(...nodes, ...moving, pod('sick', 'NotReady', 'other')));
    expect(wrong).toMatchObject({ word: 'Degraded', reason: { id: 'podsNotReady' } });
  });
});

describe('the summary', () => {
  it('[K20] counts a namespace, without the ReplicaSets that are only history', () => {
    const elsewhere = { ...pod('x'), namespace: 'other' };
    const graph = graphOf(
      node('n'),
      complete,
      set('frontend-1', 1, 0, 0),
      set('frontend-2', 2, 3, 3),
      ...three,
      elsewhere,
    );
    expect(summary(graph, 'default')).toEqual({ services: 0, deployments: 1, replicaSets: 1, pods: 3, nodes: 1 });
    expect(summary(graph, null).pods).toBe(4);
  });
});
