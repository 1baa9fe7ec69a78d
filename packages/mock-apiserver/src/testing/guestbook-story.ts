import type { KubeObject, Pod } from '@portolan/shared';
import { callApi } from '../api/in-process.ts';
import { revisionOf } from '../controllers/deployment/revisions.ts';
import { controllerOf } from '../controllers/ownership.ts';
import type { ClusterFacts } from '../scenarios/scenario.ts';
import type { ObjectOf } from '../store/kinds.ts';
import type { Lab } from './lab.ts';
import { LIVING, Names } from './lives.ts';
import type { Recording, Told } from './recording.ts';

/** What happened in an embedded cluster that the recorded actions were done to. */
export interface Story {
  told: Map<string, Told[]>;
  names: Names;
}

/**
 * The recorded cluster's nodes, and containers like those of its hollow kubelets: ready as they start, running until they are
 * told to end.
 */
export const STORY_FACTS: Partial<ClusterFacts> = {
  nodes: ['node1', 'node2'].map((name, index) => ({
    name,
    address: `192.0.2.${11 + index}`,
    podCIDR: `10.255.${index}.0/24`,
    cpu: '1',
    memory: '3840Mi',
  })),
  images: [
    {
      pattern: /./,
      exists: true,
      // Far enough apart that no two pods start at once, near enough together that those that end at once are gone after that.
      pullMs: [300, 6000],
      againMs: [300, 6000],
      behaviour: { readyMs: [0, 0], stopMs: [1000, 1300] },
    },
  ],
};

/** What says how a pod's containers behave. */
const BEHAVIOUR = 'portolan.dev/behaviour';
/** What took longer to end than what was evicted with it. */
const SLOW = new Set(['db-0']);

const KEYS: Record<string, string> = {
  deployments: 'deployments.apps',
  replicasets: 'replicasets.apps',
  daemonsets: 'daemonsets.apps',
  statefulsets: 'statefulsets.apps',
  jobs: 'jobs.batch',
  endpointslices: 'endpointslices.discovery.k8s.io',
};

const STRATEGIC = 'application/strategic-merge-patch+json';
const FRONTEND = '/apis/apps/v1/namespaces/default/deployments/frontend';
const NODE2 = '/api/v1/nodes/node2';

/** Where the nth pod of each owner was put. */
function placements({ told }: Recording, names: Names): Map<string, string[]> {
  const nodes = new Map<string, string>();
  const order: Pod[] = [];
  for (const { type, object } of (told.get('pods') ?? []) as unknown as Told<Pod>[]) {
    if (type === 'ADDED') order.push(object);
    if (object.spec.nodeName) nodes.set(object.metadata.uid, object.spec.nodeName);
  }
  const placed = new Map<string, string[]>();
  for (const { metadata, kind } of order) {
    const name = names.of({ ...metadata, kind });
    placed.set(name, [...(placed.get(name) ?? []), nodes.get(metadata.uid) ?? '']);
  }
  return placed;
}

/** Which pods `kubectl drain` evicted, and how long (ms) after the first. */
function evictions({ told, marks }: Recording, names: Names): { after: number; owner: string; nth: number }[] {
  const mark = (action: string) => marks.find((other) => other.action === action)?.t ?? 0;
  const born = new Map<string, { owner: string; nth: number }>();
  const count = new Map<string, number>();
  const evicted = new Map<string, number>();
  for (const { t, type, object } of told.get('pods') ?? []) {
    const { uid, deletionTimestamp } = object.metadata;
    if (type === 'ADDED') {
      const owner = names.of({ uid });
      born.set(uid, { owner, nth: count.get(owner) ?? 0 });
      count.set(owner, (count.get(owner) ?? 0) + 1);
    }
    const draining = t > mark('drain node2') && t < mark('uncordon node2');
    if (draining && deletionTimestamp && !evicted.has(uid)) evicted.set(uid, t);
  }
  const first = Math.min(...evicted.values());
  return [...evicted].map(([uid, t]) => ({ after: t - first, ...(born.get(uid) ?? { owner: '', nth: 0 }) }));
}

/** A recorded object as the manifest that it was made from. */
function manifestOf({ apiVersion, kind, metadata, ...rest }: KubeObject): string {
  const { spec } = structuredClone(rest) as { spec: Record<string, unknown> & { template?: { spec: Pod['spec'] } } };
  if (kind === 'Service') for (const field of ['clusterIP', 'clusterIPs']) delete spec[field];
  if (kind === 'Job') {
    delete spec.selector;
    // Hollow kubelets run nothing, so that the recorded Job's `true` never ended.
    for (const container of spec.template?.spec.containers ?? []) container.command = ['sleep', 'infinity'];
  }
  return JSON.stringify({ apiVersion, kind, metadata: { name: metadata.name, labels: metadata.labels }, spec });
}

/**
 * Does the recorded actions to an embedded cluster, each with the time that its kubelets need. Which node a pod goes to is
 * the scheduler's taste: each pod is given a node selector for the node on which the recorded one of its owner was.
 */
