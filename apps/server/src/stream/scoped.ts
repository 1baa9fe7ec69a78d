import type { Entity, Kind, Scope } from '@portolan/shared';

/**
 * Whether a scope shows an entity. Cluster-scoped kinds pass every filter of namespaces; Namespaces pass every filter,
 * so that a page can always offer them.
 */
export function inScope(scope: Scope, subject: Pick<Entity, 'kind' | 'namespace'>): boolean {
  if (subject.kind === 'Namespace') return true;
  if (!showsKind(scope, subject.kind)) return false;
  return scope.namespaces.length === 0 || subject.namespace === '' || scope.namespaces.includes(subject.namespace);
}

/** Whether a scope shows a kind at all. */
export function showsKind(scope: Scope, kind: Kind): boolean {
  return kind === 'Namespace' || scope.kinds.length === 0 || scope.kinds.includes(kind);
}

/** The same scope in one spelling: sorted, without repetitions. */
export function normalScope(scope: Scope): Scope {
  return { namespaces: [...new Set(scope.namespaces)].sort(), kinds: [...new Set(scope.kinds)].sort() };
}
