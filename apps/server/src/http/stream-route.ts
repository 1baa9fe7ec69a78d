import type { Request, Response } from 'express';
import { GzipOutlet } from '../stream/gzip-outlet.ts';
import type { ClusterPort, StreamRequest } from './cluster-port.ts';
import { Problem } from './problem.ts';
import { kinds, values } from './query.ts';
import { SocketOutlet } from './socket-outlet.ts';

const FULL_RETRY_SECONDS = 5;
const KEEP_ALIVE_MS = 30_000;
const MOST_NAMESPACES = 64;
/** RFC 1123: a label has 63 characters at most, and so has a namespace. */
const LONGEST_NAMESPACE = 63;

/**
 * Opens the stream of a cluster. `parse` reads a cursor: the query's `from`, else the browser's `Last-Event-ID`; the
 * latter wins when a browser reconnects by itself, because it is newer than the address it was opened with.
 */
export function openStream(
  cluster: ClusterPort,
  request: Request,
  response: Response,
  parse: (text: string) => { epoch: string; seq: number } | null,
): void {
  const scope: StreamRequest['scope'] = { namespaces: namespaces(request), kinds: kinds(request) };
  const at = request.get('last-event-id') ?? values(request, 'from')[0];
  // What waits behind another answer of its connection has no socket: a stream that never flows would grow there.
  if (response.socket === null) {
    throw new Problem(
      400,
      'A stream is asked for on a connection whose answers have all come, not behind another request.',
    );
  }
  if (!cluster.accepts(scope)) {
    throw new Problem(
      503,
      'There are as many streams, or as many different scopes, as this server carries; try again.',
      {
        'Retry-After': String(FULL_RETRY_SECONDS + Math.ceil(cluster.retryMs() / 1000)),
      },
    );
  }
  const gzip = request.acceptsEncodings('gzip', 'identity') === 'gzip';
  const headers = {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
    Vary: 'Accept-Encoding',
    ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
  };
  if (request.method === 'HEAD') {
    response.writeHead(200, headers).end();
    return;
  }
  const { socket } = response;
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.cork();
  const plain = new SocketOutlet(response, socket, headers);
  const outlet = gzip ? new GzipOutlet(plain) : plain;
  outlet.write(Buffer.from(`retry: ${cluster.retryMs()}\n\n`));
  const from = at === undefined ? null : (parse(at) ?? 'unreadable');
  const session = cluster.open({ scope, from }, outlet);
  // What a viewer is greeted with leaves together.
  socket.uncork();
  socket.on('drain', () => session.drained());
  socket.on('close', () => session.gone());
}

/** The namespaces asked for; more than a person means, or a name that can be none, is refused. */
function namespaces(request: Request): string[] {
  const names = values(request, 'namespace');
  const long = names.find((name) => name.length > LONGEST_NAMESPACE);
  if (long !== undefined) {
    throw new Problem(
      400,
      `namespace: "${long.slice(0, LONGEST_NAMESPACE)}…" has more than ${LONGEST_NAMESPACE} characters.`,
    );
  }
  if (names.length > MOST_NAMESPACES) {
    throw new Problem(400, `namespace: ${names.length} are named; name ${MOST_NAMESPACES} at most, or none for all.`);
  }
  return names;
}
