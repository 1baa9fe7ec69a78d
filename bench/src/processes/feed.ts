import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants, gzipSync } from 'node:zlib';
import { Digest } from '@portolan/shared';
import { type Collection, pathOf } from '../fed/collection.ts';
import { drawOf } from '../fed/draw.ts';

const TURN_MS = 10;
/** As the apiserver compresses (`defaultGzipContentEncodingLevel`), and pages as a client asks for them. */
const LEVEL = constants.Z_BEST_SPEED;
const PAGE = 500;
/** Writes of a cluster for each object that it holds. */
const WRITES = 60;
/** Of draws: no kind of a cluster has this number. */
const VERSIONS = 7;

/** A collection with the versions of its objects, and the pages that are ready to be sent. */
class Shelf {
  readonly of: Collection;
  readonly versions: number[];
  #pages: (Buffer | undefined)[] = [];

  constructor(of: Collection, versionOf: (index: number) => number) {
    this.of = of;
    this.versions = Array.from({ length: of.count }, (_, index) => versionOf(index));
  }

  object(index: number): object {
    const { kind, version } = this.of;
    return { kind, apiVersion: version, ...this.of.object(index, String(this.versions[index])) };
  }

  set(index: number, version: number): void {
    this.versions[index] = version;
    this.#pages[Math.floor(index / PAGE)] = undefined;
  }

  get pages(): number {
    return Math.max(1, Math.ceil(this.versions.length / PAGE));
  }

  /** A page, compressed, as of now. */
  page(number: number, resourceVersion: number): Buffer {
    const made = this.#pages[number];
    if (made !== undefined) return made;
    const [begin, end] = [number * PAGE, Math.min(this.versions.length, (number + 1) * PAGE)];
    const items: object[] = [];
    for (let index = begin; index < end; index++) items.push(this.of.object(index, String(this.versions[index])));
    const { kind, version } = this.of;
    const left = this.versions.length - end;
    const more = left === 0 ? {} : { continue: String(number + 1), remainingItemCount: left };
    const metadata = { resourceVersion: String(resourceVersion), ...more };
    const list = { kind: `${kind}List`, apiVersion: version, metadata, items };
    const page = gzipSync(JSON.stringify(list), { level: LEVEL });
    this.#pages[number] = page;
    return page;
  }
}

/** The least of an apiserver: it lists by compressed pages, and its pods change as fast as is asked. */
export class Feed {
  #server = createServer((request, response) => this.#answer(request, response));
  #shelves: Map<string, Shelf>;
  #version = 100_000_000;
  #next = 0;
  #watches = new Map<Shelf, Set<ServerResponse>>();
  #timer: NodeJS.Timeout | undefined;
  #port = 0;
  #held: (() => void)[] | null = null;

  constructor(cluster: readonly Collection[]) {
    // Written last in no particular order, as a cluster's objects are.
    this.#shelves = new Map(
      cluster.map((one) => {
        const base = this.#version;
        const span = one.count * WRITES;
        this.#version += span;
        return [pathOf(one), new Shelf(one, (index) => base + drawOf(VERSIONS, index).below(span))];
      }),
    );
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

  /** Makes every page before it is asked for, and answers their bytes. */
  prepare(): number {
    let bytes = 0;
    for (const shelf of this.#shelves.values()) {
      for (let page = 0; page < shelf.pages; page++) bytes += shelf.page(page, this.#version).length;
    }
    return bytes;
  }

  /** The lists of a server wait until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Lets lists go, and resolves once so many collections are watched, which is when they have been read. */
  async release(): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    for (const go of held) go();
    while (this.#watches.size < this.#shelves.size) await once(this.#server, 'request');
  }

  /** Changes so many pods a second, one after the other, until it is told another rate; 0 is none. */
  flow(rate: number): void {
    clearInterval(this.#timer);
    const pods = this.#shelves.get('/api/v1/pods');
    if (rate === 0 || pods === undefined) return;
    const began = performance.now();
    let done = 0;
    this.#timer = setInterval(() => {
      const due = Math.floor(((performance.now() - began) * rate) / 1000);
      let lines = '';
      for (; done < due; done++) {
        this.#next = (this.#next + 1) % pods.versions.length;
        pods.set(this.#next, ++this.#version);
        lines += `${JSON.stringify({ type: 'MODIFIED', object: pods.object(this.#next) })}\n`;
      }
      if (lines !== '') for (const watch of this.#watches.get(pods) ?? []) watch.write(lines);
    }, TURN_MS);
  }

  /** The digest of what it holds, as a page must come to have it. */
  digest(): string {
    const digest = new Digest();
    for (const { of, versions } of this.#shelves.values()) {
      for (const [index, version] of versions.entries()) digest.add(of.uid(index), String(version));
    }
    return digest.toString();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer({ url, headers }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url ?? '/', 'http://feed');
    const json = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const shelf = this.#shelves.get(pathname);
    if (pathname === '/version') json(200, { gitVersion: 'v1.20.2' });
    else if (pathname === '/apis') json(200, { groups: this.#groups() });
    else if (shelf === undefined) this.#resources(pathname, json);
    else if (searchParams.has('sendInitialEvents')) json(400, { kind: 'Status', code: 400, message: 'not known here' });
    else if (searchParams.has('watch')) this.#watch(shelf, response);
    else {
      const list = () => {
        const page = shelf.page(Number(searchParams.get('continue') ?? 0), this.#version);
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(page);
      };
      if (this.#held === null || !headers['user-agent']?.startsWith('portolan/')) list();
      else this.#held.push(list);
    }
  }

  #watch(shelf: Shelf, response: ServerResponse): void {
    const watches = this.#watches.get(shelf) ?? new Set();
    this.#watches.set(shelf, watches.add(response));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    response.on('close', () => watches.delete(response));
  }

  #groups(): object[] {
    const versions = new Set([...this.#shelves.values()].map(({ of }) => of.version));
    versions.delete('v1');
    return [...versions].map((groupVersion) => ({ versions: [{ groupVersion }] }));
  }

  #resources(pathname: string, json: (status: number, body: object) => void): void {
    const version = /^\/apis?\/(.+)$/.exec(pathname)?.[1];
    const here = [...this.#shelves.values()].filter(({ of }) => of.version === version);
    if (here.length === 0) json(404, { kind: 'Status', code: 404, message: 'not found' });
    else json(200, { resources: here.map(({ of }) => ({ name: of.plural, kind: of.kind })) });
  }
}
