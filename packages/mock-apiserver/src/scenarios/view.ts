import type { KubeObject } from '@portolan/shared';
import type { ApiContext } from '../api/request.ts';
import type { Store } from '../store/store.ts';
import { resourceOf } from './resource-path.ts';

/** One row of a table as `kubectl get -o wide` prints it, by the column's heading in capitals. */
export type Row = Readonly<Record<string, string>>;

/** A cluster as steps and assertions look at it. */
export interface View {
  store: Pick<Store, 'get' | 'list'>;
  /** `kubectl get KIND -n NAMESPACE -o wide`: the rows in kubectl's order; without a namespace, those of all. */
  table(kind: string, namespace?: string): Row[];
  /** One object of a kind, undefined where there is none. */
  object(kind: string, name: string, namespace?: string): KubeObject | undefined;
  /** The row of one object, undefined where there is none. */
  row(kind: string, name: string, namespace?: string): Row | undefined;
}

/** The view of a cluster as its API shows it. */
export function viewOf(api: ApiContext): View {
  const { store, clock } = api;
  /** What is answered without being stored is asked for. */
  const listOf = (kind: string, namespace?: string): readonly KubeObject[] => {
    const { key, virtual } = resourceOf(kind);
    return virtual ? (virtual.list?.(api, namespace) ?? []) : store.list(key, namespace);
  };
  const rowOf = (kind: string, one: KubeObject): Row =>
    Object.fromEntries(
      resourceOf(kind).columns.map((column) => [column.name.toUpperCase(), String(column.cell(one, clock.now()))]),
    );
  const object: View['object'] = (kind, name, namespace = 'default') => {
    const { key, namespaced, virtual } = resourceOf(kind);
    if (virtual) return listOf(kind, namespace).find(({ metadata }) => metadata.name === name);
    return store.get(key, namespaced ? { namespace, name } : { name });
  };
  return {
    store,
    object,
    table: (kind, namespace) => listOf(kind, namespace).map((object) => rowOf(kind, object)),
    row(kind, name, namespace) {
      const found = object(kind, name, namespace);
      return found && rowOf(kind, found);
    },
  };
}
