import type { KubeObject } from '@portolan/shared';
import { groupVersion, type ServedResource } from '../api/resource.ts';
import { SERVED } from '../api/resources.ts';
import type { Target } from './action.ts';

/** Which resource serves a kind, in a version where one is named; throws where none does. */
export function servedAs(kind: string, apiVersion?: string): ServedResource {
  const served = SERVED.find(
    ({ group, version, resource }) =>
      resource.kind === kind && (apiVersion === undefined || groupVersion(group, version) === apiVersion),
  );
  if (!served) throw new Error(`${kind}${apiVersion === undefined ? '' : ` of ${apiVersion}`} is not served`);
  return served;
}

/** What is stored of a kind; throws where nothing is. */
export function resourceOf(kind: string): ServedResource['resource'] {
  return servedAs(kind).resource;
}

/** The API path of a kind's collection, in a namespace where the kind has one. */
export function collectionPath({ group, version, resource }: ServedResource, namespace = 'default'): string {
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  return `${root}/${resource.namespaced ? `namespaces/${namespace}/` : ''}${resource.plural}`;
}

/** The API path of the object that a step names. */
export function targetPath({ kind, name, namespace }: Target): string {
  return `${collectionPath(servedAs(kind), namespace)}/${name}`;
}

/** Where an object of a manifest is created, and what it is. */
export function manifestTarget({ kind = '', apiVersion, metadata }: KubeObject): Target & { collection: string } {
  const { name, namespace } = metadata;
  return {
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    collection: collectionPath(servedAs(kind, apiVersion), namespace),
  };
}
