import { typeRow } from './table.ts';

/** Groups whose types stand in a folder of another name than their first word. */
const FOLDERS: Record<string, string> = { '': 'core', 'meta.k8s.io': 'meta' };

/** What every group-version takes in its own name (apimachinery `meta/v1/register.go`). */
const EVERYWHERE = new Set(['DeleteOptions', 'Status']);

/** The type of every object that a CustomResourceDefinition describes: its spec and status are kept as they come. */
export const CUSTOM_OBJECT = 'apiextensions/v1.CustomObject';

/** The type of a kind, such as `rbac/v1.Role` for Role of rbac.authorization.k8s.io/v1; undefined where it is not known. */
export function kindType(group: string, version: string, kind: string): string | undefined {
  const folder = `${FOLDERS[group] ?? group.split('.')[0]}/${version}`;
  const name = EVERYWHERE.has(kind) ? `meta/v1.${kind}` : `${folder}.${kind}`;
  return typeRow(name) && name;
}

/** As `kindType`, with the group and version as an object has them: `apps/v1`, or `v1`. */
export function kindTypeOf(apiVersion: string, kind: string): string | undefined {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/', 2) : ['', apiVersion];
  return kindType(group ?? '', version ?? '', kind);
}
