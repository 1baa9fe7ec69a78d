import type { Json } from './cluster-client.ts';
import type { Condition } from './scene.ts';
import { inServedVersions } from './served-versions.ts';

const GROUPS: Readonly<Record<string, string>> = {
  deployments: 'apis/apps/v1',
  replicasets: 'apis/apps/v1',
  statefulsets: 'apis/apps/v1',
  daemonsets: 'apis/apps/v1',
  jobs: 'apis/batch/v1',
  horizontalpodautoscalers: 'apis/autoscaling/v1',
};

const pathOf = (resource: string, namespace: string) =>
  `/${GROUPS[resource] ?? 'api/v1'}/namespaces/${namespace}/${resource}`;

const rows = (list: Json | undefined): readonly Json[] => list?.items ?? [];

/** True when an object exists and `holds` is true of it; `what` is `deployments/web`. */
export function object(what: string, says: string, holds: (object: Json) => boolean): Condition {
  const [resource = '', name = ''] = what.split('/');
  return {
    says: `${what} ${says}`,
    async holds(cluster, namespace) {
      const found = await cluster.get(`${pathOf(resource, namespace)}/${name}`);
      return found !== undefined && holds(found);
    },
  };
}

/** True when an object of the scene's namespace exists. */
export const exists = (what: string): Condition => object(what, 'exists', () => true);

/** True when no object of the resource, with these labels, is left. */
export function none(resource: string, labels = ''): Condition {
  return {
    says: `no ${resource} ${labels} left`,
    async holds(cluster, namespace) {
      const query = labels === '' ? '' : `?labelSelector=${encodeURIComponent(labels)}`;
      return rows(await cluster.get(pathOf(resource, namespace) + query)).length === 0;
    },
  };
}

/** True when a rollout is complete and its old pods are gone. */
export function rolledOut(name: string): Condition {
  return object(`deployments/${name}`, 'is rolled out', ({ metadata, spec, status }) => {
    const wished = spec?.replicas ?? 0;
    return (
      status?.observedGeneration === metadata?.generation &&
      (status?.replicas ?? 0) === wished &&
      (status?.updatedReplicas ?? 0) === wished &&
      (status?.availableReplicas ?? 0) === wished
    );
  });
}

/** True when a StatefulSet, ReplicaSet or ReplicationController has all its pods ready. */
export function ready(what: string): Condition {
  return object(what, 'is ready', ({ metadata, spec, status }) => {
    const wished = spec?.replicas ?? 0;
    return (
      status?.observedGeneration === metadata?.generation &&
      (status?.replicas ?? 0) === wished &&
      (status?.readyReplicas ?? 0) === wished &&
      (status?.updateRevision === undefined || status.updateRevision === status.currentRevision)
    );
  });
}

/** True when a DaemonSet has an available, updated pod on every node it is meant for. */
export function everywhere(name: string): Condition {
  return object(
    `daemonsets/${name}`,
    'is on every node',
    ({ metadata, status }) =>
      status?.observedGeneration === metadata?.generation &&
      (status?.desiredNumberScheduled ?? 0) !== 0 &&
      status?.numberAvailable === status?.desiredNumberScheduled &&
      status?.updatedNumberScheduled === status?.desiredNumberScheduled,
  );
}

/** True when so many pods with these labels are ready, and there are no others, not even ending ones. */
export function pods(labels: string, count: number): Condition {
  return {
    says: `${count} pods ${labels}, all ready`,
    async holds(cluster, namespace) {
      const list = rows(await cluster.get(`${pathOf('pods', namespace)}?labelSelector=${encodeURIComponent(labels)}`));
      const isReady = ({ metadata, status }: Json) =>
        metadata?.deletionTimestamp === undefined &&
        (status?.conditions ?? []).some(({ type, status: value }: Json) => type === 'Ready' && value === 'True');
      return list.length === count && list.every(isReady);
    },
  };
}

/** True when at least so many events with this reason exist, whose object's name begins so. */
export function events(reason: string, count = 1, about = ''): Condition {
  return {
    says: `${count} ${reason} events about ${about}`,
    async holds(cluster, namespace) {
      const selector = encodeURIComponent(`reason=${reason}`);
      const list = rows(await cluster.get(`${pathOf('events', namespace)}?fieldSelector=${selector}`));
      return list.filter(({ involvedObject }) => String(involvedObject?.name).startsWith(about)).length >= count;
    },
  };
}

/** True when a path of the API answers with an object that `holds` is true of; in it `$NS` and `$VERSION(group)` stand as in a file. */
export function at(path: string, says: string, holds: (object: Json) => boolean): Condition {
  return {
    says: `${path} ${says}`,
    async holds(cluster, namespace) {
      const found = await cluster.get((await inServedVersions(path, cluster)).replaceAll('$NS', namespace));
      return found !== undefined && holds(found);
    },
  };
}

/** True when a path of the API answers 404. */
export function missing(path: string): Condition {
  return {
    says: `${path} is gone`,
    holds: async (cluster, namespace) => (await cluster.get(path.replaceAll('$NS', namespace))) === undefined,
  };
}
