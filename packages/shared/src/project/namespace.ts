import type { Namespace } from '../api/core.ts';
import type { NamespaceEntity } from '../entity/core.ts';
import { projectCommon } from './common.ts';

/** A Namespace; one that is Terminating progresses. */
export function projectNamespace(namespace: Namespace): NamespaceEntity {
  const phase = namespace.status?.phase ?? 'Active';
  return {
    kind: 'Namespace',
    ...projectCommon('Namespace', namespace),
    health: phase === 'Active' ? 'ok' : 'progressing',
    phase,
  };
}
