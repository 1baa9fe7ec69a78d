import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

const isLoopbackName = (name: string) => name === 'localhost' || name.endsWith('.localhost');

/**
 * Why a request is not answered: a page of the browser sends it that is not the server's own, by a name that leads here
 * only because somebody pointed it here (DNS rebinding) or from another origin. Undefined for what clients such as kubectl
 * send. Addresses, `localhost` and `names` are names of the server.
 */
export function foreignPage(
  { host, origin }: Pick<IncomingHttpHeaders, 'host' | 'origin'>,
  names: readonly string[] = [],
): string | undefined {
  if (host !== undefined) {
    const name = (URL.parse(`http://${host}`)?.hostname ?? '').replace(/^\[(.*)\]$/, '$1');
    if (isIP(name) === 0 && !isLoopbackName(name) && !names.includes(name)) {
      return `the host ${JSON.stringify(host)} is not served here: use localhost or an address`;
    }
  }
  if (origin !== undefined && URL.parse(origin)?.host !== host?.toLowerCase()) {
    return `requests from the origin ${JSON.stringify(origin)} are not served here`;
  }
  return undefined;
}