export function playGuestbook(lab: Lab, recording: Recording, recordedNames: Names): Story {
  const { store, api } = lab;
  const names = new Names();
  const told = new Map<string, Told[]>();
  const placed = placements(recording, recordedNames);
  const nth = new Map<string, number>();
  const born: Pod[] = [];

  const place = (pod: Pod) => {
    born.push(pod);
    const name = names.of({ ...pod.metadata, kind: 'Pod' });
    const index = nth.get(name) ?? 0;
    nth.set(name, index + 1);
    const node = placed.get(name)?.[index];
    if (!node || controllerOf(pod)?.kind === 'DaemonSet') return;
    store.update('pods', pod.metadata, (draft) => {
      draft.spec.nodeSelector = { 'kubernetes.io/hostname': node };
      if (SLOW.has(name)) draft.metadata.annotations = { [BEHAVIOUR]: 'stops-after=5s' };
      return draft;
    });
  };

  for (const resource of [...LIVING, 'events']) {
    const list: Told[] = [];
    told.set(resource, list);
    store.watch(KEYS[resource] ?? resource, store.version, ({ type, object }) => {
      list.push({ type, object });
      if (type === 'ADDED') names.learn(resource, object);
      if (type === 'ADDED' && resource === 'pods') place(object as Pod);
    });
  }

  const create = (resource: string, name: string) => {
    const made = recording.told
      .get(resource)
      ?.find(({ type, object }) => type === 'ADDED' && object.metadata.name === name);
    if (!made) throw new Error(`the recording made no ${name} of ${resource}`);
    lab.create(manifestOf(made.object));
  };
  const patch = (path: string, body: unknown, contentType = STRATEGIC) =>
    callApi(api, { method: 'PATCH', path, contentType, body });
  const setImage = (image: string) =>
    patch(FRONTEND, { spec: { template: { spec: { containers: [{ name: 'php-redis', image }] } } } });
  /** The nth pod that an owner got. */
  const podOf = (name: string, index: number): Pod => {
    const pod = born.filter(({ metadata }) => names.of({ uid: metadata.uid }) === name)[index];
    if (!pod) throw new Error(`${name} never had a pod number ${index}`);
    return pod;
  };
  const podPath = ({ metadata }: Pod) => `/api/v1/namespaces/default/pods/${metadata.name}`;
  const revisions = (): ObjectOf<'replicasets.apps'>[] =>
    store
      .list('replicasets.apps', 'default')
      .filter((set) => controllerOf(set)?.name === 'frontend')
      .sort((a, b) => revisionOf(b) - revisionOf(a));

  create('deployments', 'redis-master');
  lab.seconds(60);
  create('services', 'redis-master');
  create('deployments', 'redis-slave');
  lab.seconds(60);
  create('services', 'redis-slave');
  create('deployments', 'frontend');
  lab.seconds(60);
  create('services', 'frontend');
  lab.seconds(5);

  patch(`${FRONTEND}/scale`, { spec: { replicas: 5 } }, 'application/merge-patch+json');
  lab.seconds(60);
  patch(`${FRONTEND}/scale`, { spec: { replicas: 3 } }, 'application/merge-patch+json');
  lab.seconds(60);
  setImage('kubeguide/guestbook-php-frontend:v2');
  lab.seconds(150);
  patch(FRONTEND, { spec: { paused: true } });
  lab.seconds(0.2);
  setImage('kubeguide/guestbook-php-frontend:v3');
  lab.seconds(3);
  patch(FRONTEND, { spec: { paused: null } });
  lab.seconds(150);
  const template = structuredClone(revisions()[1]?.spec.template);
  delete template?.metadata?.labels?.['pod-template-hash'];
  patch(FRONTEND, [{ op: 'replace', path: '/spec/template', value: template }], 'application/json-patch+json');
  lab.seconds(150);

  callApi(api, { method: 'DELETE', path: podPath(podOf('redis-slave#1', 0)) });
  lab.seconds(60);
  patch(podPath(podOf('frontend#2', 5)), { metadata: { labels: { tier: 'quarantine' } } });
  lab.seconds(60);

  create('replicationcontrollers', 'nginx');
  lab.seconds(60);
  const nginx = '/api/v1/namespaces/default/replicationcontrollers/nginx';
  patch(`${nginx}/scale`, { spec: { replicas: 5 } }, 'application/merge-patch+json');
  lab.seconds(60);
  callApi(api, { method: 'DELETE', path: podPath(podOf('nginx', 0)) });
  lab.seconds(60);
  create('daemonsets', 'nginx-edge');
  lab.seconds(60);
  create('statefulsets', 'db');
  lab.seconds(150);
  create('jobs', 'once');
  lab.seconds(60);

  patch(NODE2, { spec: { unschedulable: true } });
  lab.seconds(3);
  let since = 0;
  for (const { after, owner, nth: index } of evictions(recording, recordedNames)) {
    lab.seconds((after - since) / 1000);
    since = after;
    const pod = podOf(owner, index);
    const { name, namespace } = pod.metadata;
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
    callApi(api, { method: 'POST', path: `${podPath(pod)}/eviction`, body });
  }
  lab.seconds(120);
  patch(NODE2, { spec: { unschedulable: null } });
  lab.seconds(3);
  const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' };
  patch(FRONTEND, { spec: { template: { metadata: { annotations } } } });
  lab.seconds(150);

  patch(NODE2, { metadata: { annotations: { 'portolan.dev/kubelet': 'stopped' } } });
  lab.seconds(390);
  patch(NODE2, { metadata: { annotations: { 'portolan.dev/kubelet': null } } });
  lab.seconds(60);

  for (const name of ['frontend', 'redis-master', 'redis-slave']) {
    const body = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background' };
    callApi(api, { method: 'DELETE', path: `/apis/apps/v1/namespaces/default/deployments/${name}`, body });
    callApi(api, { method: 'DELETE', path: `/api/v1/namespaces/default/services/${name}`, body });
  }
  lab.seconds(60);
  return { told, names };
}
