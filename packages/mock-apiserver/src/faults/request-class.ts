import type { ReceivedRequest } from '../api/hooks.ts';

/** What requests do, as faults tell them apart; whatever names no resource (discovery, health) is a get. */
export const VERBS = ['list', 'watch', 'get', 'write'] as const;
export type Verb = (typeof VERBS)[number];

/** What faults see of a request. `resource` is the plural, such as `pods`, and empty where there is none. */
export interface RequestClass {
  verb: Verb;
  resource: string;
  userAgent: string;
}

/** Which requests a fault befalls; an empty resource or user agent stands for all, a user agent may be a part of one. */
export interface RequestScope {
  verbs: readonly Verb[];
  resource: string;
  userAgent: string;
}

const isOn = (flag: string | null) => flag !== null && flag !== 'false' && flag !== '0';

/** Classifies a request by its path and method. */
export function classify({ method, url, headers }: ReceivedRequest): RequestClass {
  const userAgent = headers['user-agent'] ?? '';
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const below = parts[0] === 'api' ? parts.slice(2) : parts[0] === 'apis' ? parts.slice(3) : [];
  const inNamespace = below[0] === 'namespaces' && below.length > 2 && below[2] !== 'status' && below[2] !== 'finalize';
  const [resource = '', name] = inNamespace ? below.slice(2) : below;
  const reads = method === 'GET' || method === 'HEAD';
  if (!reads) return { verb: 'write', resource, userAgent };
  if (resource === '') return { verb: 'get', resource, userAgent };
  if (isOn(url.searchParams.get('watch'))) return { verb: 'watch', resource, userAgent };
  return { verb: name === undefined ? 'list' : 'get', resource, userAgent };
}

/** Whether a request is one of those that a fault befalls. */
export function isInScope({ verb, resource, userAgent }: RequestClass, scope: RequestScope): boolean {
  return (
    scope.verbs.includes(verb) &&
    (scope.resource === '' || scope.resource === resource) &&
    userAgent.includes(scope.userAgent)
  );
}
