import { SUBRESOURCES } from '../discovery.ts';
import type { ServedResource, Subresource } from '../resource.ts';
import { SERVED } from '../resources.ts';
import { kindType } from '../schema/kind-type.ts';
import { typeRow } from '../schema/table.ts';

/** A kind as documents name it (`x-kubernetes-group-version-kind`). */
export interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

/** The kind that a resource, or a subresource of it, is. */
export function gvkOf({ group, version, resource }: ServedResource, subresource?: Subresource): GroupVersionKind {
  if (subresource === undefined) return { group, version, kind: resource.kind };
  const other = SUBRESOURCES[subresource];
  return { group: other.group ?? group, version: other.version ?? version, kind: other.kind ?? resource.kind };
}

/** The type of a kind that is served; throws for one without. */
export function typeOf({ group, version, kind }: GroupVersionKind): string {
  const type = kindType(group, version, kind);
  if (type === undefined) throw new Error(`${kind} of ${group}/${version} has no type`);
  return type;
}

/** The type of the list of a resource; undefined where there is none. */
export function listTypeOf(served: ServedResource): string | undefined {
  const type = `${typeOf(gvkOf(served))}List`;
  return typeRow(type) && type;
}

/** Every kind that a group-version answers with or takes, with its type. */
export function kindsOf(served: ServedResource): [GroupVersionKind, string][] {
  const gvk = gvkOf(served);
  const list = listTypeOf(served);
  const options = { ...gvk, kind: 'DeleteOptions' };
  const status = { group: '', version: 'v1', kind: 'Status' };
  const kinds = [gvk, ...served.resource.subresources.map((each) => gvkOf(served, each)), options, status];
  const listed: [GroupVersionKind, string][] = list ? [[{ ...gvk, kind: `${gvk.kind}List` }, list]] : [];
  return [...kinds.map((kind): [GroupVersionKind, string] => [kind, typeOf(kind)]), ...listed];
}

let byType: Map<string, Map<string, GroupVersionKind>> | undefined;

function allKinds(): Map<string, Map<string, GroupVersionKind>> {
  if (byType) return byType;
  byType = new Map();
  for (const [gvk, type] of SERVED.flatMap(kindsOf)) {
    const known = byType.get(type) ?? new Map<string, GroupVersionKind>();
    known.set(`${gvk.group}/${gvk.version}/${gvk.kind}`, gvk);
    byType.set(type, known);
  }
  return byType;
}

/** The kinds that a type is served as; none for one that only stands in others. */
export function gvksOf(type: string): GroupVersionKind[] {
  return [...(allKinds().get(type)?.values() ?? [])];
}
