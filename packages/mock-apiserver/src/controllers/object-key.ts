import type { KubeObject } from '@portolan/shared';
import type { ObjectRef } from '../store/kinds.ts';

/** `namespace/name`, as controllers queue objects. */
export function toKey({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

export function fromKey(key: string): ObjectRef {
  const [namespace, name = ''] = key.split('/', 2);
  return { namespace: namespace || undefined, name };
}
