import type { RequestHandler } from 'express';
import { Problem } from './problem.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests for a host that we are not (DNS rebinding, S5) and requests from another origin. A name is compared
 * without its port.
 */
export function hostGuard(allowed: readonly string[]): RequestHandler {
  const names = new Set([...LOOPBACK, ...allowed.map((name) => name.toLowerCase())]);
  return (request, _response, next) => {
    const host = request.headers.host ?? '';
    if (!names.has(hostName(host))) {
      throw new Problem(403, `The host "${host}" is not served here. Start with --allowed-host NAME to allow it.`);
    }
    const { origin } = request.headers;
    if (origin !== undefined && !names.has(originName(origin))) {
      throw new Problem(403, `Requests from the origin "${origin}" are not served here.`);
    }
    next();
  };
}

/** Anything that changes state must come from a page of ours: same origin, and a header that no form can send (S9). */
export const actionGuard: RequestHandler = (request, _response, next) => {
  const { origin, host } = request.headers;
  if (origin !== undefined && URL.parse(origin)?.host !== host) {
    throw new Problem(403, `The origin "${origin}" is not this server's own.`);
  }
  if (request.headers['x-portolan-action'] !== '1') {
    throw new Problem(403, 'The header "x-portolan-action: 1" is missing.');
  }
  next();
};

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The headers of every answer (S8). */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Puts them on. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set(SECURITY_HEADERS);
  next();
};

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function originName(origin: string): string {
  return URL.parse(origin)?.hostname.toLowerCase() ?? '';
}
