import { ageColumn, nameColumn } from '../columns/column.ts';
import { type ApiResource, groupVersion, type Subresource, VERBS } from '../resource.ts';
import { dnsSubdomain } from '../validation/names.ts';

type Row = Partial<Omit<ApiResource, 'key' | 'apiVersion'>> & Pick<ApiResource, 'kind' | 'plural'>;

/** A row with what most rows have in common filled in. `versions` begins with the version that is preferred and stored. */
export function row(group: string, versions: string[], facts: Row): ApiResource {
  return {
    key: group ? `${facts.plural}.${group}` : facts.plural,
    group,
    versions,
    apiVersion: groupVersion(group, versions[0] ?? 'v1'),
    singular: facts.kind.toLowerCase(),
    shortNames: [],
    categories: [],
    namespaced: true,
    generation: false,
    verbs: VERBS,
    subresources: [],
    fields: {},
    columns: [nameColumn, ageColumn],
    needsSpec: facts.categories?.includes('all') === true,
    nameRule: dnsSubdomain,
    ...facts,
  };
}

/** The subresources of what can be scaled. */
export const SCALED: Subresource[] = ['status', 'scale'];
/** The category that `kubectl get all` asks for. */
export const ALL = ['all'];
