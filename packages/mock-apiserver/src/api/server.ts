import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type HttpRequest, handle } from './handler.ts';
import type { ApiContext } from './request.ts';

/** Where to listen; port 0 is any free one. */
export interface ListenOptions {
  host: string;
  port: number;
}

/** The API over HTTP. */
export interface ApiServer {
  url: string;
  /** Ends every watch and connection, and resolves once nothing listens any more. */
  close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function toHttpRequest(request: IncomingMessage): Promise<HttpRequest> {
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`),
    accept: request.headers.accept,
    contentType: request.headers['content-type'] ?? '',
    body: await readBody(request),
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
export async function startApiServer(context: ApiContext, options: ListenOptions): Promise<ApiServer> {
  const server = createServer((request, response) => {
    toHttpRequest(request).then(
      (read) => handle(read, context, response),
      // A body that breaks off has nobody left to answer.
      () => response.destroy(),
    );
  });
  server.keepAliveTimeout = 60_000;
  const url = await listen(server, options);
  return {
    url,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
