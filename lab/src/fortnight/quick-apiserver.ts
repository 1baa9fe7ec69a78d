import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../../../apps/server/src/clock.ts';
import { type Holdings, SERVED, type Write } from './holdings.ts';

interface OpenWatch {
  plural: string;
  kind: string;
  apiVersion: string;
  response: ServerResponse;
  /** When it ends, and when its next bookmark is due, by the clock. */
  until: number;
  bookmarkAt: number;
}

const BOOKMARK_MS = 60_000;

/**
 * An apiserver over real HTTP whose time is a clock's: it ends watches when their time is out, sends bookmarks each minute,
 * and has every trouble that a schedule gives it. What is to happen by its time happens when `turn` is called.
 */
export class QuickApiserver {
  readonly holdings: Holdings;
  readonly #clock: Clock;
  readonly #server = createServer((request, response) => this.#take(request, response));
  readonly #watches = new Set<OpenWatch>();
  readonly #sockets = new Set<Socket>();
  readonly #held: (() => void)[] = [];
  #port = 0;
  #mute = false;
  #refusal: number | null = null;
  #tokens = 0;
  readonly counts = { requests: 0, watches: 0, refused: 0, expired: 0, unauthorized: 0 };

  constructor(holdings: Holdings, clock: Clock) {
    this.holdings = holdings;
    this.#clock = clock;
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The only token that is let in. */
  get token(): string {
    return `token-${this.#tokens}`;
  }

  /** Whether nothing is answered. */
  get mute(): boolean {
    return this.#mute;
  }

  get watches(): number {
    return this.#watches.size;
  }

  get sockets(): number {
    return this.#sockets.size;
  }

  /** Listens, at the same port as before if there was one. */
  async start(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** What is due by the clock: the cluster lives, bookmarks go out, watches end. */
  turn(): void {
    const now = this.#clock.monotonic();
    this.tell(this.holdings.live(this.#clock.now()));
    for (const watch of this.#watches) {
      if (now >= watch.until) {
        if (!this.#mute) watch.response.end();
      } else if (now >= watch.bookmarkAt) {
        watch.bookmarkAt += BOOKMARK_MS;
        const metadata = { resourceVersion: String(this.holdings.version), creationTimestamp: null };
        this.#line(watch, 'BOOKMARK', { kind: watch.kind, apiVersion: watch.apiVersion, metadata });
      }
    }
  }

  /** Sends writes to whoever watches. */
  tell(writes: readonly Write[]): void {
    for (const { plural, type, object } of writes) {
      for (const watch of this.#watches) if (watch.plural === plural) this.#line(watch, type, object);
    }
  }

  /** Cuts every watch. */
  cut(): void {
    for (const { response } of this.#watches) response.destroy();
  }

  /** A line to every watch, such as none may be. */
  scribble(line: string): void {
    this.#later(() => {
      for (const { response } of this.#watches) if (isOpen(response)) response.write(line);
    });
  }

  /** Answers every request with this status; null: as it should. */
  refuse(status: number | null): void {
    this.#refusal = status;
  }

  /** Answers nothing and says nothing, as a process that is stopped; then everything that was kept back. */
  silence(mute: boolean): void {
    this.#mute = mute;
    if (mute) return;
    for (const say of this.#held.splice(0)) say();
  }

  /** From here on another token is let in, and no other. */
  rotate(): void {
    this.#tokens++;
  }

  #later(say: () => void): void {
    if (this.#mute) this.#held.push(say);
    else say();
  }

  #line({ response }: OpenWatch, type: string, object: object): void {
    this.#later(() => {
      // What was kept back may be for a watch that has been cut since.
      if (isOpen(response)) response.write(`${JSON.stringify({ type, object })}\n`);
    });
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    this.counts.requests++;
    this.#later(() => this.#answer(request, response));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (response.destroyed) return;
    const url = new URL(request.url ?? '/', this.url);
    if (this.#refusal !== null) {
      this.counts.refused++;
      json(response, this.#refusal, { kind: 'Status', code: this.#refusal, message: 'so it was told' });
      return;
    }
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      this.counts.unauthorized++;
      json(response, 401, { kind: 'Status', code: 401, message: 'Unauthorized' });
      return;
    }
    const fixed = FIXED[url.pathname];
    const served = SERVED.find(({ group, plural }) => url.pathname === `${basePath(group)}/${plural}`);
    if (fixed !== undefined) json(response, 200, fixed);
    else if (served === undefined) json(response, 404, { kind: 'Status', code: 404, message: 'not found' });
    else if (url.searchParams.has('watch')) this.#watch(served, url.searchParams, response);
    else this.#list(served, url.searchParams, response);
  }

  #list({ kind, plural, group }: (typeof SERVED)[number], query: URLSearchParams, response: ServerResponse): void {
    const all = this.holdings.list(plural);
    const limit = Number(query.get('limit') ?? 0) || all.length;
    const from = Number(query.get('continue') ?? 0);
    const left = all.length - from - limit;
    const metadata = {
      resourceVersion: String(this.holdings.version),
      ...(left > 0 && { continue: String(from + limit), remainingItemCount: left }),
    };
    json(response, 200, { kind: `${kind}List`, apiVersion: group, metadata, items: all.slice(from, from + limit) });
  }

  #watch({ kind, plural, group }: (typeof SERVED)[number], query: URLSearchParams, response: ServerResponse): void {
    this.counts.watches++;
    const now = this.#clock.monotonic();
    const until = now + Number(query.get('timeoutSeconds')) * 1000;
    const watch = { plural, kind, apiVersion: group, response, until, bookmarkAt: now + BOOKMARK_MS };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    response.on('close', () => this.#watches.delete(watch));
    const version = Number(query.get('resourceVersion'));
    if (query.has('sendInitialEvents')) {
      for (const object of this.holdings.list(plural)) this.#line(watch, 'ADDED', object);
      const annotations = { 'k8s.io/initial-events-end': 'true' };
      const metadata = { resourceVersion: String(this.holdings.version), creationTimestamp: null, annotations };
      this.#line(watch, 'BOOKMARK', { kind, apiVersion: group, metadata });
    } else {
      const past = this.holdings.after(plural, version);
      if (past === null) {
        this.counts.expired++;
        const status = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' };
        response.end(`${JSON.stringify({ type: 'ERROR', object: status })}\n`);
        return;
      }
      for (const { type, object } of past) this.#line(watch, type, object);
    }
    this.#watches.add(watch);
  }
}

function isOpen(response: ServerResponse): boolean {
  return !response.writableEnded && !response.destroyed;
}

function basePath(group: string): string {
  return group.includes('/') ? `/apis/${group}` : `/api/${group}`;
}

const FIXED: Readonly<Record<string, object>> = {
  '/version': { gitVersion: 'v1.32.3' },
  '/apis': { groups: [{ versions: [{ groupVersion: 'apps/v1' }] }] },
  '/api/v1': { resources: SERVED.filter(({ group }) => group === 'v1').map(({ plural }) => ({ name: plural })) },
  '/apis/apps/v1': {
    resources: SERVED.filter(({ group }) => group !== 'v1').map(({ plural }) => ({ name: plural })),
  },
  '/api/v1/namespaces/kube-system': { kind: 'Namespace', metadata: { name: 'kube-system', uid: 'uid-kube-system' } },
};

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
