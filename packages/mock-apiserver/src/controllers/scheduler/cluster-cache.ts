import type { Node, Pod } from '@portolan/shared';
import type { Store } from '../../store/store.ts';
import { isEnded } from '../pod-state.ts';
import { type Amounts, amountsOf, requestsOf } from './requests.ts';

/** A node with what it carries, kept up to date with every write. */
export interface NodeInfo {
  node: Node;
  room: Amounts;
  pods: Map<string, Pod>;
  used: Record<string, number>;
  /** The ports of the host that its pods take, as `protocol/ip/port`, and how many take each. */
  ports: Map<string, number>;
}

/** The ports of its host that a pod takes. */
export function hostPortsOf({ spec }: Pod): string[] {
  return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, containerPort, protocol = 'TCP' }) => {
      const port = hostPort ?? (spec.hostNetwork ? containerPort : undefined);
      return port ? [`${protocol}/${port}`] : [];
    }),
  );
}

/** Whether a pod keeps others away from where it is. */
export function repels({ spec }: Pod): boolean {
  return (spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length ?? 0) > 0;
}

const counts = (pod: Pod | undefined): pod is Pod => pod?.spec.nodeName !== undefined && !isEnded(pod);

/** What the scheduler knows of nodes and of the pods on them (`pkg/scheduler/internal/cache`). */
export class ClusterCache {
  readonly #store: Store;
  readonly #nodes = new Map<string, NodeInfo>();
  readonly #repelling = new Map<string, Pod>();
  #ordered: NodeInfo[] | undefined;

  constructor(store: Store) {
    this.#store = store;
    for (const node of store.list('nodes')) this.#addNode(node);
    store.watch('nodes', store.version, ({ type, object }) => {
      const { name } = object.metadata;
      if (type === 'DELETED') {
        this.#nodes.delete(name);
        this.#ordered = undefined;
        return;
      }
      const known = this.#nodes.get(name);
      if (!known) {
        this.#addNode(object);
        return;
      }
      if (object.status?.allocatable !== known.node.status?.allocatable)
        known.room = amountsOf(object.status?.allocatable);
      known.node = object;
    });
    store.watch('pods', store.version, ({ type, object, previous }) => {
      // Most writes of a pod change nothing that its node carries.
      if (type === 'MODIFIED' && previous?.spec === object.spec && isEnded(previous) === isEnded(object)) {
        const { pods } = this.#nodes.get(object.spec.nodeName ?? '') ?? {};
        if (pods?.has(object.metadata.uid)) pods.set(object.metadata.uid, object);
        return;
      }
      if (counts(previous)) this.#leave(previous);
      if (type !== 'DELETED' && counts(object)) this.#enter(object);
    });
  }

  get size(): number {
    return this.#nodes.size;
  }

  get(name: string): NodeInfo | undefined {
    return this.#nodes.get(name);
  }

  /** All nodes by name. */
  list(): readonly NodeInfo[] {
    this.#ordered ??= [...this.#nodes.values()].sort((a, b) => (a.node.metadata.name < b.node.metadata.name ? -1 : 1));
    return this.#ordered;
  }

  /** The pods, anywhere, that keep others away. */
  repelling(): Iterable<Pod> {
    return this.#repelling.values();
  }

  #addNode(node: Node): void {
    const info: NodeInfo = {
      node,
      room: amountsOf(node.status?.allocatable),
      pods: new Map(),
      used: {},
      ports: new Map(),
    };
    this.#nodes.set(node.metadata.name, info);
    this.#ordered = undefined;
    for (const pod of this.#store.by('pods', 'node', node.metadata.name)) if (counts(pod)) this.#enter(pod);
  }

  #enter(pod: Pod): void {
    const info = this.#nodes.get(pod.spec.nodeName ?? '');
    if (!info) return;
    place(info, pod);
    if (repels(pod)) this.#repelling.set(pod.metadata.uid, pod);
  }

  #leave(pod: Pod): void {
    const info = this.#nodes.get(pod.spec.nodeName ?? '');
    if (!info) return;
    take(info, pod);
    this.#repelling.delete(pod.metadata.uid);
  }
}

/** Puts a pod on a node. */
export function place(info: NodeInfo, pod: Pod): void {
  if (info.pods.has(pod.metadata.uid)) return;
  info.pods.set(pod.metadata.uid, pod);
  for (const [name, amount] of Object.entries(requestsOf(pod))) info.used[name] = (info.used[name] ?? 0) + amount;
  for (const port of hostPortsOf(pod)) info.ports.set(port, (info.ports.get(port) ?? 0) + 1);
}

/** Takes a pod from a node. */
export function take(info: NodeInfo, pod: Pod): void {
  if (!info.pods.delete(pod.metadata.uid)) return;
  for (const [name, amount] of Object.entries(requestsOf(pod))) info.used[name] = (info.used[name] ?? 0) - amount;
  for (const port of hostPortsOf(pod)) {
    const left = (info.ports.get(port) ?? 1) - 1;
    if (left > 0) info.ports.set(port, left);
    else info.ports.delete(port);
  }
}

/** A copy of a node's state that can be tried out on. */
export function copyInfo(info: NodeInfo): NodeInfo {
  return { ...info, pods: new Map(info.pods), used: { ...info.used }, ports: new Map(info.ports) };
}
