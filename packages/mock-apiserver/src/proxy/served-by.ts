import type { Pod } from '@portolan/shared';
import { revisionOf } from '../controllers/deployment/revisions.ts';
import { controllerOf } from '../controllers/ownership.ts';
import type { Store } from '../store/store.ts';

const TEMPLATE_HASHES = ['pod-template-hash', 'controller-revision-hash'] as const;

/** Who answers a request: a pod with its revision, as headers, pages and counts name it. */
export interface ServedBy {
  namespace: string;
  pod: string;
  node: string;
  ip: string;
  labels: Readonly<Record<string, string>>;
  revision: string;
  image: string;
}

/**
 * The revision a pod is of: its Deployment's number for the ReplicaSet that controls it; the hash of its template where
 * nothing numbers it or the ReplicaSet is gone; empty for a pod of neither.
 */
function revisionOfPod(store: Store, pod: Pod): string {
  const controller = controllerOf(pod);
  if (controller?.kind === 'ReplicaSet') {
    const set = store.get('replicasets.apps', { namespace: pod.metadata.namespace, name: controller.name });
    const revision = set && set.metadata.uid === controller.uid ? revisionOf(set) : 0;
    if (revision > 0) return String(revision);
  }
  const labels = pod.metadata.labels ?? {};
  return TEMPLATE_HASHES.map((label) => labels[label]).find((hash) => hash !== undefined) ?? '';
}

/** Names the pod that answers with one of its containers. */
export function servedBy(store: Store, pod: Pod, image: string): ServedBy {
  return {
    namespace: pod.metadata.namespace ?? '',
    pod: pod.metadata.name,
    node: pod.spec.nodeName ?? '',
    ip: pod.status?.podIP ?? '',
    labels: pod.metadata.labels ?? {},
    revision: revisionOfPod(store, pod),
    image,
  };
}
