import { type KubeObject, matches, parseSelector, SelectorError } from '@portolan/shared';
import { badRequest } from '../api-error.ts';
import type { ApiResource } from './resource.ts';

/** Whether an object is among those asked for. */
export type Selection = (object: KubeObject) => boolean;

const metaFields: ApiResource['fields'] = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace ?? '',
};

function fieldSelection(text: string, resource: ApiResource): Selection {
  const terms = text.split(',').filter((term) => term !== '');
  const tests = terms.map((term) => {
    const parsed = /^([^=!]+)(==|!=|=)(.*)$/.exec(term);
    if (!parsed) throw badRequest(`invalid field selector: "${term}"; write field=value or field!=value`);
    const [, field = '', operator, value = ''] = parsed;
    const read = metaFields[field] ?? resource.fields[field];
    if (!read) throw badRequest(`field label not supported: ${field}`);
    return (object: KubeObject) => (read(object) === value) !== (operator === '!=');
  });
  return (object) => tests.every((test) => test(object));
}

function labelSelection(text: string): Selection {
  try {
    const selector = parseSelector(text);
    return ({ metadata }) => matches(selector, metadata.labels ?? {});
  } catch (error) {
    if (error instanceof SelectorError) throw badRequest(`unable to parse requirement: ${error.message}`);
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
