import type { ServerResponse } from 'node:http';
import type { Random } from '@portolan/shared';
import { needAllowed } from '../api/access/authorize.ts';
import type { ApiHooks, ReceivedRequest } from '../api/hooks.ts';
import { decodePart } from '../api/resource-request.ts';
import { refuse } from '../api/respond.ts';
import { ApiError, badRequest, serviceUnavailable } from '../api-error.ts';
import type { Clock } from '../clock.ts';
import { between } from '../controllers/context.ts';
import type { ObjectRef } from '../store/kinds.ts';
import { answerOf } from './image-answers.ts';
import { namingHeaders } from './pod-sockets.ts';
import { type ReachOptions, reach } from './reach.ts';
import type { Redis } from './redis.ts';
import type { Routes, Target } from './routes.ts';
import { servedBy } from './served-by.ts';

/** How long a container takes over a request, and how long the apiserver waits for one that is silent; real milliseconds. */
const ANSWER_MS = [2, 8] as const;
const DIAL_TIMEOUT_MS = 30_000;

/** What the apiserver's proxy works with. */
export interface ApiProxyOptions extends ReachOptions {
  wall: Clock;
  random: Random;
  routes: Routes;
  redis: Redis;
}

/** Answers a request below `…/proxy`; false for every other path. */
export type ApiProxy = NonNullable<ApiHooks['proxy']>;

/** What a method asks the roles for; the others read. */
const VERBS: Record<string, string> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

const PATH = /^\/api\/v1\/namespaces\/([^/]+)\/(services|pods)\/([^/]+)\/proxy(\/.*)?$/;

/** `[scheme:]name[:port]` (apimachinery `util/net/port_split.go`). */
function splitId(id: string): { name: string; port: string } | undefined {
  const parts = id.split(':');
  const [scheme = '', name = '', port = ''] = parts.length === 3 ? parts : ['', ...parts];
  const valid = parts.length <= 3 && name !== '' && ['', 'http', 'https'].includes(scheme);
  return valid ? { name, port } : undefined;
}

/** The pod that a service leads to (`ResourceLocation` in `pkg/registry/core/service/storage`). */
function throughService({ store, routes }: ApiProxyOptions, namespace: string, id: string): Target {
  const asked = splitId(id);
  if (!asked) throw badRequest(`invalid service request "${id}"`);
  const { name, port } = asked;
  store.need('services', { namespace, name });
  const known = routes.of({ namespace, name });
  const byNumber = /^\d+$/.test(port);
  const route = known.find((candidate) => (byNumber ? candidate.port === Number(port) : candidate.portName === port));
  if (byNumber && !route) throw serviceUnavailable(`no service port ${port} found for service "${name}"`);
  const target = route && routes.pick(route);
  if (!target) throw serviceUnavailable(`no endpoints available for service "${id}"`);
  return target;
}

/** A pod by its name (`ResourceLocation` in `pkg/registry/core/pod/strategy.go`). */
function toPod({ store }: ApiProxyOptions, namespace: string, id: string): Target {
  const asked = splitId(id);
  if (!asked) throw badRequest(`invalid pod request "${id}"`);
  const { name, port } = asked;
  const pod = store.need('pods', { namespace, name });
  const first = pod.spec.containers.flatMap(({ ports = [] }) => ports)[0]?.containerPort ?? 80;
  const ip = pod.status?.podIP;
  if (!ip) throw badRequest('address not allowed');
  return { namespace, name, uid: pod.metadata.uid, ip, port: port === '' ? first : Number(port) };
}

/**
 * The proxy subresource of services and pods: `/api/v1/namespaces/{ns}/services/{[scheme:]name[:port]}/proxy/…`, through the
 * same rules as connections. Pods speak plain HTTP whatever the scheme.
 */
export function createApiProxy(options: ApiProxyOptions): ApiProxy {
  const { store, wall, random, redis } = options;

  const forward = (target: Target, path: string, request: ReceivedRequest, response: ServerResponse) => {
    const met = reach(options, target);
    const unreachable = (why: string) => serviceUnavailable(`error trying to reach service: ${why}`);
    if (met.state === 'refused') throw unreachable(met.why);
    if (met.state === 'silent') {
      wall.after(DIAL_TIMEOUT_MS, () => refuse(unreachable(met.why), response));
      return;
    }
    const image = met.container.image ?? '';
    const by = servedBy(store, met.pod, image);
    const { method, headers, body } = request;
    const answer = answerOf(image);
    if (!answer) throw unreachable('EOF');
    wall.after(between(random, ANSWER_MS), () => {
      const answered = answer({ method, path, headers, body: body.toString('utf8') }, by, redis);
      response.writeHead(answered.status, {
        ...answered.headers,
        ...namingHeaders(by),
        'content-length': Buffer.byteLength(answered.body),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      response.end(method === 'HEAD' ? undefined : answered.body);
    });
  };

  return (request, response) => {
    const { pathname, search } = request.url;
    const [, namespace = '', plural, id = '', path] = PATH.exec(pathname) ?? [];
    if (plural === undefined) return false;
    try {
      if (path === undefined) {
        response.writeHead(301, { location: `${pathname}/${search}` }).end();
        return true;
      }
      const named = decodePart(id);
      checkAllowed(options, request, { namespace, name: named }, plural);
      const lookUp = plural === 'services' ? throughService : toPod;
      const target = lookUp(options, namespace, named);
      forward(target, path, request, response);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refuse(error, response);
    }
    return true;
  };
}

/** Refuses who may not use the proxy, as for any other subresource. */
function checkAllowed(
  { store }: ApiProxyOptions,
  { method, user }: ReceivedRequest,
  target: ObjectRef,
  plural: string,
): void {
  const verb = VERBS[method] ?? 'get';
  needAllowed(store, user, { verb, group: '', resource: plural, subresource: 'proxy', ...target });
}
