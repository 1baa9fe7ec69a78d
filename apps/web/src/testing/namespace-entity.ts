import type { NamespaceEntity } from '@portolan/shared';

/** A namespace as it travels; its uid is made of its name. */
export function namespaceEntity(name: string, version = '1'): NamespaceEntity {
  return {
    kind: 'Namespace',
    uid: `uid-${name}`,
    version,
    namespace: '',
    name,
    created: 0,
    labels: {},
    owner: null,
    health: 'ok',
    phase: 'Active',
  };
}
