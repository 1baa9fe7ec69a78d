import type { Collection } from './collection.ts';
import { type Draw, drawOf } from './draw.ts';
import { nodeObject, type PodParts, podObject } from './whole-objects.ts';

/** How many nodes and pods. */
export interface Size {
  nodes: number;
  pods: number;
}

/** Kubernetes' own limits: 30 pods a node. */
export function sizeOf(pods: number): Size {
  return { nodes: Math.max(1, Math.ceil(pods / 30)), pods };
}

/** Pods of a workload by turns: most are small, a few large. */
const REPLICAS = [2, 3, 3, 5, 2, 10, 1, 3, 40, 2, 8, 3, 120, 4, 2, 3];
/** Workloads of a namespace by turns. */
const WORKLOADS = [12, 5, 40, 8, 20, 3, 60, 10];
const KIND = { Namespace: 0, Node: 1, Deployment: 2, ReplicaSet: 3, Service: 4, Pod: 5 } as const;
const BEGAN = Date.UTC(2026, 0, 1);
const TWENTY_DAYS = 20 * 24 * 3600;

/** One Deployment with its Service, its ReplicaSet and the place of its pods among all. */
interface Workload {
  index: number;
  namespace: string;
  name: string;
  hash: string;
  first: number;
  replicas: number;
  /** When it was rolled out, in seconds since the cluster began. */
  at: number;
}

/**
 * A cluster such as is found: namespaces of workloads of every size in the order of their names, each pod with all that an
 * apiserver tells of it, and what is random there (uids, suffixes, versions, times, places) is random here. The same for the
 * same size.
 */
export function sizedCluster({ nodes, pods }: Size): Collection[] {
  const workloads = workloadsOf(pods);
  const namespaces = [...new Set(workloads.map(({ namespace }) => namespace))];
  const ofPod = new Uint32Array(pods);
  for (const { index, first, replicas } of workloads) ofPod.fill(index, first, first + replicas);
  const core = { version: 'v1' };
  const apps = { version: 'apps/v1' };
  const uid = (kind: keyof typeof KIND) => (index: number) => drawOf(KIND[kind], index).uuid();
  const of = (index: number) => workloads[index] as Workload;
  return [
    {
      ...core,
      plural: 'namespaces',
      kind: 'Namespace',
      count: namespaces.length,
      uid: uid('Namespace'),
      object: (index, resourceVersion) => ({
        metadata: {
          name: namespaces[index] as string,
          uid: uid('Namespace')(index),
          resourceVersion,
          creationTimestamp: timeOf(0),
        },
        status: { phase: 'Active' },
      }),
    },
    {
      ...core,
      plural: 'nodes',
      kind: 'Node',
      count: nodes,
      uid: uid('Node'),
      object: (index, resourceVersion) =>
        nodeObject({ index, uid: uid('Node')(index), resourceVersion, at: timeOf(index) }),
    },
    {
      ...core,
      plural: 'services',
      kind: 'Service',
      count: workloads.length,
      uid: uid('Service'),
      object: (index, resourceVersion) => ({
        ...named(of(index), uid('Service')(index), resourceVersion),
        spec: {
          type: 'ClusterIP',
          clusterIP: `10.96.${index >> 8}.${index & 255}`,
          selector: { app: of(index).name },
          ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
        },
        status: { loadBalancer: {} },
      }),
    },
    {
      ...apps,
      plural: 'deployments',
      kind: 'Deployment',
      count: workloads.length,
      uid: uid('Deployment'),
      object: (index, resourceVersion) => ({
        ...named(of(index), uid('Deployment')(index), resourceVersion),
        ...replicated(of(index)),
      }),
    },
    {
      ...apps,
      plural: 'replicasets',
      kind: 'ReplicaSet',
      count: workloads.length,
      uid: uid('ReplicaSet'),
      object: (index, resourceVersion) => {
        const workload = of(index);
        const { metadata } = named(workload, uid('ReplicaSet')(index), resourceVersion);
        const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: workload.name, uid: uid('Deployment')(index) };
        return {
          metadata: {
            ...metadata,
            name: `${workload.name}-${workload.hash}`,
            labels: { ...metadata.labels, 'pod-template-hash': workload.hash },
            ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
          },
          ...replicated(workload),
        };
      },
    },
    {
      ...core,
      plural: 'pods',
      kind: 'Pod',
      count: pods,
      uid: uid('Pod'),
      object(index, resourceVersion) {
        const workload = of(ofPod[index] as number);
        const setUid = uid('ReplicaSet')(workload.index);
        return podObject(partsOf(index, workload, setUid, nodes), resourceVersion);
      },
    },
  ];
}

function workloadsOf(pods: number): Workload[] {
  const workloads: Workload[] = [];
  let namespace = 0;
  let within = 0;
  for (let first = 0; first < pods; ) {
    const index = workloads.length;
    if (within === WORKLOADS[namespace % WORKLOADS.length]) {
      namespace += 1;
      within = 0;
    }
    const draw = drawOf(KIND.Deployment, index);
    const replicas = Math.min(pods - first, REPLICAS[draw.below(REPLICAS.length)] ?? 1);
    workloads.push({
      index,
      namespace: `team-${String(namespace).padStart(4, '0')}`,
      name: `${['api', 'checkout', 'ingest', 'search', 'web', 'worker'][draw.below(6)]}-${draw.suffix(4)}`,
      hash: draw.suffix(10),
      first,
      replicas,
      at: draw.below(TWENTY_DAYS),
    });
    first += replicas;
    within += 1;
  }
  return workloads;
}

function partsOf(index: number, workload: Workload, ownerUid: string, nodes: number): PodParts {
  const draw: Draw = drawOf(KIND.Pod, index);
  const uid = draw.uuid();
  const node = draw.below(nodes);
  // Half of the pods are as old as their rollout, the others took the place of one that went.
  const at = draw.next() < 0.5 ? workload.at + draw.below(90) : workload.at + draw.below(TWENTY_DAYS - workload.at + 1);
  return {
    ...workload,
    uid,
    ownerUid,
    pod: draw.suffix(5),
    node,
    ip: `10.${64 + (node >> 8)}.${node & 255}.${2 + draw.below(250)}`,
    at: timeOf(at),
    ready: timeOf(at + 5 + draw.below(20)),
    restarts: draw.next() < 0.05 ? 1 + draw.below(20) : 0,
    ill: draw.next() < 0.01,
    digest: draw.uuid().replaceAll('-', ''),
  };
}

function named({ namespace, name, at }: Workload, uid: string, resourceVersion: string) {
  return {
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion,
      creationTimestamp: timeOf(at),
      generation: 1,
      labels: { app: name },
    },
  };
}

function replicated({ name, replicas }: Workload): object {
  const template = {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'main', image: imageOf(name) }] },
  };
  return {
    spec: { replicas, selector: { matchLabels: { app: name } }, template },
    status: {
      observedGeneration: 1,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
    },
  };
}

/** The image of a workload. */
export function imageOf(name: string): string {
  return `registry.example/shop/${name}:v1.${name.length}.3`;
}

function timeOf(seconds: number): string {
  return `${new Date(BEGAN + seconds * 1000).toISOString().slice(0, 19)}Z`;
}
