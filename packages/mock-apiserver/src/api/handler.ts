import type { ServerResponse } from 'node:http';
import { ApiError, badRequest } from '../api-error.ts';
import { negotiateDiscovery } from './accept.ts';
import { authorize, forbidden } from './access/authorize.ts';
import type { UserInfo } from './access/user.ts';
import { deleteCollection, deleteObject } from './delete.ts';
import {
  aggregatedDiscovery,
  apiGroup,
  apiGroupList,
  apiResourceList,
  apiVersions,
  servedGroups,
} from './discovery.ts';
import { evictPod } from './eviction.ts';
import { parseFlag } from './list-options.ts';
import { answerOpenApi } from './openapi/answer.ts';
import { patchObject } from './patch-object.ts';
import { sendPodLog } from './pod-log.ts';
import { bindPod } from './pod-subresources.ts';
import { getObject, listObjects, listReply } from './read.ts';
import type { ApiContext, Reply, ResourceRequest } from './request.ts';
import type { Verb } from './resource.ts';
import { SERVED } from './resources.ts';
import { getScale, patchScale, replaceScale } from './scale.ts';
import { createToken } from './service-account-token.ts';
import { createVirtual, getVirtual, listVirtual } from './virtual.ts';
import { watchObjects } from './watch.ts';
import { createObject, replaceObject } from './write.ts';
import { type Writing, writeList } from './write-list.ts';

/** One HTTP request with its body read. */
export interface HttpRequest {
  method: string;
  url: URL;
  accept: string | undefined;
  acceptEncoding?: string | undefined;
  userAgent?: string | undefined;
  ifNoneMatch?: string | undefined;
  contentType: string;
  body: Buffer;
  /** Who asks; the cluster's administrator where nobody is named. */
  user?: UserInfo;
}

const VERSION = {
  major: '1',
  minor: '32',
  gitVersion: 'v1.32.0',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '2024-12-11T00:00:00Z',
  goVersion: 'go1.23.3',
  compiler: 'gc',
  platform: 'linux/amd64',
};

const NO_ROUTE = new ApiError('NotFound', 'the server could not find the requested resource');

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** A warning as its header has it (RFC 7234, 5.5; apimachinery `pkg/util/net/http.go`, NewWarningHeader). */
const warningHeader = (warning: string) =>
  `299 - "${warning.replaceAll(/[\\"]/g, '\\$&').replaceAll(/[^ -~]+/g, ' ')}"`;

function sendJson(
  response: ServerResponse,
  { status, body, warnings = [] }: Reply,
  { type = 'application/json', pretty = false }: { type?: string; pretty?: boolean } = {},
): void {
  if (warnings.length > 0) response.setHeader('warning', warnings.map(warningHeader));
  send(response, status, type, JSON.stringify(body, null, pretty ? 2 : 0));
}

/** How a request wants its answer written; browsers and curl have it indented (`isPrettyPrint` in the apiserver). */
function writingOf({ url, acceptEncoding = '', userAgent = '' }: HttpRequest): Writing {
  const pretty = url.searchParams.get('pretty');
  return {
    gzip: acceptEncoding.split(',').some((one) => one.trim().split(';')[0] === 'gzip'),
    pretty: pretty === null ? /^(curl|Wget|Mozilla\/5\.0)/.test(userAgent) : ['1', 'true'].includes(pretty),
  };
}

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
  if (!user) return;
  const verb = isWatch(request) ? 'watch' : VERBS[method]?.[name === undefined ? 0 : 1];
  if (verb === undefined) return;
  const wanted = { verb, group: served.group, resource: served.resource.plural, subresource, namespace, name };
  if (!authorize(store, user, wanted).allowed) throw forbidden(user, wanted);
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw badRequest(`the path has "${part}", which is no valid percent-encoding`);
  }
}

