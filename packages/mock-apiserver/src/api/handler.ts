import type { ServerResponse } from 'node:http';
import { ApiError } from '../api-error.ts';
import { needAllowed } from './access/authorize.ts';
import { deleteCollection, deleteObject } from './delete.ts';
import { evictPod } from './eviction.ts';
import { parseFlag } from './list-options.ts';
import { handleMeta } from './meta.ts';
import { patchObject } from './patch-object.ts';
import { sendPodLog } from './pod-log.ts';
import { bindPod } from './pod-subresources.ts';
import { getObject, listObjects, listReply } from './read.ts';
import type { ApiContext, HttpRequest, Reply, ResourceRequest } from './request.ts';
import type { Verb } from './resource.ts';
import { resourceRequest } from './resource-request.ts';
import { fail, sendJson } from './respond.ts';
import { getScale, patchScale, replaceScale } from './scale.ts';
import { createToken } from './service-account-token.ts';
import { createVirtual, getVirtual, listVirtual } from './virtual.ts';
import { watchObjects } from './watch.ts';
import { createObject, replaceObject } from './write.ts';
import { type Writing, writeList, writingOf } from './write-list.ts';

const NO_ROUTE = new ApiError('NotFound', 'the server could not find the requested resource');

type Handler = (request: ResourceRequest, context: ApiContext) => Reply;

/** What is done to a part of an object. */
const PART: Record<string, Handler> = { GET: getObject, PUT: replaceObject, PATCH: patchObject };

/** What answers a request for a resource: by subresource (`''` for none, `*` for a collection) and method. */
const HANDLERS: Record<string, Record<string, Handler>> = {
  '*': { GET: listReply, POST: createObject, DELETE: deleteCollection },
  '': { GET: getObject, PUT: replaceObject, PATCH: patchObject, DELETE: deleteObject },
  status: PART,
  scale: { GET: getScale, PUT: replaceScale, PATCH: patchScale },
  eviction: { POST: evictPod },
  binding: { POST: bindPod },
  finalize: { PUT: replaceObject },
  token: { POST: createToken },
  approval: PART,
  ephemeralcontainers: PART,
  resize: PART,
};

/** The same for what is not kept. */
const VIRTUAL_HANDLERS: typeof HANDLERS = {
  '*': { GET: listVirtual, POST: createVirtual },
  '': { GET: getVirtual },
};

/** What a method does to a resource, by whether one object is named. */
const VERBS: Record<string, [collection: Verb, object: Verb]> = {
  GET: ['list', 'get'],
  POST: ['create', 'create'],
  PUT: ['update', 'update'],
  PATCH: ['patch', 'patch'],
  DELETE: ['deletecollection', 'delete'],
};

const isWatch = ({ method, query }: ResourceRequest) => method === 'GET' && parseFlag(query.get('watch'), 'watch');

/** Refuses what the roles do not allow whoever asks. */
function checkAllowed(request: ResourceRequest, { store }: ApiContext): void {
  const { user, served, method, namespace, name, subresource } = request;
  const verb = isWatch(request) ? 'watch' : VERBS[method]?.[name === undefined ? 0 : 1];
  if (verb === undefined) return;
  const { group, resource } = served;
  needAllowed(store, user, { verb, group, resource: resource.plural, subresource, namespace, name });
}

/** Answers a request for a resource that is neither a watch nor a log; throws ApiError. */
export function answerResource(request: HttpRequest, context: ApiContext): Reply {
  const wanted = resourceRequest(request, context.store);
  if (!wanted) throw NO_ROUTE;
  return answer(wanted, context);
}

function needSubresource({ subresource, served }: ResourceRequest): void {
  const known = subresource === undefined || served.resource.subresources.some((other) => other === subresource);
  if (!known) throw NO_ROUTE;
}

function answer(request: ResourceRequest, context: ApiContext): Reply {
  needSubresource(request);
  checkAllowed(request, context);
  const { subresource, name, method, served } = request;
  const handlers = served.resource.virtual ? VIRTUAL_HANDLERS : HANDLERS;
  const handler = handlers[name === undefined ? '*' : (subresource ?? '')]?.[method];
  const verb = VERBS[method]?.[name === undefined ? 0 : 1];
  const possible = subresource !== undefined || (verb !== undefined && served.resource.verbs.includes(verb));
  if (!handler || !possible) {
    throw new ApiError('MethodNotAllowed', 'the server does not allow this method on the requested resource');
  }
  return handler(request, context);
}

function handleResource(
  request: ResourceRequest,
  context: ApiContext,
  response: ServerResponse,
  writing: Writing,
): void {
  const { subresource, name, method, served } = request;
  if (subresource === undefined && isWatch(request) && served.resource.verbs.includes('watch')) {
    checkAllowed(request, context);
    watchObjects(request, context, response);
    return;
  }
  if (method === 'GET' && name === undefined && !served.resource.virtual) {
    checkAllowed(request, context);
    void writeList(listObjects(request, context), writing, response).catch((error: unknown) => fail(error, response));
    return;
  }
  if (subresource === 'log' && method === 'GET') {
    needSubresource(request);
    checkAllowed(request, context);
    sendPodLog(request, context, response);
    return;
  }
  sendJson(response, answer(request, context), writing);
}

/** Answers one request; whatever is refused is answered as a Status. */
export function handle(request: HttpRequest, context: ApiContext, response: ServerResponse): void {
  try {
    if (handleMeta(request, context, response)) return;
    const wanted = resourceRequest(request, context.store);
    if (!wanted) throw NO_ROUTE;
    handleResource(wanted, context, response, writingOf(request));
  } catch (error) {
    fail(error, response);
  }
}
