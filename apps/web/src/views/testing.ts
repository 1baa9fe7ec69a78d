import { type Entity, Graph, type NodeEntity, type PodEntity, type ReplicaSetEntity } from '@portolan/shared';

const common = { version: '1', created: 0, labels: {}, owner: null, health: 'ok' } as const;

/** A ready node for a test, with what the test says of it. */
export function nodeOf(name: string, over: Partial<NodeEntity> = {}): NodeEntity {
  const resources = { cpu: '4', memory: '16Gi', pods: '110' };
  return {
    ...common,
    kind: 'Node',
    uid: `node-${name}`,
    namespace: '',
    name,
    status: 'Ready',
    roles: '<none>',
    kubelet: 'v1.32.0',
    zone: null,
    address: null,
    unschedulable: false,
    capacity: resources,
    allocatable: resources,
    taints: [],
    conditions: [{ type: 'Ready', status: 'True', reason: null, message: null, since: 0 }],
    ...over,
  };
}

/** A running pod for a test, with what the test says of it. */
export function podOf(name: string, over: Partial<PodEntity> = {}): PodEntity {
  return {
    ...common,
    kind: 'Pod',
    uid: `pod-${name}`,
    namespace: 'default',
    name,
    node: null,
    ip: null,
    phase: 'Running',
    status: 'Running',
    ready: [1, 1],
    isReady: true,
    restarts: 0,
    lastRestart: null,
    images: [],
    reason: null,
    deleting: null,
    ...over,
  };
}

/** A ReplicaSet of a deployment that need not be there. */
export function replicaSetOf(name: string, deployment: string): ReplicaSetEntity {
  return {
    ...common,
    kind: 'ReplicaSet',
    uid: `rs-${name}`,
    namespace: 'default',
    name,
    owner: { kind: 'Deployment', uid: `deploy-${deployment}`, name: deployment },
    replicas: { desired: 1, current: 1, ready: 1, available: 1 },
    selector: null,
    revision: 1,
    hash: null,
    images: [],
    conditions: [],
  };
}

/** A graph of these entities. */
export function graphOf(...upserts: Entity[]): Graph {
  const graph = new Graph();
  graph.apply({ upserts, removes: [] });
  return graph;
}
