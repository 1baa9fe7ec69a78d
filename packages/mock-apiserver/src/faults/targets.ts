import type { FaultParam, KubeObject, Pod } from '@portolan/shared';
import type { ObjectRef } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';
import { choice } from './fault-params.ts';
import type { FaultWorld } from './fault-row.ts';
import { FaultError } from './faults.ts';

/** What the cluster as it stands has no use for. */
export const refused = (message: string) => new FaultError('refused', message);

/** `namespace/name`, as a target is chosen. */
export const nameOf = ({ metadata }: { metadata: ObjectRef }) => `${metadata.namespace ?? ''}/${metadata.name}`;

/** The object that `namespace/name` stands for. */
export function refOf(target: string): ObjectRef {
  const [namespace, ...rest] = target.split('/');
  return { namespace, name: rest.join('/') };
}

const isLive = ({ metadata, status }: Pod) => !metadata.deletionTimestamp && status?.phase === 'Running';

function runningPods(store: Store, most: number): string[] {
  const limit = Number.isFinite(most) ? most : 0;
  const accepts = (object: KubeObject) => isLive(object as Pod);
  return store.page('pods', { version: store.version, limit, accepts }).items.map(nameOf);
}

/** One of the pods that run. */
export const podParam = ({ cluster }: FaultWorld, most: number): FaultParam =>
  choice('pod', { en: 'Pod', 'zh-CN': 'Pod' }, runningPods(cluster.store, most));
