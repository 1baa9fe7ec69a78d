import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError, badRequest } from '../api-error.ts';
import { foreignPage } from '../foreign-page.ts';
import { userOf } from './access/identity.ts';
import { handle } from './handler.ts';
import type { ApiHooks, ReceivedRequest } from './hooks.ts';
import type { ApiContext } from './request.ts';
import { refuse } from './respond.ts';

/** Where to listen; port 0 is any free one. */
export interface ListenOptions {
  host: string;
  port: number;
}

/** The API over HTTP. */
export interface ApiServer {
  url: string;
  /** Ends every watch and connection, and resolves once nothing listens any more; again does nothing. */
  close(): Promise<void>;
}

/** The apiserver's own limit (`MaxRequestBodyBytes`). */
const MOST_BODY_BYTES = 3 * 1024 * 1024;

/** As Go's servers allow (`http.DefaultMaxHeaderBytes`). */
const MOST_HEADER_BYTES = 1024 * 1024;

/** Answers bytes that are no HTTP request with a Status, where somebody is left to read it. */
function refuseUnreadable(error: Error, socket: Duplex): void {
  const refusal = badRequest(`the request cannot be read: ${error.message}`);
  if (!socket.writable || ('bytesWritten' in socket && Number(socket.bytesWritten) > 0)) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(refusal.toStatus());
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\nconnection: close\r\n\r\n${body}`);
}

/** Reads to the end whatever comes, so that the answer finds its reader, but keeps no more than the limit. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= MOST_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  if (size > MOST_BODY_BYTES) {
    throw new ApiError('RequestEntityTooLarge', `Request entity too large: limit is ${MOST_BODY_BYTES}`);
  }
  return Buffer.concat(chunks);
}

function urlOf({ url = '/', headers }: IncomingMessage): URL {
  const base = `http://${headers.host ?? 'localhost'}`;
  if (!URL.canParse(url, base)) throw badRequest(`"${url}" at host "${headers.host}" is no valid URL`);
  return new URL(url, base);
}

async function toHttpRequest(
  request: IncomingMessage,
  { store, clock }: ApiContext,
  names: readonly string[],
): Promise<ReceivedRequest> {
  const body = await readBody(request);
  const foreign = foreignPage(request.headers, names);
  if (foreign !== undefined) throw new ApiError('Forbidden', foreign);
  return {
    method: request.method ?? 'GET',
    url: urlOf(request),
    accept: request.headers.accept,
    acceptEncoding: request.headers['accept-encoding']?.toString(),
    userAgent: request.headers['user-agent'] ?? '',
    ifNoneMatch: request.headers['if-none-match'],
    contentType: request.headers['content-type'] ?? '',
    headers: request.headers,
    body,
    user: userOf(request.headers, store, clock),
  };
}

function listen(server: Server, { host, port }: ListenOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      const bound = address !== null && typeof address === 'object' ? address.port : port;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`);
    });
  });
}

/** Serves the API; rejects when the address cannot be had. */
export async function startApiServer(
  context: ApiContext,
  options: ListenOptions,
  hooks: ApiHooks = {},
): Promise<ApiServer> {
  const { gate = (_request, _response, proceed) => proceed() } = hooks;
  const answer = (request: ReceivedRequest, response: ServerResponse) =>
    gate(request, response, () => {
      if (!hooks.proxy?.(request, response)) handle(request, context, response);
    });
  const server = createServer({ maxHeaderSize: MOST_HEADER_BYTES }, (request, response) => {
    toHttpRequest(request, context, [options.host]).then(
      (read) => answer(read, response),
      (error: unknown) => {
        if (error instanceof ApiError) refuse(error, response);
        // A body that breaks off has nobody left to answer.
        else response.destroy();
      },
    );
  });
  server.on('clientError', refuseUnreadable);
  // What a client expects besides is nothing to wait for: it is answered as it asked.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.keepAliveTimeout = 60_000;
  const url = await listen(server, options);
  return {
    url,
    close: () =>
      new Promise((resolve, reject) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
