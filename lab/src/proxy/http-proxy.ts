import { once } from 'node:events';
import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as requestPlain,
  type Server,
  type ServerResponse,
} from 'node:http';
import { request as requestTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Clock } from '../../../apps/server/src/clock.ts';
import { asksFor, type Exchange } from './exchange.ts';
import type { Lie } from './lie.ts';
import { Lines } from './lines.ts';

/** Where requests lead: `http:` or `https:`, with the authority to trust and a client certificate where it wants one. */
export interface Upstream {
  url: string;
  ca?: string | Buffer;
  cert?: string | Buffer;
  key?: string | Buffer;
  /** Sent with each request, over what the client sent: credentials that the client need not have. */
  headers?: Readonly<Record<string, string>>;
}

interface Flight extends Exchange {
  forward: ClientRequest | null;
  /** Set once a watch's lines are under way. */
  lines: Lines | null;
}

const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'host']);

/**
 * An HTTP proxy on loopback: plain towards its client, plain or TLS towards its server. Bodies stream; a token passes as it
 * came. Lies that are told to it speak in the server's place. It never leaves out a line by itself.
 */
export class HttpProxy {
  readonly #clock: Clock;
  readonly #server: Server;
  readonly #lies = new Set<Lie>();
  readonly #flights = new Set<Flight>();
  #upstream: Upstream;
  #port = 0;
  /** Rewrites the address of each request before it is sent on. */
  rewrite: (url: URL) => void = () => undefined;

  constructor(upstream: Upstream, clock: Clock) {
    this.#upstream = upstream;
    this.#clock = clock;
    this.#server = createServer((request, response) => this.#meet(request, response));
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  get port(): number {
    return this.#port;
  }

  /** The requests under way. */
  get exchanges(): readonly Exchange[] {
    return [...this.#flights];
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Breaks off what is under way, and listens no more. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    for (const { forward } of this.#flights) forward?.destroy();
    await closed;
  }

  /** Where requests to come lead; those under way go on. */
  lead(upstream: Upstream): void {
    this.#upstream = upstream;
  }

  /** Tells a lie until the answered function is called. The one told last speaks first. */
  tell(lie: Lie): () => void {
    this.#lies.add(lie);
    return () => this.#lies.delete(lie);
  }

  #meet(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://proxy');
    const flight: Flight = {
      asks: asksFor(url),
      url,
      request,
      response,
      forward: null,
      lines: null,
      inject(bytes) {
        if (flight.lines === null || response.writableEnded || response.destroyed) return false;
        response.write(bytes);
        return true;
      },
      breakOff: () => {
        flight.forward?.destroy();
        response.socket?.end();
      },
    };
    this.#flights.add(flight);
    response.on('close', () => {
      this.#flights.delete(flight);
      flight.forward?.destroy();
    });
    for (const lie of this.#latestFirst()) if (lie.answer?.(flight) === true) return;
    this.#forward(flight);
  }

  #forward(flight: Flight): void {
    const { request, response } = flight;
    const { url: base, ca, cert, key, headers } = this.#upstream;
    const url = new URL(flight.url.pathname + flight.url.search, base);
    this.rewrite(url);
    const terms = {
      method: request.method ?? 'GET',
      headers: { ...passed(request.headers), ...headers },
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      agent: false as const,
    };
    const forward = url.protocol === 'https:' ? requestTls(url, terms) : requestPlain(url, terms);
    flight.forward = forward;
    forward.on('error', () => response.socket?.resetAndDestroy());
    forward.on('response', (answer) => {
      answer.on('error', () => response.socket?.resetAndDestroy());
      const held = Math.max(0, ...this.#latestFirst().map((lie) => lie.holds?.(flight) ?? 0));
      if (held === 0) this.#pass(flight, answer);
      else this.#clock.after(held, () => this.#pass(flight, answer));
    });
    request.pipe(forward);
  }

  #pass(flight: Flight, answer: IncomingMessage): void {
    const { response, asks } = flight;
    if (response.destroyed) return;
    if (this.#compresses(flight, answer)) {
      const { 'content-length': _plain, ...headers } = passed(answer.headers);
      response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-encoding': 'gzip' });
      pipeline(answer, createGzip(), response, () => undefined);
      return;
    }
    response.writeHead(answer.statusCode ?? 502, passed(answer.headers));
    response.flushHeaders();
    const lined = (asks === 'watch' || asks === 'watchList') && answer.headers['content-encoding'] === undefined;
    const lines = lined ? new Lines() : null;
    flight.lines = lines;
    answer.on('data', (chunk: Buffer) => {
      if (response.writableEnded || response.destroyed) return;
      const flowing = lines === null ? response.write(chunk) : this.#sendLines(flight, lines.push(chunk));
      if (!flowing) answer.pause();
    });
    response.on('drain', () => answer.resume());
    answer.on('end', () => {
      // An answer that broke off upstream must not look whole here.
      if (!answer.complete) response.socket?.resetAndDestroy();
      else if (!response.writableEnded) response.end(lines?.rest);
    });
  }

  #compresses(flight: Flight, answer: IncomingMessage): boolean {
    if (answer.headers['content-encoding'] !== undefined) return false;
    if (!String(flight.request.headers['accept-encoding']).includes('gzip')) return false;
    return this.#latestFirst().some((lie) => lie.compresses?.(flight));
  }

  #sendLines(flight: Flight, lines: readonly Buffer[]): boolean {
    let flowing = true;
    for (const line of lines) {
      const told = this.#latestFirst().reduce<ReturnType<NonNullable<Lie['line']>>>(
        (said, lie) => said ?? lie.line?.(line, flight) ?? null,
        null,
      );
      for (const bytes of told?.send ?? [line]) flowing = flight.response.write(bytes) && flowing;
      if (told?.end !== true) continue;
      flight.response.end();
      flight.forward?.destroy();
      return true;
    }
    return flowing;
  }

  #latestFirst(): Lie[] {
    return [...this.#lies].reverse();
  }
}

function passed(headers: IncomingMessage['headers']): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.has(name)));
}
