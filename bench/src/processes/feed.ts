import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Digest } from '@portolan/shared';

const TURN_MS = 10;
const LISTS: Readonly<Record<string, string>> = { namespaces: 'NamespaceList', nodes: 'NodeList', pods: 'PodList' };

/** The least of an apiserver: pods that change as fast as is asked, each change dated in the label `at` (ms). */
export class Feed {
  #server = createServer((request, response) => this.#answer(new URL(request.url ?? '/', 'http://feed'), response));
  #versions: number[];
  #version = 1000;
  #next = 0;
  #watches = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;
  #port = 0;

  constructor(pods: number) {
    this.#versions = Array.from({ length: pods }, () => ++this.#version);
  }

  /** Listens; answers a kubeconfig. */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return JSON.stringify({
      kind: 'Config',
      clusters: [{ name: 'feed', cluster: { server: this.url } }],
      users: [{ name: 'feed', user: { token: 'feed' } }],
      contexts: [{ name: 'feed', context: { cluster: 'feed', user: 'feed' } }],
      'current-context': 'feed',
    });
  }

  /** Its address, once it listens. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Changes so many pods a second, one after the other, until it is told another rate; 0 is none. */
  flow(rate: number): void {
    clearInterval(this.#timer);
    if (rate === 0) return;
    const began = performance.now();
    let done = 0;
    this.#timer = setInterval(() => {
      const due = Math.floor(((performance.now() - began) * rate) / 1000);
      let lines = '';
      for (; done < due; done++) {
        this.#next = (this.#next + 1) % this.#versions.length;
        this.#versions[this.#next] = ++this.#version;
        lines += `${JSON.stringify({ type: 'MODIFIED', object: this.#pod(this.#next) })}\n`;
      }
      if (lines !== '') for (const watch of this.#watches) watch.write(lines);
    }, TURN_MS);
  }

  /** The digest of what it holds, as a page must come to have it. */
  digest(): string {
    const digest = new Digest();
    for (const [index, version] of this.#versions.entries()) digest.add(`uid-${index}`, String(version));
    return digest.toString();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #pod(index: number): object {
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `web-${index}`,
        namespace: 'default',
        uid: `uid-${index}`,
        resourceVersion: String(this.#versions[index]),
        creationTimestamp: '2026-01-01T00:00:00Z',
        labels: { app: 'web', at: (performance.timeOrigin + performance.now()).toFixed(3) },
      },
      spec: { nodeName: `node-${index % 20}`, containers: [{ name: 'main', image: 'registry.example/web:1' }] },
      status: {
        phase: 'Running',
        podIP: `10.0.${index >> 8}.${index & 255}`,
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [{ name: 'main', ready: true, restartCount: 0, state: { running: {} } }],
      },
    };
  }

  #answer({ pathname, searchParams }: URL, response: ServerResponse): void {
    const json = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const plural = /^\/api\/v1\/(\w+)$/.exec(pathname)?.[1] ?? '';
    if (pathname === '/version') json(200, { gitVersion: 'v1.20.2' });
    else if (pathname === '/api/v1') json(200, { resources: Object.keys(LISTS).map((name) => ({ name })) });
    else if (pathname === '/apis') json(200, { groups: [] });
    else if (!(plural in LISTS)) json(404, { kind: 'Status', code: 404, message: 'not found' });
    else if (searchParams.has('sendInitialEvents')) json(400, { kind: 'Status', code: 400, message: 'not known here' });
    else if (searchParams.has('watch')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      if (plural !== 'pods') return;
      this.#watches.add(response);
      response.on('close', () => this.#watches.delete(response));
    } else {
      const items = plural === 'pods' ? this.#versions.map((_, index) => this.#pod(index)) : [];
      const metadata = { resourceVersion: String(this.#version) };
      json(200, { kind: LISTS[plural], apiVersion: 'v1', metadata, items });
    }
  }
}
