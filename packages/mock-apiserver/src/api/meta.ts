import type { ServerResponse } from 'node:http';
import { negotiateDiscovery } from './accept.ts';
import { servedBy } from './custom/custom-resources.ts';
import {
  aggregatedDiscovery,
  apiGroup,
  apiGroupList,
  apiResourceList,
  apiVersions,
  servedGroups,
} from './discovery.ts';
import { answerOpenApi } from './openapi/answer.ts';
import type { ApiContext, HttpRequest } from './request.ts';
import { send, sendJson } from './respond.ts';
import { writingOf } from './write-list.ts';

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

/** Discovery, OpenAPI, health and metrics: everything that is not a resource. True when it answered. */
export function handleMeta(request: HttpRequest, context: ApiContext, response: ServerResponse): boolean {
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
    const served = servedBy(context.store);
    if (version) {
      const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
      sendJson(response, { status: 200, body: aggregatedDiscovery(served, version, core) }, { type });
    } else sendJson(response, { status: 200, body: core ? apiVersions(host) : apiGroupList(served) }, { pretty });
    return true;
  }
  const body = metaDocument(pathname, context);
  // The version is always indented (apiserver `routes/version.go`).
  if (body) sendJson(response, { status: 200, body }, { pretty: pretty || body === VERSION });
  return body !== undefined;
}

function metaDocument(pathname: string, { store }: ApiContext): unknown {
  if (pathname === '/version') return VERSION;
  const [root, group = '', version] = pathname.split('/').filter((part) => part !== '');
  if (root !== 'api' && root !== 'apis') return undefined;
  const all = servedBy(store);
  if (root === 'api') return version === undefined ? apiResourceList(all, '', group) : undefined;
  if (version !== undefined) return pathname.split('/').length === 4 ? apiResourceList(all, group, version) : undefined;
  const found = servedGroups(all).find((served) => served.group === group && group !== '');
  return found && { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(found.group, found.versions) };
}
