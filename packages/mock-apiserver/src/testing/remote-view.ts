import type { KubeObject } from '@portolan/shared';
import { groupVersion, type ServedResource } from '../api/resource.ts';
import { SERVED } from '../api/resources.ts';
import { collectionPath, resourceOf, servedAs } from '../scenarios/resource-path.ts';
import type { Row, View } from '../scenarios/view.ts';
import type { ObjectOf, ObjectRef } from '../store/kinds.ts';

/** A cluster as one sees it who lists and watches its tables over HTTP, as `kubectl get -w` does. */
export interface RemoteView {
  view: View;
  /** Asks again for what cannot be watched and has been looked at. Rejects with what a watch ended with. */
  refresh(): Promise<void>;
  close(): void;
}

interface Table {
  metadata: { resourceVersion: string };
  columnDefinitions?: { name: string }[];
  rows: { cells: unknown[]; object: KubeObject }[];
}

interface Shown {
  row: Row;
  object: KubeObject;
}

const ACCEPT = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };

/** What is watched of each kind: the version that objects are kept in, so that they look as they do to controllers. */
const WATCHED = SERVED.filter(
  ({ alias, group, version, resource }) =>
    !alias &&
    !resource.virtual &&
    groupVersion(group, version) === resource.apiVersion &&
    resource.verbs.includes('watch'),
);

const everywhere = (served: ServedResource) => collectionPath(served, '').replace('namespaces//', '');

const keyOf = ({ namespace = '', name }: ObjectRef) => `${namespace}/${name}`;

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

/** Lists and watches everything that an API serves; `changed` is called after each change that arrives. */
export async function watchRemotely(url: string, changed: () => void): Promise<RemoteView> {
  const abort = new AbortController();
  const shelves = new Map<string, Map<string, Shown>>();
  const headings = new Map<string, string[]>();
  const asked = new Set<string>();
  let failure: unknown;

  const fetchTable = async (path: string): Promise<Response> => {
    const response = await fetch(`${url}${path}`, { headers: ACCEPT, signal: abort.signal });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return response;
  };

  const take = (key: string, table: Table): Shown[] => {
    if (table.columnDefinitions?.length) {
      headings.set(
        key,
        table.columnDefinitions.map(({ name }) => name.toUpperCase()),
      );
    }
    const names = headings.get(key) ?? [];
    return table.rows.map(({ cells, object }) => ({
      object,
      row: Object.fromEntries(names.map((name, index) => [name, String(cells[index])])),
    }));
  };

  const fill = async (served: ServedResource): Promise<string> => {
    const response = await fetchTable(`${everywhere(served)}?includeObject=Object`);
    const table = (await response.json()) as Table;
    const shown = take(served.resource.key, table);
    shelves.set(served.resource.key, new Map(shown.map((one) => [keyOf(one.object.metadata), one])));
    return table.metadata.resourceVersion;
  };

  const follow = async (served: ServedResource, from: string): Promise<void> => {
    const { key } = served.resource;
    // Bookmarks keep a quiet watch from looking dead.
    const query = `includeObject=Object&watch=true&allowWatchBookmarks=true&resourceVersion=${from}`;
    const { body } = await fetchTable(`${everywhere(served)}?${query}`);
    if (!body) throw new Error(`the watch of ${key} has no body`);
    for await (const line of lines(body)) {
      const event = JSON.parse(line) as { type: string; object: Table };
      if (event.type === 'ERROR') throw new Error(`the watch of ${key} ended: ${line}`);
      if (event.type === 'BOOKMARK') continue;
      for (const shown of take(key, event.object)) {
        if (event.type === 'DELETED') shelves.get(key)?.delete(keyOf(shown.object.metadata));
        else shelves.get(key)?.set(keyOf(shown.object.metadata), shown);
      }
      changed();
    }
    if (!abort.signal.aborted) throw new Error(`the watch of ${key} ended`);
  };

  const begin = async (served: ServedResource) => {
    const version = await fill(served);
    follow(served, version).catch((error: unknown) => {
      if (!abort.signal.aborted) failure ??= error;
    });
  };
  await Promise.all(WATCHED.map(begin));

  const all = (key: string, namespace?: string): Shown[] =>
    [...(shelves.get(key)?.values() ?? [])]
      .filter(({ object }) => namespace === undefined || object.metadata.namespace === namespace)
      .sort((a, b) => (keyOf(a.object.metadata) < keyOf(b.object.metadata) ? -1 : 1));
  const shelfOf = (kind: string): string => {
    const { key, virtual } = resourceOf(kind);
    if (virtual) asked.add(kind);
    return key;
  };
  const find = (kind: string, name: string, namespace = 'default'): Shown | undefined => {
    const ref = resourceOf(kind).namespaced ? { namespace, name } : { name };
    return shelves.get(shelfOf(kind))?.get(keyOf(ref));
  };

  return {
    view: {
      store: {
        get: <K extends string>(key: K, ref: ObjectRef) =>
          shelves.get(key)?.get(keyOf(ref))?.object as ObjectOf<K> | undefined,
        list: <K extends string>(key: K, namespace?: string) =>
          all(key, namespace).map(({ object }) => object as ObjectOf<K>),
      },
      table: (kind, namespace) => all(shelfOf(kind), namespace).map(({ row }) => row),
      object: (kind, name, namespace) => find(kind, name, namespace)?.object,
      row: (kind, name, namespace) => find(kind, name, namespace)?.row,
    },
    async refresh() {
      if (failure !== undefined) throw failure;
      await Promise.all([...asked].map((kind) => fill(servedAs(kind))));
    },
    close: () => abort.abort(),
  };
}
