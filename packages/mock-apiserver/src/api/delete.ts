import type { KubeObject } from '@portolan/shared';
import { ApiError } from '../api-error.ts';
import { decodeObject } from './body.ts';
import { isObject, type JsonObject } from './patch/json.ts';
import { presentList, presentObject } from './present.ts';
import { presentationOf } from './read.ts';
import { type ApiContext, type Reply, type ResourceRequest, refOf } from './request.ts';
import { selectionOf } from './selection.ts';

const FINALIZERS: Record<string, string> = { Foreground: 'foregroundDeletion', Orphan: 'orphan' };

/** `DeleteOptions` as they matter here. */
interface Options {
  graceSeconds: number | undefined;
  finalizer: string | undefined;
  uid: string | undefined;
  resourceVersion: string | undefined;
  dryRun: boolean;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** From the body, else from the query (`pkg/endpoints/handlers/delete.go`). */
function optionsOf(body: JsonObject, query: URLSearchParams): Options {
  const grace = body.gracePeriodSeconds ?? query.get('gracePeriodSeconds');
  const orphan = body.orphanDependents === true || query.get('orphanDependents') === 'true';
  const policy = text(body.propagationPolicy) ?? query.get('propagationPolicy') ?? (orphan ? 'Orphan' : 'Background');
  const preconditions = isObject(body.preconditions) ? body.preconditions : {};
  const dryRun = body.dryRun ?? query.getAll('dryRun');
  return {
    graceSeconds: grace === null || grace === undefined ? undefined : Number(grace),
    finalizer: FINALIZERS[policy],
    uid: text(preconditions.uid),
    resourceVersion: text(preconditions.resourceVersion),
    dryRun: Array.isArray(dryRun) && dryRun.includes('All'),
  };
}

/** What the apiserver keeps however it is asked (`plugin/pkg/admission/namespace/lifecycle`). */
const KEPT_NAMESPACES = new Set(['default', 'kube-system', 'kube-public']);

function deleteOne(object: KubeObject, options: Options, request: ResourceRequest, context: ApiContext) {
  const { resource } = request.served;
  const { name } = object.metadata;
  if (resource.key === 'namespaces' && KEPT_NAMESPACES.has(name)) {
    const details = { name, kind: resource.plural };
    throw new ApiError('Forbidden', `namespaces "${name}" is forbidden: this namespace may not be deleted`, details);
  }
  if (options.dryRun) return { object, gone: true };
  return context.store.delete(resource.key, object.metadata, options);
}

/** `DELETE` of one object: a Status once it is gone, the marked object while grace or finalizers remain. */
export function deleteObject(request: ResourceRequest, context: ApiContext): Reply {
  const { resource } = request.served;
  const current = context.store.need(resource.key, refOf(request));
  const options = optionsOf(decodeObject(request.body, request.contentType), request.query);
  const { object, gone } = deleteOne(current, options, request, context);
  if (!gone) return { status: 200, body: presentObject(object, presentationOf(request, context)) };
  const { name, uid } = object.metadata;
  const details = { name, ...(resource.group && { group: resource.group }), kind: resource.plural, uid };
  return { status: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } };
}

/** `DELETE` of a collection: everything the selectors name. */
export function deleteCollection(request: ResourceRequest, context: ApiContext): Reply {
  const { resource } = request.served;
  const options = optionsOf(decodeObject(request.body, request.contentType), request.query);
  const selection = selectionOf(request.query, resource);
  const objects = context.store.list(resource.key, request.namespace).filter(selection);
  const deleted = objects.map((object) => deleteOne(object, options, request, context).object);
  const metadata = { resourceVersion: String(context.store.version) };
  return { status: 200, body: presentList(deleted, metadata, presentationOf(request, context)) };
}
