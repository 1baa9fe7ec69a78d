import { badRequest } from '../api-error.ts';
import type { Store } from '../store/store.ts';
import { servedBy } from './custom/custom-resources.ts';
import type { HttpRequest, ResourceRequest } from './request.ts';

/** A part of a path without its percent-encoding; throws 400 where that is malformed. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw badRequest(`the path has "${part}", which is no valid percent-encoding`);
  }
}

/** Takes `/api/v1/namespaces/default/pods/x/status` apart; undefined when no resource is served there. */
export function resourceRequest(request: HttpRequest, store: Store): ResourceRequest | undefined {
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
  const served = servedBy(store).find(
    (entry) => entry.group === group && entry.version === version && entry.resource.plural === plural,
  );
  if (!served || rest.length > 3) return undefined;
  if (!served.resource.namespaced && namespace !== undefined) return undefined;
  if (served.resource.namespaced && name !== undefined && namespace === undefined) return undefined;
  const { method, accept, contentType, body, user, userAgent, url } = request;
  const query = url.searchParams;
  return { method, served, namespace, name, subresource, query, accept, contentType, body, user, userAgent };
}
