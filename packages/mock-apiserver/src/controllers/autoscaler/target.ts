import type { HorizontalPodAutoscaler, KubeObject, Pod } from '@portolan/shared';
import type { Store } from '../../store/store.ts';

/** What can be scaled, by kind. */
const KEYS: Record<string, 'deployments.apps' | 'replicasets.apps' | 'statefulsets.apps' | 'replicationcontrollers'> = {
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  ReplicationController: 'replicationcontrollers',
};

/** What an autoscaler scales. */
export interface Target {
  object: KubeObject;
  replicas: number;
  pods: Pod[];
  scale(replicas: number): void;
}

/** The target of an autoscaler; the text of the refusal where there is none. */
export function targetOf(store: Store, { metadata, spec }: HorizontalPodAutoscaler): Target | string {
  const { kind, name, apiVersion = '' } = spec.scaleTargetRef;
  const key = KEYS[kind];
  if (!key) return `no matches for kind "${kind}" in group "${apiVersion.split('/')[0]}"`;
  const ref = { namespace: metadata.namespace, name };
  const object = store.get(key, ref);
  if (!object) {
    const group = key.includes('.') ? `.${key.split('.')[1]}` : '';
    return `${key.split('.')[0]}/scale${group} "${name}" not found`;
  }
  const owners =
    key === 'deployments.apps' ? store.by('replicasets.apps', 'controller', object.metadata.uid) : [object];
  return {
    object,
    replicas: object.spec.replicas ?? 1,
    pods: owners.flatMap((owner) => store.by('pods', 'controller', owner.metadata.uid)),
    scale(replicas) {
      store.update(key, ref, (draft) => {
        draft.spec.replicas = replicas;
        return draft;
      });
    },
  };
}
