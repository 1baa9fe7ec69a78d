import { once } from 'node:events';
import { type IncomingMessage, createServer as plain, type Server, type ServerResponse } from 'node:http';
import { createServer as secure } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers as a test tells it to, over TLS where it is given a certificate; it counts its connections. */
export class Listener {
  readonly requests: IncomingMessage[] = [];
  answer: Answer;
  connections = 0;
  readonly open = new Set<Socket>();
  readonly server: Server;
  readonly #scheme: string;

  constructor(answer: Answer, tls: (SecureContextOptions & { requestCert?: boolean }) | null = null) {
    this.answer = answer;
    this.#scheme = tls === null ? 'http' : 'https';
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      this.requests.push(request);
      this.answer(request, response);
    };
    this.server = tls === null ? plain(handle) : secure({ ...tls, rejectUnauthorized: false }, handle);
    this.server.on('connection', (socket: Socket) => {
      this.connections++;
      this.open.add(socket);
      socket.on('close', () => this.open.delete(socket)).on('error', () => undefined);
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Its address, by a host that its certificate may or may not name. */
  url(host = '127.0.0.1'): string {
    return `${this.#scheme}://${host}:${this.port}`;
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    if (!this.server.listening) return;
    this.server.close();
    await once(this.server, 'close');
  }
}
