import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { SECURITY_HEADERS } from './guards.ts';
import { Problem, problemBody } from './problem.ts';

const problems: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem(431, 'The headers of the request are longer than 16 KiB.'),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'The request did not come to its end in time.'),
};
const noRequest = new Problem(400, 'This is no HTTP request.');

/** For a server's `clientError`: answers what cannot be read as a request, and so reaches no route. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = problems[error.code ?? ''] ?? noRequest;
  const body = problemBody(problem);
  const headers = {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`);
}
