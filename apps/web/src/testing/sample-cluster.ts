import {
  type DeploymentEntity,
  type Entity,
  Graph,
  type NodeEntity,
  type PodEntity,
  type ReplicaSetEntity,
  type ServiceEntity,
} from '@portolan/shared';

let version = 0;

/** What entities of tests share; their `uid` is the kind in lower case, a slash and the name. */
function common(kind: string, name: string, labels: Record<string, string> = {}) {
  version += 1;
  return {
    uid: `${kind}/${name}`,
    version: String(version),
    namespace: kind === 'node' ? '' : 'default',
    name,
    created: 0,
    labels,
    owner: null,
    health: 'ok' as const,
  };
}

/** A Node that is Ready. */
export function sampleNode(name: string, changes: Partial<NodeEntity> = {}): NodeEntity {
  const resources = { cpu: '4', memory: '8Gi', pods: '110' };
  return {
    kind: 'Node',
    ...common('node', name),
    status: 'Ready',
    roles: '<none>',
    kubelet: null,
    zone: null,
    address: null,
    unschedulable: false,
    capacity: resources,
    allocatable: resources,
    taints: [],
    conditions: [],
    ...changes,
  };
}

/** A ClusterIP Service on port 80. */
export function sampleService(
  name: string,
  selector: Record<string, string> | null,
  changes: Partial<ServiceEntity> = {},
): ServiceEntity {
  return {
    kind: 'Service',
    ...common('service', name),
    type: 'ClusterIP',
    clusterIP: '10.0.0.1',
    external: [],
    ports: [{ name: null, port: 80, targetPort: 80, nodePort: null, protocol: 'TCP' }],
    selector,
    ...changes,
  };
}

/** A Deployment of pods labelled `app=<name>`, rolled out. */
export function sampleDeployment(
  name: string,
  desired: number,
  changes: Partial<DeploymentEntity> = {},
): DeploymentEntity {
  return {
    kind: 'Deployment',
    ...common('deployment', name),
    replicas: { desired, current: desired, updated: desired, ready: desired, available: desired },
    selector: { matchLabels: { app: name }, matchExpressions: [] },
    strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
    revision: 1,
    paused: false,
    observed: true,
    settled: true,
    deadlineSeconds: 600,
    images: [],
    conditions: [],
    ...changes,
  };
}

/** The ReplicaSet of one revision of a deployment: `<deployment>-<revision>`. */
export function sampleReplicaSet(deployment: string, revision: number, desired: number): ReplicaSetEntity {
  const hash = String(revision);
  return {
    kind: 'ReplicaSet',
    ...common('replicaset', `${deployment}-${hash}`, { app: deployment, 'pod-template-hash': hash }),
    owner: { kind: 'Deployment', uid: `deployment/${deployment}`, name: deployment },
    replicas: { desired, current: desired, ready: desired, available: desired },
    selector: { matchLabels: { app: deployment }, matchExpressions: [] },
    revision,
    hash,
    images: [],
    conditions: [],
  };
}

/** A pod that nobody controls, Running and Ready. */
export function sampleLoosePod(name: string, changes: Partial<PodEntity> = {}): PodEntity {
  return {
    kind: 'Pod',
    ...common('pod', name),
    node: null,
    ip: null,
    phase: 'Running',
    status: 'Running',
    ready: [1, 1],
    isReady: true,
    restarts: 0,
    lastRestart: null,
    images: [],
    requests: null,
    limits: null,
    reason: null,
    deleting: null,
    ...changes,
  };
}

/** A pod of a revision of a deployment, Running and Ready. */
export function samplePod(
  deployment: string,
  revision: number,
  suffix: string,
  node: string | null,
  changes: Partial<PodEntity> = {},
): PodEntity {
  const set = `${deployment}-${revision}`;
  return sampleLoosePod(`${set}-${suffix}`, {
    labels: { app: deployment, 'pod-template-hash': String(revision) },
    owner: { kind: 'ReplicaSet', uid: `replicaset/${set}`, name: set },
    node,
    ...changes,
  });
}

/** A deployment at its first revision with so many pods, on the nodes in turn. */
export function sampleApplication(name: string, pods: number, nodes: readonly string[]): Entity[] {
  const members = Array.from({ length: pods }, (_, index) =>
    samplePod(name, 1, `p${index}`, nodes[index % nodes.length] ?? null),
  );
  return [sampleDeployment(name, pods), sampleReplicaSet(name, 1, pods), ...members];
}

/** The guestbook at rest: a NodePort frontend of 3, redis-master of 1, redis-slave of 2, on two nodes. */
export function sampleGuestbook(): Entity[] {
  const nodes = ['node1', 'node2'];
  return [
    ...nodes.map((name) => sampleNode(name)),
    sampleService('frontend', { app: 'frontend' }, { type: 'NodePort' }),
    sampleService('redis-master', { app: 'redis-master' }),
    sampleService('redis-slave', { app: 'redis-slave' }),
    ...sampleApplication('frontend', 3, nodes),
    ...sampleApplication('redis-master', 1, nodes),
    ...sampleApplication('redis-slave', 2, nodes),
  ];
}

/** A graph of entities. */
export function graphOf(entities: readonly Entity[]): Graph {
  const graph = new Graph();
  graph.apply({ upserts: [...entities], removes: [] });
  return graph;
}
