import type { Json, KubeObject, Namespace } from '@portolan/shared';
import { ApiError, badRequest, type Cause, conflict, invalid, notFound } from '../api-error.ts';
import { toTime } from '../time.ts';
import { decodeBody, decodeObject } from './body.ts';
import { isObject, type JsonObject } from './patch/json.ts';
import { jsonPatch } from './patch/json-patch.ts';
import { mergePatch } from './patch/merge-patch.ts';
import { strategicMergePatch } from './patch/strategic-merge-patch.ts';
import { presentObject, versioned } from './present.ts';
import { presentationOf } from './read.ts';
import { type ApiContext, type Reply, type ResourceRequest, refOf } from './request.ts';
import { groupVersion } from './resource.ts';
import { typeError } from './wire/field-types.ts';

const DNS_NAME = /^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/;

const isDryRun = ({ query }: ResourceRequest) => query.get('dryRun') === 'All';

function nameCauses(metadata: Partial<KubeObject['metadata']>): Cause[] {
  const { name, generateName } = metadata;
  if (!name && !generateName) {
    return [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: name or generateName is required',
        field: 'metadata.name',
      },
    ];
  }
  if (name && (!DNS_NAME.test(name) || name.length > 253)) {
    const message = `Invalid value: ${JSON.stringify(name)}: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`;
    return [{ reason: 'FieldValueInvalid', message, field: 'metadata.name' }];
  }
  return [];
}

/** The object of a body, checked against the request's kind, name and namespace. */
function objectFrom(body: JsonObject, request: ResourceRequest): KubeObject {
  const { served, namespace, name } = request;
  const expected = groupVersion(served.group, served.version);
  const { apiVersion = expected, kind = served.resource.kind } = body;
  if (apiVersion !== expected || kind !== served.resource.kind) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${served.resource.kind}): got ${String(kind)} of ${String(apiVersion)}, expected ${expected}`,
    );
  }
  if (body.metadata !== undefined && !isObject(body.metadata)) {
    throw badRequest(
      `${served.resource.kind} in version "${served.version}" cannot be handled as a ${served.resource.kind}: metadata must be an object`,
    );
  }
  const wrong = typeError(kind, body);
  if (wrong !== undefined) {
    throw badRequest(`${kind} in version "${served.version}" cannot be handled as a ${kind}: ${wrong}`);
  }
  const metadata = { ...(body.metadata ?? {}) } as unknown as KubeObject['metadata'];
  if (namespace && metadata.namespace && metadata.namespace !== namespace) {
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  }
  if (namespace) metadata.namespace = namespace;
  if (name && metadata.name && metadata.name !== name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  if (name) metadata.name = name;
  delete (metadata as { managedFields?: unknown }).managedFields;
  const object: KubeObject = { ...body, metadata };
  const { apiVersion: storedVersion, kind: storedKind } = served.resource;
  return { ...(served.conversion?.toStored(object) ?? object), apiVersion: storedVersion, kind: storedKind };
}

/** Defaults, then validation; throws Invalid with every complaint. */
function admit(
  object: KubeObject,
  previous: KubeObject | undefined,
  request: ResourceRequest,
  context: ApiContext,
): void {
  const { resource, version, prepare } = request.served;
  const name = object.metadata.name ?? '';
  if (resource.needsSpec && !isObject((object as { spec?: unknown }).spec)) {
    throw invalid(resource, name, [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec' }]);
  }
  const causes = nameCauses(object.metadata);
  try {
    prepare?.(object, previous, context);
    causes.push(...(resource.validate?.(object, previous, context) ?? []));
  } catch (error) {
    // A field of another type than its kind gives it is the sender's mistake.
    if (!(error instanceof TypeError)) throw error;
    throw badRequest(
      `${resource.kind} in version "${version}" cannot be handled as a ${resource.kind}: ${error.message}`,
    );
  }
  if (causes.length > 0) throw invalid(resource, name, causes);
}

function needNamespace(request: ResourceRequest, context: ApiContext, object: KubeObject): void {
  const { namespace } = request;
  if (namespace === undefined) return;
  const found: Namespace | undefined = context.store.get('namespaces', { name: namespace });
  if (!found) throw notFound(context.store.resource('namespaces'), namespace);
  if (!found.metadata.deletionTimestamp) return;
  const { group, plural } = request.served.resource;
  throw new ApiError(
    'Forbidden',
    `${group ? `${plural}.${group}` : plural} "${object.metadata.name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    {
      name: object.metadata.name,
      kind: plural,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  );
}

