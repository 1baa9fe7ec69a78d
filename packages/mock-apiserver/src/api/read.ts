import type { KubeObject } from '@portolan/shared';
import { ApiError } from '../api-error.ts';
import { negotiateShape } from './accept.ts';
import { listOptionsOf, markToken, type PageMark, parseVersion } from './list-options.ts';
import { type IncludeObject, type ListMeta, type Presentation, presentList, presentObject } from './present.ts';
import { type ApiContext, type Reply, type ResourceRequest, refOf } from './request.ts';
import { objectsIn, scopeOf, selectionOf } from './selection.ts';

/** How this request wants its answer. */
export function presentationOf(request: ResourceRequest, context: ApiContext): Presentation {
  const include = (request.query.get('includeObject') ?? 'Metadata') as IncludeObject;
  return { served: request.served, shape: negotiateShape(request.accept), include, now: context.clock.now() };
}

/** `GET` of one object, not older than the version asked for. */
export function getObject(request: ResourceRequest, context: ApiContext): Reply {
  const { key } = request.served.resource;
  const asked = parseVersion(request.query.get('resourceVersion'));
  if (asked !== undefined && asked > context.store.version) context.store.checkVersion(key, asked);
  const object = context.store.need(key, refOf(request));
  return { status: 200, body: presentObject(object, presentationOf(request, context)) };
}

/** A list before it is written: its objects, read one after the other, so that nobody need build the whole. */
export interface Listing {
  objects: Iterable<KubeObject>;
  metadata: ListMeta;
  presentation: Presentation;
}

function* filtered(objects: readonly KubeObject[], accepts: (object: KubeObject) => boolean): Generator<KubeObject> {
  for (const object of objects) if (accepts(object)) yield object;
}

/** The Expired of a list, with a token that goes on at the newest where one went before (etcd3 `errors.go`). */
function expired(mark: PageMark | undefined): ApiError {
  if (!mark) return new ApiError('Expired', 'The resourceVersion for the provided list is too old.');
  const message =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
  return new ApiError('Expired', message, undefined, {
    continue: markToken({ version: undefined, after: mark.after }),
  });
}

/** `GET` of a collection: selectors, pages, and the version it stood at. */
export function listObjects(request: ResourceRequest, context: ApiContext): Listing {
  const { query, served, namespace } = request;
  const { store } = context;
  const { key } = served.resource;
  const { limit, mark, version: asked, exact } = listOptionsOf(query);
  if (asked !== undefined && asked > store.version) store.checkVersion(key, asked);
  const version = (mark ? mark.version : exact ? asked : undefined) ?? store.version;
  const selection = selectionOf(query, served.resource);
  const presentation = presentationOf(request, context);
  const metadata: ListMeta = { resourceVersion: String(version) };
  const scope = scopeOf(query, served.resource, namespace, undefined);
  const narrow = scope.of === 'object' || scope.of === 'index';
  if (version === store.version && !mark && (limit === 0 || narrow)) {
    const within = (object: KubeObject) => namespace === undefined || object.metadata.namespace === namespace;
    const objects = objectsIn(scope, key, store);
    const accepts = narrow ? (object: KubeObject) => within(object) && selection(object) : selection;
    if (limit === 0 || objects.length <= limit) return { objects: filtered(objects, accepts), metadata, presentation };
  }
  // A token holds what comes after the part that all keys of the list have in common.
  const prefix = served.resource.namespaced ? (namespace === undefined ? '' : `${namespace}/`) : '/';
  try {
    const page = store.page(key, {
      version,
      namespace,
      after: mark && prefix + mark.after,
      limit,
      accepts: selection,
    });
    if (page.remaining > 0) {
      metadata.continue = markToken({ version, after: page.last.slice(prefix.length) });
      // As the apiserver, which cannot count what a selector would leave.
      if (!query.get('labelSelector') && !query.get('fieldSelector')) metadata.remainingItemCount = page.remaining;
    }
    return { objects: page.items, metadata, presentation };
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'Expired') throw expired(mark);
    throw error;
  }
}

/** As `listObjects`, built whole. */
export function listReply(request: ResourceRequest, context: ApiContext): Reply {
  const { objects, metadata, presentation } = listObjects(request, context);
  return { status: 200, body: presentList([...objects], metadata, presentation) };
}
