import type { OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Response } from 'express';
import type { StreamOutlet } from './cluster-port.ts';

/**
 * An answer of 200 whose body ends with its connection (RFC 9112, 6.3, rule 8). Messages go to the socket as they are: no
 * chunk sizes stand between them, so that the same bytes serve every viewer and each write is one call of the system.
 * Node's own response would make it three buffers, and half again as long.
 */
export class SocketOutlet implements StreamOutlet {
  #socket: Socket;

  /** Answers at once with the headers. */
  constructor(response: Response, socket: Socket, headers: OutgoingHttpHeaders) {
    this.#socket = socket;
    response.useChunkedEncodingByDefault = false;
    response.writeHead(200, { ...headers, Connection: 'close' });
    response.flushHeaders();
  }

  get unsent(): number {
    return this.#socket.writableLength;
  }

  write(bytes: Buffer): boolean {
    return this.#socket.write(bytes);
  }

  end(bytes: Buffer): void {
    this.#socket.write(bytes);
    this.#socket.destroySoon();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