/** Takes `/api/v1/namespaces/default/pods/x/status` apart; undefined when no resource is served there. */
function resourceRequest(request: HttpRequest): ResourceRequest | undefined {
  const parts = request.url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodePart);
  const core = parts[0] === 'api';
  const group = core ? '' : (parts[1] ?? '');
  const version = (core ? parts[1] : parts[2]) ?? '';
  let rest = parts.slice(core ? 2 : 3);
  let namespace: string | undefined;
  // `namespaces/x` and its subresources are the namespace itself; anything else below lies in it.
  if (rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2] ?? '')) {
    namespace = rest[1];
    rest = rest.slice(2);
  }
  const [plural, name, subresource] = rest;
  const served = SERVED.find(
    (entry) => entry.group === group && entry.version === version && entry.resource.plural === plural,
  );
  if (!served || rest.length > 3) return undefined;
  if (!served.resource.namespaced && namespace !== undefined) return undefined;
  if (served.resource.namespaced && name !== undefined && namespace === undefined) return undefined;
  const { method, accept, contentType, body, user, userAgent, url } = request;
  const query = url.searchParams;
  return { method, served, namespace, name, subresource, query, accept, contentType, body, user, userAgent };
}

/** Answers a request for a resource that is neither a watch nor a log; throws ApiError. */
export function answerResource(request: HttpRequest, context: ApiContext): Reply {
  const wanted = resourceRequest(request);
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

/** Discovery, OpenAPI, health and metrics: everything that is not a resource. True when it answered. */
function handleMeta(request: HttpRequest, context: ApiContext, response: ServerResponse): boolean {
  const { pathname, host } = request.url;
  const { pretty } = writingOf(request);
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (['/healthz', '/livez', '/readyz'].includes(pathname)) {
    send(response, 200, 'text/plain; charset=utf-8', 'ok');
    return true;
  }
  if (pathname === '/metrics') {
    send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', context.gauge.metrics());
    return true;
  }
  if (pathname.startsWith('/openapi/')) return answerOpenApi(request, response);
  if (pathname === '/api' || pathname === '/apis') {
    const core = pathname === '/api';
    const version = negotiateDiscovery(request.accept);
    if (version) {
      const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
      sendJson(response, { status: 200, body: aggregatedDiscovery(version, core) }, { type });
    } else sendJson(response, { status: 200, body: core ? apiVersions(host) : apiGroupList() }, { pretty });
    return true;
  }
  const body = metaDocument(pathname);
  // The version is always indented (apiserver `routes/version.go`).
  if (body) sendJson(response, { status: 200, body }, { pretty: pretty || body === VERSION });
  return body !== undefined;
}

function metaDocument(pathname: string): unknown {
  if (pathname === '/version') return VERSION;
  const [root, group = '', version] = pathname.split('/').filter((part) => part !== '');
  if (root === 'api' && version === undefined) return apiResourceList('', group);
  if (root !== 'apis') return undefined;
  if (version !== undefined) return pathname.split('/').length === 4 ? apiResourceList(group, version) : undefined;
  const found = servedGroups().find((served) => served.group === group && group !== '');
  return found && { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(found.group, found.versions) };
}

/** Answers one request; whatever is refused is answered as a Status. */
export function handle(request: HttpRequest, context: ApiContext, response: ServerResponse): void {
  try {
    if (handleMeta(request, context, response)) return;
    const wanted = resourceRequest(request);
    if (!wanted) throw NO_ROUTE;
    handleResource(wanted, context, response, writingOf(request));
  } catch (error) {
    fail(error, response);
  }
}

/** Refuses with what an error says; one that nobody foresaw is an InternalError. */
function fail(error: unknown, response: ServerResponse): void {
  const known =
    error instanceof ApiError ? error : new ApiError('InternalError', `Internal error occurred: ${String(error)}`);
  refuse(known, response);
}

/** Answers with an error's Status, or breaks off what has already begun to answer. */
export function refuse(error: ApiError, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const seconds = error.details?.retryAfterSeconds;
  if (seconds) response.setHeader('retry-after', seconds);
  sendJson(response, { status: error.code, body: error.toStatus() });
}
