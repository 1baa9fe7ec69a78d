import { createHash } from 'node:crypto';
import { groupVersion, type ServedResource } from './resource.ts';
import { SERVED } from './resources.ts';

type Schema = Record<string, unknown>;

const META_REF = '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
  name,
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
}));

const schemaName = ({ group, version, resource }: ServedResource) =>
  `io.k8s.api.${group.split('.')[0] || 'core'}.${version}.${resource.kind}`;

const gvk = ({ group, version, resource }: ServedResource) => ({ group, version, kind: resource.kind });

const metaSchema: Schema = {
  type: 'object',
  description: 'ObjectMeta is metadata that all persisted resources must have.',
  properties: {
    name: { type: 'string', description: 'Name must be unique within a namespace.' },
    namespace: { type: 'string', description: 'Namespace defines the space within which each name must be unique.' },
    labels: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Map of keys and values to organize objects.',
    },
    annotations: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Map of arbitrary metadata.',
    },
  },
};

function kindSchema(served: ServedResource): Schema {
  const { kind } = served.resource;
  return {
    type: 'object',
    description: `${kind} of ${groupVersion(served.group, served.version)}.`,
    properties: {
      apiVersion: { type: 'string', description: 'The versioned schema of this representation of an object.' },
      kind: { type: 'string', description: 'The REST resource this object represents.' },
      metadata: { description: "Standard object's metadata.", default: {}, allOf: [{ $ref: META_REF }] },
      spec: {
        type: 'object',
        description: `The desired state of the ${kind}.`,
        'x-kubernetes-preserve-unknown-fields': true,
      },
      status: {
        type: 'object',
        description: `The most recently observed state of the ${kind}.`,
        'x-kubernetes-preserve-unknown-fields': true,
      },
    },
    'x-kubernetes-group-version-kind': [gvk(served)],
  };
}

function paths(served: ServedResource): [string, unknown][] {
  const { group, version, resource } = served;
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  const collection = resource.namespaced
    ? `${root}/namespaces/{namespace}/${resource.plural}`
    : `${root}/${resource.plural}`;
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${schemaName(served)}` } } };
  const operation = (action: string) => ({
    parameters: PARAMETERS,
    responses: { 200: { description: 'OK', content } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk(served),
  });
  return [
    [collection, { post: operation('post') }],
    [`${collection}/{name}`, { get: operation('get'), put: operation('put'), patch: operation('patch') }],
  ];
}

/** The OpenAPI v3 document of `api/v1` or `apis/apps/v1`; undefined when that is not served. */
export function openApiDocument(path: string): Schema | undefined {
  const served = SERVED.filter((entry) => pathOf(entry) === path);
  if (served.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.32.0' },
    paths: Object.fromEntries(served.flatMap(paths)),
    components: {
      schemas: {
        'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': metaSchema,
        ...Object.fromEntries(served.map((entry) => [schemaName(entry), kindSchema(entry)])),
      },
    },
  };
}

const pathOf = ({ group, version }: ServedResource) => (group ? `apis/${group}/${version}` : `api/${version}`);

/** `GET /openapi/v3`: where each group-version's document is, with a hash that changes when it does. */
export function openApiIndex(): Schema {
  const entries = [...new Set(SERVED.map(pathOf))].map((path) => {
    const hash = createHash('sha256')
      .update(JSON.stringify(openApiDocument(path)))
      .digest('hex')
      .toUpperCase();
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }];
  });
  return { paths: Object.fromEntries(entries) };
}
