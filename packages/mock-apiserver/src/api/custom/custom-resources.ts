import type { CustomResourceDefinition } from '@portolan/shared';
import type { Store } from '../../store/store.ts';
import type { ApiResource, ServedResource, Subresource } from '../resource.ts';
import { row } from '../resources/row.ts';
import { SERVED } from '../resources.ts';
import { isEstablished } from './definition-state.ts';
import { printerColumns } from './printer-columns.ts';
import { byVersionPriority } from './version-priority.ts';

/** The storage key of definitions. */
export const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

/** The subresources that a definition may ask for and that are served. */
const PARTS: Subresource[] = ['status'];

/**
 * The resource that a definition describes. Columns and subresources of all versions are those of the stored one, and
 * versions differ in their name alone (conversion strategy None); the schema is not looked at.
 */
export function customResource({ metadata, spec }: CustomResourceDefinition): ApiResource {
  const { group, names, scope, versions } = spec;
  const stored = versions.find(({ storage }) => storage);
  if (!stored) throw new Error(`definition ${metadata.name} stores no version`);
  const served = versions.filter((version) => version.served).map(({ name }) => name);
  return {
    ...row(group, served.sort(byVersionPriority), {
      kind: names.kind,
      plural: names.plural,
      singular: names.singular ?? names.kind.toLowerCase(),
      shortNames: names.shortNames ?? [],
      categories: names.categories ?? [],
      namespaced: scope === 'Namespaced',
      generation: true,
      subresources: PARTS.filter((part) => part in (stored.subresources ?? {})),
      columns: printerColumns(stored),
      needsSpec: false,
      definition: metadata.name,
    }),
    apiVersion: `${group}/${stored.name}`,
  };
}

const inEachVersion = (resource: ApiResource): ServedResource[] =>
  resource.versions.map((version) => ({ group: resource.group, version, resource, alias: false, prepare: undefined }));

const known = new WeakMap<CustomResourceDefinition, readonly ServedResource[]>();

function servedOf(definition: CustomResourceDefinition): readonly ServedResource[] {
  const found = known.get(definition);
  if (found) return found;
  const served = isEstablished(definition) ? inEachVersion(customResource(definition)) : [];
  known.set(definition, served);
  return served;
}

/** Everything that a cluster serves: the table, and after it what its CustomResourceDefinitions add. */
export function servedBy(store: Store): readonly ServedResource[] {
  if (store.count(DEFINITIONS) === 0) return SERVED;
  return [...SERVED, ...store.list(DEFINITIONS).flatMap(servedOf)];
}
