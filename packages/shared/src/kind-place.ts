import type { Kind } from './entity/entity.ts';

/** Kinds that belong to no namespace. */
export const CLUSTER_SCOPED: ReadonlySet<Kind> = new Set<Kind>([
  'Namespace',
  'Node',
  'StorageClass',
  'PersistentVolume',
  'NodeMetrics',
]);

/** Kinds that are read in one namespace alone. */
export const ONLY_IN: Readonly<Partial<Record<Kind, string>>> = { Lease: 'kube-system' };

/**
 * Where the objects of a kind are that one sees with `namespace`: in it, in the only one that is read, or in none (`''`).
 * Null is all namespaces, and stays that for kinds that are in any.
 */
export function placeOf<N extends string | null>(kind: Kind, namespace: N): N | string {
  return CLUSTER_SCOPED.has(kind) ? '' : (ONLY_IN[kind] ?? namespace);
}
