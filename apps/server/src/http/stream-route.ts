import type { Request, Response } from 'express';
import type { ClusterPort, StreamOutlet, StreamRequest } from './cluster-port.ts';
import { Problem } from './problem.ts';
import { kinds, values } from './query.ts';

const FULL_RETRY_SECONDS = '10';

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
  const scope: StreamRequest['scope'] = { namespaces: values(request, 'namespace'), kinds: kinds(request) };
  const at = request.get('last-event-id') ?? values(request, 'from')[0];
  if (!cluster.accepts()) {
    throw new Problem(503, 'There are as many streams as this server carries; try again.', {
      'Retry-After': FULL_RETRY_SECONDS,
    });
  }
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  response.socket?.setNoDelay(true);
  response.write(`retry: ${cluster.retryMs()}\n\n`);
  const from = at === undefined ? null : (parse(at) ?? 'unreadable');
  const session = cluster.open({ scope, from }, outletOf(response));
  response.on('drain', () => session.drained());
  response.on('close', () => session.gone());
}

function outletOf(response: Response): StreamOutlet {
  return {
    write: (bytes) => response.write(bytes),
    get unsent() {
      return response.writableLength;
    },
    end: (bytes) => void response.end(bytes),
    destroy: () => void response.destroy(),
  };
}
