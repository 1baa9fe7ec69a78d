import type { ServerResponse } from 'node:http';
import { ApiError } from '../api-error.ts';
import type { Reply } from './request.ts';

/** Sends a text as the whole answer. */
export function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** A warning as its header has it (RFC 7234, 5.5; apimachinery `pkg/util/net/http.go`, NewWarningHeader). */
const warningHeader = (warning: string) =>
  `299 - "${warning.replaceAll(/[\\"]/g, '\\$&').replaceAll(/[^ -~]+/g, ' ')}"`;

/** Sends a reply as JSON, its warnings in headers. */
export function sendJson(
  response: ServerResponse,
  { status, body, warnings = [] }: Reply,
  { type = 'application/json', pretty = false }: { type?: string; pretty?: boolean } = {},
): void {
  if (warnings.length > 0) response.setHeader('warning', warnings.map(warningHeader));
  send(response, status, type, JSON.stringify(body, null, pretty ? 2 : 0));
}

/** Refuses with what an error says; one that nobody foresaw is an InternalError. */
export function fail(error: unknown, response: ServerResponse): void {
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
