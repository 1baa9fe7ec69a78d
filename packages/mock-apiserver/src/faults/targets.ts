import type { Pod } from '@portolan/shared';
import type { ObjectRef } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';
import { choice } from './fault-params.ts';
import type { FaultWorld } from './fault-row.ts';
import { FaultError, type FaultParam } from './faults.ts';

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
  const names: string[] = [];
  for (const pod of store.list('pods')) {
    if (names.length >= most) break;
    if (isLive(pod)) names.push(nameOf(pod));
  }
  return names;
}

/** One of the pods that run. */
export const podParam = ({ cluster }: FaultWorld, most: number): FaultParam =>
  choice('pod', { en: 'Pod', 'zh-CN': 'Pod' }, runningPods(cluster.store, most));
