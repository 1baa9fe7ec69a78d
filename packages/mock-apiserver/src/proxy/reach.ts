import type { Container, Pod } from '@portolan/shared';
import type { Store } from '../store/store.ts';
import type { Target } from './routes.ts';

/**
 * What a connection to a pod's port meets: a container that listens, a refusal (RST), or silence, because its node does
 * not answer. `why` is in words.
 */
export type Reach =
  | { state: 'open'; pod: Pod; container: Container }
  | { state: 'refused'; why: string }
  | { state: 'silent'; why: string };

/** What is looked at: the pods, and whether a node's kubelet and network are there at all. */
export interface ReachOptions {
  store: Store;
  nodeAnswers(node: string): boolean;
}

/** The container that listens on a port; where none declares ports the first does, on every one. */
export function listenerOn({ spec }: Pod, port: number): Container | undefined {
  const silent = spec.containers.every(({ ports = [] }) => ports.length === 0);
  if (silent) return spec.containers[0];
  return spec.containers.find(({ ports = [] }) => ports.some(({ containerPort }) => containerPort === port));
}

/** Whether a container of the pod runs, as its status has it. */
export function runs({ status }: Pod, container: string): boolean {
  const found = status?.containerStatuses?.find(({ name }) => name === container);
  return found?.state?.running !== undefined;
}

/** What a connection to `target` meets at this moment, whatever the proxy believes. */
export function reach(
  { store, nodeAnswers }: ReachOptions,
  target: Pick<Target, 'namespace' | 'name' | 'uid' | 'ip' | 'port'>,
): Reach {
  const at = `${target.ip}:${target.port}`;
  const pod = store.get('pods', target);
  if (!pod || pod.metadata.uid !== target.uid)
    return { state: 'refused', why: `dial tcp ${at}: connect: no route to host` };
  if (!nodeAnswers(pod.spec.nodeName ?? '')) return { state: 'silent', why: `dial tcp ${at}: i/o timeout` };
  const container = listenerOn(pod, target.port);
  if (!container || !runs(pod, container.name)) {
    return { state: 'refused', why: `dial tcp ${at}: connect: connection refused` };
  }
  return { state: 'open', pod, container };
}