/** `POST` of a new object. */
export function createObject(request: ResourceRequest, context: ApiContext): Reply {
  const object = objectFrom(decodeObject(request.body, request.contentType), request);
  needNamespace(request, context, object);
  admit(object, undefined, request, context);
  const { key } = request.served.resource;
  if (isDryRun(request)) {
    const uid = '00000000-0000-4000-8000-000000000000';
    Object.assign(object.metadata, { uid, creationTimestamp: toTime(context.clock.now()) });
    return { status: 201, body: presentObject(object, presentationOf(request, context)) };
  }
  const created = context.store.create(key, object);
  return { status: 201, body: presentObject(created, presentationOf(request, context)) };
}

/** The previous object with only what this request may write taken from `next`: all but the status, or only that. */
function confined(previous: KubeObject, next: KubeObject, subresource: string | undefined): KubeObject {
  const { status: before, ...rest } = previous as KubeObject & { status?: unknown };
  const { status: after, ...nextRest } = next as KubeObject & { status?: unknown };
  if (subresource === 'status' || subresource === 'approval') {
    const metadata = { ...rest.metadata, annotations: next.metadata.annotations, labels: next.metadata.labels };
    return { ...rest, metadata, ...(after !== undefined && { status: after }) } as KubeObject;
  }
  return { ...nextRest, ...(before !== undefined && { status: before }) } as KubeObject;
}

function replace(
  request: ResourceRequest,
  context: ApiContext,
  next: (previous: KubeObject) => KubeObject,
  expect: string | undefined,
): Reply {
  const { key } = request.served.resource;
  const ref = refOf(request);
  const change = (previous: KubeObject): KubeObject => {
    const stored = structuredClone(previous);
    const wanted = confined(stored, next(previous), hasStatus(request) ? request.subresource : 'none');
    if (request.subresource === undefined) admit(wanted, stored, request, context);
    return wanted;
  };
  const written = isDryRun(request)
    ? change(structuredClone(context.store.need(key, ref)))
    : context.store.update(key, ref, change, expect);
  return { status: 200, body: presentObject(written, presentationOf(request, context)) };
}

/** Whether the kind keeps its status apart from its spec. */
const hasStatus = ({ served }: ResourceRequest) => served.resource.subresources.includes('status');

/** `PUT` of a whole object or of its status. */
export function replaceObject(request: ResourceRequest, context: ApiContext): Reply {
  const object = objectFrom(decodeObject(request.body, request.contentType), request);
  return replace(request, context, () => object, object.metadata.resourceVersion);
}

type Patcher = (target: Json, patch: Json) => Json;

const PATCHES: Record<string, Patcher> = {
  'application/json-patch+json': jsonPatch,
  'application/merge-patch+json': mergePatch,
  'application/strategic-merge-patch+json': strategicMergePatch,
};

/** The patch of a request as a function, by its content type; 415 for a type that is not served. */
export function patcherOf(request: ResourceRequest): (target: Json) => Json {
  const type = request.contentType.split(';')[0]?.trim() ?? '';
  const patcher = PATCHES[type];
  if (!patcher) {
    throw new ApiError(
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${Object.keys(PATCHES).join(', ')}`,
    );
  }
  const patch = decodeBody(request.body, type);
  return (target) => patcher(target, patch);
}

/** `PATCH` of an object or of its status. */
export function patchObject(request: ResourceRequest, context: ApiContext): Reply {
  const patch = patcherOf(request);
  const { served } = request;
  return replace(
    request,
    context,
    (previous) => {
      const target = versioned(previous, served);
      const patched = patch(target as unknown as Json);
      if (!isObject(patched)) throw badRequest('the patch must leave an object');
      const next = objectFrom(patched, request);
      const { resourceVersion } = next.metadata;
      if (resourceVersion && resourceVersion !== previous.metadata.resourceVersion) {
        throw conflict(served.resource, previous.metadata.name);
      }
      return next;
    },
    undefined,
  );
}
