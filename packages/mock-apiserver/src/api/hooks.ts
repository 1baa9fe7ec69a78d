import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { HttpRequest } from './request.ts';

/** A request as it came over HTTP, with all of its headers. */
export interface ReceivedRequest extends HttpRequest {
  headers: IncomingHttpHeaders;
}

/** What may have its say before a request is handled. */
export interface ApiHooks {
  /** Lets a request through to `handle` at once, later or never; by default at once. */
  gate?(request: ReceivedRequest, response: ServerResponse, handle: () => void): void;
  /** Answers what is below a proxy subresource; false for every other path. */
  proxy?(request: ReceivedRequest, response: ServerResponse): boolean;
}
