import type { KubeObject, Pod } from '@portolan/shared';
import { matches, parseSelector } from '@portolan/shared';
import { callApi } from '../../api/in-process.ts';
import { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import type { PodChoice, Target } from '../action.ts';
import { servedAs, targetPath } from '../resource-path.ts';
import type { ScenarioScript } from '../scenario.ts';

/** What a step's actions work with. */
export interface ActionWorld {
  cluster: Cluster;
  script: Pick<ScenarioScript, 'cluster' | 'manifests'>;
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

/** The pods of a choice that are not being deleted, the oldest first. */
export function podsOf({ cluster }: ActionWorld, { labels, namespace = 'default' }: PodChoice): Pod[] {
  const selector = parseSelector(labels);
  return cluster.store
    .list('pods', namespace)
    .filter((pod) => !pod.metadata.deletionTimestamp && matches(selector, pod.metadata.labels ?? {}))
    .sort((a, b) => Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp));
}

/** The oldest running pod of a choice; throws NotFound where there is none. */
export function oldestRunning(world: ActionWorld, choice: PodChoice): Pod {
  const oldest = podsOf(world, choice).find(({ status }) => status?.phase === 'Running');
  if (!oldest) throw new ApiError('NotFound', `no running pod with the labels ${choice.labels}`);
  return oldest;
}
