import type { KubeObject, Pod } from '@portolan/shared';
import { matches, parseSelector } from '@portolan/shared';
import { callApi } from '../../api/in-process.ts';
import { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import type { PodChoice, Target } from '../action.ts';
import { servedAs, targetPath } from '../resource-path.ts';

/** What a step's actions work with. */
export interface ActionWorld {
  cluster: Cluster;
  manifests: Readonly<Record<string, string>>;
}

/** Patches an object as kubectl does, strategically. */
export function patchTarget(
  { cluster }: ActionWorld,
  target: Target,
  patch: Record<string, unknown>,
  subresource?: string,
): void {
  callApi(cluster.api, {
    method: 'PATCH',
    path: `${targetPath(target)}${subresource === undefined ? '' : `/${subresource}`}`,
    contentType: 'application/strategic-merge-patch+json',
    body: patch,
  });
}

/** The object that a step names, if it is there. */
export function targetOf(
  { cluster }: ActionWorld,
  { kind, name, namespace = 'default' }: Target,
): KubeObject | undefined {
  const { key, namespaced } = servedAs(kind).resource;
  return cluster.store.get(key, namespaced ? { namespace, name } : { name });
}

/** The oldest running pod of a choice; throws NotFound where there is none. */
export function oldestRunning({ cluster }: ActionWorld, { labels, namespace = 'default' }: PodChoice): Pod {
  const selector = parseSelector(labels);
  const [oldest] = cluster.store
    .list('pods', namespace)
    .filter((pod) => !pod.metadata.deletionTimestamp && pod.status?.phase === 'Running')
    .filter((pod) => matches(selector, pod.metadata.labels ?? {}))
    .sort((a, b) => Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp));
  if (!oldest) throw new ApiError('NotFound', `no running pod with the labels ${labels}`);
  return oldest;
}
