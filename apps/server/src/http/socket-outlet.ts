import type { OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Response } from 'express';
import type { StreamOutlet } from './cluster-port.ts';

/**
 * Answers 200 with a body that ends with its connection (RFC 9112, 6.3, rule 8), and hands out what writes to it. Messages
 * go to the socket as they are: no chunk sizes stand between them, so that the same bytes serve every viewer and each write
 * is one call of the system. Node's own response would make it three buffers, and half again as long.
 */
export function socketOutlet(response: Response, socket: Socket, headers: OutgoingHttpHeaders): StreamOutlet {
  response.useChunkedEncodingByDefault = false;
  response.writeHead(200, { ...headers, Connection: 'close' });
  response.flushHeaders();
  return {
    write: (bytes) => socket.write(bytes),
    get unsent() {
      return socket.writableLength;
    },
    end(bytes) {
      socket.write(bytes);
      socket.destroySoon();
    },
    destroy: () => void socket.destroy(),
  };
}
