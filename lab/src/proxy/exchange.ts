import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a request is after, as far as lies differ. */
export type Asks = 'discovery' | 'list' | 'page' | 'watch' | 'watchList' | 'stream' | 'other';

/** One request on its way, and what is said back to it. */
export interface Exchange {
  readonly asks: Asks;
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Puts bytes between two lines of a watch that is under way; false where there is none. */
  inject(bytes: Buffer): boolean;
  /** Ends the answer to the client in the middle of what it is, and forgets the server's. */
  breakOff(): void;
}

/** What a request is after. A page is a list's second or later; a list is of a whole collection. */
export function asksFor(url: URL): Asks {
  const { pathname, searchParams } = url;
  if (/\/stream$/.test(pathname)) return 'stream';
  if (['1', 'true'].includes(searchParams.get('watch') ?? '')) {
    return searchParams.get('sendInitialEvents') === 'true' ? 'watchList' : 'watch';
  }
  if (searchParams.has('continue')) return 'page';
  if (/^\/(version|apis?|apis?\/[^/]+|apis\/[^/]+\/[^/]+)$/.test(pathname)) return 'discovery';
  if (/^\/(api\/v1|apis\/[^/]+\/[^/]+)\/(namespaces\/[^/]+\/)?[^/]+$/.test(pathname)) return 'list';
  return 'other';
}
