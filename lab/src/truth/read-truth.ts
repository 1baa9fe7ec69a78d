import { type Entity, KIND_TABLE, type Kind, type KindRow, type KubeList, project } from '@portolan/shared';

/** GETs a path of the apiserver; null for 404. Throws for any other answer that is not a JSON document. */
export type GetJson = (path: string, accept: string) => Promise<unknown>;

/** The entities of each kind that is read, by uid; null for a kind that the cluster does not serve. */
export type Truth = ReadonlyMap<Kind, ReadonlyMap<string, Entity> | null>;

const JSON_TYPE = 'application/json';
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=1,application/json';

/** A `GetJson` over fetch. */
export function getJson(server: string, headers: Readonly<Record<string, string>> = {}): GetJson {
  return async (path, accept) => {
    const response = await fetch(`${server}${path}`, { headers: { ...headers, accept } });
    if (response.status === 404) return null;
    if (!response.ok)
      throw new Error(`GET ${path} answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
    return response.json();
  };
}

/**
 * What an apiserver holds: every kind of the table listed whole, in the newest version that it serves, and projected. Kinds
 * that are polled (`read.pollMs`) change by themselves between two looks and are left out. It shares the projection with
 * the server under test, and nothing else.
 */
export async function readTruth(get: GetJson, rows: readonly KindRow[] = KIND_TABLE): Promise<Truth> {
  const read = rows.filter((row) => row.read.pollMs === null);
  const paths = new Map(await Promise.all(read.map(async (row) => [row.kind, await pathOf(get, row)] as const)));
  const listed = await Promise.all(
    read.map(async (row) => {
      const path = paths.get(row.kind) ?? null;
      const replaced = row.instead !== null && (paths.get(row.instead) ?? null) !== null;
      return [row.kind, path === null || replaced ? null : await list(get, row, path)] as const;
    }),
  );
  return new Map(listed);
}

/** Where the collection of a kind is served, null when it is not. */
export async function pathOf(get: GetJson, { group, versions, plural, read }: KindRow): Promise<string | null> {
  for (const version of versions) {
    const named = version.includes('/') ? version : `${group}/${version}`;
    const base = group === '' ? `/api/${version}` : `/apis/${named}`;
    const resources = (await get(base, JSON_TYPE)) as { resources?: { name: string }[] } | null;
    if (!resources?.resources?.some(({ name }) => name === plural)) continue;
    return read.namespace === null ? `${base}/${plural}` : `${base}/namespaces/${read.namespace}/${plural}`;
  }
  return null;
}

async function list(get: GetJson, row: KindRow, path: string): Promise<Map<string, Entity>> {
  const answer = await get(path, row.read.metadataOnly ? METADATA_ONLY : JSON_TYPE);
  if (answer === null) return new Map();
  const { items } = answer as KubeList;
  return new Map((items ?? []).map((item) => [item.metadata.uid, project(row.kind, item)]));
}
