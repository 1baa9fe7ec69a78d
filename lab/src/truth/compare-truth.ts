import { isDeepStrictEqual } from 'node:util';
import type { Entity, Kind } from '@portolan/shared';
import type { Truth } from './read-truth.ts';

/** One way in which a picture is not the truth. */
export interface Difference {
  kind: Kind;
  /** `namespace/name`. */
  name: string;
  uid: string;
  /** It is not shown; it is shown and is not there; it is shown otherwise. */
  what: 'missing' | 'invented' | 'differs';
  /** For one that differs: the fields, each with what is and what is shown. */
  fields: { field: string; is: unknown; shown: unknown }[];
}

/** Which part of the truth a picture is of; empty lists mean everything. */
export interface Shown {
  kinds: readonly Kind[];
  namespaces: readonly string[];
}

export const EVERYTHING_SHOWN: Shown = { kinds: [], namespaces: [] };

/**
 * Where a picture differs from the truth, by content and not by version alone, kind by kind. A kind that is not served
 * must show nothing. A scope shows what T9 says.
 */
export function compareTruth(truth: Truth, picture: Iterable<Entity>, scope: Shown = EVERYTHING_SHOWN): Difference[] {
  const byKind = Map.groupBy(picture, ({ kind }) => kind);
  const differences: Difference[] = [];
  for (const [kind, held] of truth) {
    const shown = new Map((byKind.get(kind) ?? []).map((entity) => [entity.uid, entity]));
    for (const [uid, entity] of held ?? []) {
      if (!inScope(scope, entity)) continue;
      const other = shown.get(uid);
      shown.delete(uid);
      if (other === undefined) differences.push({ ...subject(entity), what: 'missing', fields: [] });
      else if (!isDeepStrictEqual(entity, other)) {
        differences.push({ ...subject(entity), what: 'differs', fields: fieldsOf(entity, other) });
      }
    }
    for (const entity of shown.values()) differences.push({ ...subject(entity), what: 'invented', fields: [] });
  }
  return differences;
}

/** A difference in one line. */
export function inWords({ kind, name, uid, what, fields }: Difference): string {
  const object = `${kind} ${name} (${uid})`;
  if (what !== 'differs') return `${object} is ${what}`;
  const said = fields.map(
    ({ field, is, shown }) => `${field} is ${JSON.stringify(is)}, shown as ${JSON.stringify(shown)}`,
  );
  return `${object}: ${said.join('; ')}`;
}

/** Whether a scope shows an entity (T9): Namespaces always, what belongs to no namespace whatever the namespaces. */
export function inScope(
  { kinds, namespaces }: Shown,
  { kind, namespace }: Pick<Entity, 'kind' | 'namespace'>,
): boolean {
  if (kind === 'Namespace') return true;
  if (kinds.length > 0 && !kinds.includes(kind)) return false;
  return namespaces.length === 0 || namespace === '' || namespaces.includes(namespace);
}

function subject({ kind, uid, namespace, name }: Entity): Pick<Difference, 'kind' | 'uid' | 'name'> {
  return { kind, uid, name: namespace === '' ? name : `${namespace}/${name}` };
}

function fieldsOf(is: Entity, shown: Entity): Difference['fields'] {
  const left: Record<string, unknown> = { ...is };
  const right: Record<string, unknown> = { ...shown };
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .filter((field) => !isDeepStrictEqual(left[field], right[field]))
    .map((field) => ({ field, is: left[field], shown: right[field] }));
}
