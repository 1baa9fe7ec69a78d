import { type KubeObject, matches, parseSelector, SelectorError } from '@portolan/shared';
import { badRequest } from '../api-error.ts';
import type { Scope } from '../store/audience.ts';
import type { Store } from '../store/store.ts';
import type { ApiResource } from './resource.ts';
import { selectorComplaint } from './selector-complaint.ts';

/** Whether an object is among those asked for. */
export type Selection = (object: KubeObject) => boolean;

const metaFields: ApiResource['fields'] = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace ?? '',
};

/** Kinds with fields of their own say it in their own words (apimachinery `runtime/scheme.go` for the others). */
const unknownField = (field: string, { fields }: ApiResource) =>
  badRequest(
    Object.keys(fields).length > 0
      ? `field label not supported: ${field}`
      : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
  );

function fieldSelection(text: string, resource: ApiResource): Selection {
  const terms = text.split(',').filter((term) => term !== '');
  const tests = terms.map((term) => {
    const parsed = /^([^=!]+)(==|!=|=)(.*)$/.exec(term);
    if (!parsed) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
    const [, field = '', operator, value = ''] = parsed;
    const readers = { ...metaFields, ...resource.fields };
    const read = Object.hasOwn(readers, field) ? readers[field] : undefined;
    if (!read) throw unknownField(field, resource);
    return (object: KubeObject) => (read(object) === value) !== (operator === '!=');
  });
  return (object) => tests.every((test) => test(object));
}

function labelSelection(text: string): Selection {
  try {
    const selector = parseSelector(text);
    return ({ metadata }) => matches(selector, metadata.labels ?? {});
  } catch (error) {
    if (error instanceof SelectorError) {
      throw badRequest(selectorComplaint(text) ?? `unable to parse requirement: ${error.message}`);
    }
    throw error;
  }
}

/** The label and field selectors of a query, as one test. */
export function selectionOf(query: URLSearchParams, resource: ApiResource): Selection {
  const labels = query.get('labelSelector');
  const fields = query.get('fieldSelector');
  const byLabels = labels ? labelSelection(labels) : undefined;
  const byFields = fields ? fieldSelection(fields, resource) : undefined;
  return (object) => (!byLabels || byLabels(object)) && (!byFields || byFields(object));
}

/** The fields that an index answers, by storage key. */
const INDEXED: Record<string, Record<string, string>> = {
  pods: { 'spec.nodeName': 'node' },
  events: { 'involvedObject.uid': 'involved' },
};

/** The values that a field selector asks of fields by equality. */
function equalities(query: URLSearchParams): Map<string, string> {
  const terms = (query.get('fieldSelector') ?? '').split(',');
  return new Map(
    terms.flatMap((term): [string, string][] => {
      const [, field, value] = /^([^=!]+)==?([^=].*)$/.exec(term) ?? [];
      return field !== undefined && value !== undefined ? [[field, value]] : [];
    }),
  );
}

/** The narrowest scope in which everything that a request selects lies: the store tells a watch of nothing else. */
export function scopeOf(
  query: URLSearchParams,
  { key, namespaced }: ApiResource,
  namespace: string | undefined,
  name: string | undefined,
): Scope {
  const equal = equalities(query);
  const only = name ?? equal.get('metadata.name');
  if (only !== undefined && (namespace !== undefined || !namespaced)) {
    return { of: 'object', ref: { namespace, name: only } };
  }
  for (const [field, index] of Object.entries(INDEXED[key] ?? {})) {
    const value = equal.get(field);
    if (value !== undefined) return { of: 'index', index, value };
  }
  return namespace === undefined ? { of: 'all' } : { of: 'namespace', namespace };
}

/** The objects of the newest state that lie in a scope. */
export function objectsIn(scope: Scope, key: string, store: Store): KubeObject[] {
  switch (scope.of) {
    case 'all':
      return store.list(key);
    case 'namespace':
      return store.list(key, scope.namespace);
    case 'object': {
      const object = store.get(key, scope.ref);
      return object ? [object] : [];
    }
    case 'index':
      return store.by(key, scope.index as never, scope.value);
  }
}
