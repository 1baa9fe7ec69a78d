import type { Clock } from '../clock.ts';
import type { ObjectRef } from '../store/kinds.ts';
import type { UserInfo } from './access/user.ts';
import type { Measures, ServedResource } from './resource.ts';
import type { WatchGauge } from './watch-gauge.ts';

/** What every handler works with. */
export interface ApiContext extends Measures {
  /** The wall's clock for what clients count in real seconds: timeouts and bookmarks. */
  wall: Clock;
  gauge: WatchGauge;
  /** How many times as fast as the wall's the simulated time passes. */
  speed(): number;
}

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

/** A request for a resource, taken apart. */
export interface ResourceRequest {
  method: string;
  served: ServedResource;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
  query: URLSearchParams;
  accept: string | undefined;
  contentType: string;
  body: Buffer;
  /** The program that asks, as it names itself; undefined for the cluster itself. */
  userAgent?: string | undefined;
  /** Who asks; the cluster's administrator where nobody is named. */
  user?: UserInfo | undefined;
}

/** Any answer but a stream. */
export interface Reply {
  status: number;
  body: unknown;
  /** What the sender is warned of. */
  warnings?: string[];
}

/** What a request names; only for requests that name one. */
export function refOf(request: ResourceRequest): ObjectRef {
  return { namespace: request.namespace, name: request.name ?? '' };
}
