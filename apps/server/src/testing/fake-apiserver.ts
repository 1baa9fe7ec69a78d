import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KubeObject } from '@portolan/shared';

const PLURALS: Readonly<Record<string, string>> = { namespaces: 'Namespace', nodes: 'Node', pods: 'Pod' };

const FIXED: Readonly<Record<string, object>> = {
  '/version': { gitVersion: 'v1.99.0' },
  '/apis': { groups: [] },
  '/api/v1': { resources: Object.keys(PLURALS).map((name) => ({ name })) },
};

interface OpenWatch {
  plural: string;
  response: ServerResponse;
}

/** A small apiserver over real HTTP: three kinds, lists, watches, single objects. It keeps every request it gets. */
export class FakeApiserver {
  readonly requests: { method: string; url: URL; authorization: string | undefined }[] = [];
  readonly #objects = new Map<string, Map<string, KubeObject>>(
    Object.keys(PLURALS).map((plural) => [plural, new Map()]),
  );
  readonly #server = createServer((request, response) => this.#answer(request, response));
  /** The only token that is let in. */
  token = 'canary-token';
  #watches = new Set<OpenWatch>();
  #version = 100;
  #events: { version: number; plural: string; line: string }[] = [];
  #oldest = 100;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get kubeconfig(): string {
    return JSON.stringify({
      kind: 'Config',
      clusters: [{ name: 'fake', cluster: { server: this.url } }],
      users: [{ name: 'fake', user: { token: this.token } }],
      contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
      'current-context': 'fake',
    });
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

  /** Watches that are open, by plural. */
  watches(plural: string): number {
    return [...this.#watches].filter((one) => one.plural === plural).length;
  }

  lists(plural: string): number {
    return this.requests.filter(({ url }) => url.pathname === `/api/v1/${plural}` && !url.searchParams.has('watch'))
      .length;
  }

  put(object: KubeObject): KubeObject {
    const plural = pluralOf(object);
    const key = keyOf(object);
    const type = this.#of(plural).has(key) ? 'MODIFIED' : 'ADDED';
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.#version) } };
    this.#of(plural).set(key, stored);
    this.#emit(plural, type, stored);
    return stored;
  }

  remove(object: KubeObject): void {
    const plural = pluralOf(object);
    this.#of(plural).delete(keyOf(object));
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.#version) } };
    this.#emit(plural, 'DELETED', last);
  }

  /** Cuts every watch in the middle of whatever it was doing. */
  cut(): void {
    for (const { response } of this.#watches) response.destroy();
  }

  /** Forgets its history: a watch from before now is answered 410. */
  compact(): void {
    this.#events = [];
    this.#oldest = this.#version;
  }

  #of(plural: string): Map<string, KubeObject> {
    const objects = this.#objects.get(plural);
    if (objects === undefined) throw new Error(`no such resource: ${plural}`);
    return objects;
  }

  #emit(plural: string, type: string, object: KubeObject): void {
    const line = `${JSON.stringify({ type, object })}\n`;
    this.#events.push({ version: this.#version, plural, line });
    for (const watch of this.#watches) if (watch.plural === plural) watch.response.write(line);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push({ method: request.method ?? '', url, authorization: request.headers.authorization });
    const plural = /^\/api\/v1\/(\w+)$/.exec(url.pathname)?.[1];
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      json(response, 401, { kind: 'Status', code: 401, message: 'Unauthorized' });
      return;
    }
    const fixed = FIXED[url.pathname];
    if (fixed !== undefined) {
      json(response, 200, fixed);
      return;
    }
    if (plural !== undefined && this.#objects.has(plural)) {
      if (url.searchParams.has('sendInitialEvents')) {
        json(response, 422, {
          kind: 'Status',
          code: 422,
          reason: 'Invalid',
          message: 'sendInitialEvents is forbidden',
        });
      } else if (url.searchParams.get('watch') === '1')
        this.#watch(plural, Number(url.searchParams.get('resourceVersion')), response);
      else this.#list(plural, url, response);
      return;
    }
    const [, namespace = '', of = '', name = ''] =
      /^\/api\/v1(?:\/namespaces\/([^/]+))?\/(\w+)\/([^/]+)$/.exec(url.pathname) ?? [];
    const object = this.#objects.get(of)?.get(`${namespace}/${name}`);
    if (object === undefined) json(response, 404, { kind: 'Status', code: 404, message: 'not found' });
    else json(response, 200, object);
  }

  /** Pages of two, however many were asked for, so that every list of some size is paged. */
  #list(plural: string, url: URL, response: ServerResponse): void {
    const all = [...this.#of(plural).values()];
    const at = Number(url.searchParams.get('continue') ?? 0);
    const more = at + 2 < all.length ? { continue: String(at + 2) } : {};
    json(response, 200, {
      kind: `${PLURALS[plural]}List`,
      apiVersion: 'v1',
      metadata: { resourceVersion: String(this.#version), ...more },
      items: all.slice(at, at + 2).map(({ kind: _kind, apiVersion: _apiVersion, ...item }) => item),
    });
  }

  #watch(plural: string, since: number, response: ServerResponse): void {
    if (since < this.#oldest) {
      json(response, 410, { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' });
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const watch = { plural, response };
    this.#watches.add(watch);
    response.on('close', () => this.#watches.delete(watch));
    for (const event of this.#events) if (event.plural === plural && event.version > since) response.write(event.line);
  }
}

function pluralOf({ kind }: KubeObject): string {
  return `${kind?.toLowerCase()}s`;
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
