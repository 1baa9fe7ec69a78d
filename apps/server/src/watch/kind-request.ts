import type { Kind, KubeObject } from '@portolan/shared';
import type { Location } from './discovery.ts';
import type { KindSpec } from './kind-spec.ts';

/** How one kind is asked for, and under which names its answers come. */
export interface KindRequest {
  kind: Kind;
  path: string;
  /** Where one object is; `namespace` is `""` for a kind that is in none. */
  objectPath: (namespace: string, name: string) => string;
  accept: { list: string; watch: string };
  /** The kinds that a list, and that an object of a watch, may call themselves. */
  lists: readonly string[];
  objects: readonly string[];
  /** What of an object may be read. */
  trim: (object: KubeObject) => KubeObject;
}

const JSON_ONLY = 'application/json';
const metadataAs = (as: string) => `application/json;as=${as};g=meta.k8s.io;v=1,application/json`;

/** The request of a kind at the place where it is served. */
export function kindRequest({ kind, read }: KindSpec, location: Location): KindRequest {
  const { base, plural } = location;
  const apiVersion = base.replace(/^\/apis?\//, '');
  const path = read.namespace === null ? `${base}/${plural}` : `${base}/namespaces/${read.namespace}/${plural}`;
  const one = (namespace: string, name: string) => objectPath(location, namespace, name);
  if (!read.metadataOnly) {
    return {
      kind,
      path,
      objectPath: one,
      accept: { list: JSON_ONLY, watch: JSON_ONLY },
      lists: [`${kind}List`],
      objects: [kind],
      // An item of a list does not say its version, by which some kinds are read.
      trim: (object) => Object.assign(object, { apiVersion }),
    };
  }
  return {
    kind,
    path,
    objectPath: one,
    accept: { list: metadataAs('PartialObjectMetadataList'), watch: metadataAs('PartialObjectMetadata') },
    lists: ['PartialObjectMetadataList', `${kind}List`],
    objects: ['PartialObjectMetadata', kind],
    // A server that answers the whole object in spite of what was asked must not have its data read.
    trim: ({ metadata }) => ({ kind, metadata }),
  };
}

/** The path of one object of a kind; `namespace` counts for nothing where the kind is in none. */
function objectPath({ base, plural, namespaced }: Location, namespace: string, name: string): string {
  const collection = namespaced ? `${base}/namespaces/${encodeURIComponent(namespace)}/${plural}` : `${base}/${plural}`;
  return `${collection}/${encodeURIComponent(name)}`;
}
