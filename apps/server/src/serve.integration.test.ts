import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Dashboard, serve } from './cli/serve.ts';
import { FakeApiserver } from './testing/fake-apiserver.ts';
import { namespaceObject, podObject } from './testing/objects.ts';
import { StreamClient } from './testing/stream-client.ts';
import { chooseClusters } from './watch/kubeconfig.ts';

const KINDS_SERVED = 3;

let apiserver: FakeApiserver;
let dashboard: Dashboard;
let folder: string;
let file: string;
let clients: StreamClient[];

beforeEach(async () => {
  apiserver = new FakeApiserver();
  await apiserver.start();
  apiserver.put(namespaceObject('default', '1'));
  for (const name of ['a', 'b', 'c']) apiserver.put(podObject(name, '1'));
  folder = mkdtempSync(join(tmpdir(), 'portolan-serve-'));
  file = join(folder, 'kubeconfig');
  writeFileSync(file, apiserver.kubeconfig);
  clients = [];
  dashboard = await serve({
    clusters: chooseClusters({ file, contexts: [], env: {} }).map((config) => ({ config, presenter: null })),
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    build: 'test',
    webRoot: join(folder, 'web'),
    log: pino({ level: 'silent' }),
  });
});

afterEach(async () => {
  for (const client of clients) client.close();
  await dashboard.close('the test is over');
  await apiserver.stop();
  rmSync(folder, { recursive: true });
});

async function open(query = '', headers: Record<string, string> = {}): Promise<StreamClient> {
  const client = await StreamClient.open(`${dashboard.url}/api/v1/clusters/fake/stream${query}`, headers);
  clients.push(client);
  return client;
}

const podSource = (one: StreamClient) => one.last('sources')?.data.sources.find(({ kind }) => kind === 'Pod');
const live = (one: StreamClient) =>
  one.last('sources')?.data.sources.filter(({ state }) => state === 'live').length === KINDS_SERVED;

/** A viewer that has seen the three pods, and every kind live. */
async function watching(query = ''): Promise<StreamClient> {
  const client = await open(query);
  await client.until((one) => one.names('Pod').length === 3 && live(one));
  return client;
}

const get = (path: string, init: RequestInit = {}) => fetch(dashboard.url + path, init);
const problemOf = async (response: Response) => [
  response.status,
  response.headers.get('content-type')?.split(';')[0],
  ((await response.json()) as { status: number }).status,
];

/** The status of a request that claims to be for another host; fetch would not let us lie. */
function statusAs(host: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(dashboard.url + path, { headers: { host } }, (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end();
  });
}

it('[T1] streams a snapshot and then every change, and agrees with the digest', async () => {
  const client = await watching();
  expect(client.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(client.headers.get('cache-control')).toBe('no-cache, no-transform');
  expect(client.headers.get('x-accel-buffering')).toBe('no');
  expect(client.headers.get('vary')).toContain('Accept-Encoding');
  apiserver.put(podObject('d', '1'));
  apiserver.remove(podObject('a', '1'));
  await client.until((one) => one.names('Pod').join() === 'b,c,d');
  const late = await open();
  await late.until((one) => one.last('synced') !== undefined);
  expect(late.last('synced')?.data.digest).toBe(client.digest());
});

it('[T17] says the same with and without compression, message by message, as it happens', async () => {
  const gzipped = await open('', { 'accept-encoding': 'gzip' });
  const plain = await open('', { 'accept-encoding': 'gzip;q=0, identity' });
  expect(gzipped.headers.get('content-encoding')).toBe('gzip');
  expect(plain.headers.has('content-encoding')).toBe(false);
  for (const name of ['d', 'e', 'f']) {
    apiserver.put(podObject(name, '1'));
    for (const client of [gzipped, plain]) await client.until((one) => one.names('Pod').includes(name));
  }
  expect(gzipped.digest()).toBe(plain.digest());
  await dashboard.close('the end');
  for (const client of [gzipped, plain]) {
    await client.ended();
    expect(client.last('goodbye')?.data.reason).toBe('the end');
  }
});

it('[T18] a scope that no person means is refused in words', async () => {
  const many = Array.from({ length: 65 }, (_, i) => `namespace=n${i}`).join('&');
  for (const query of [many, `namespace=${'n'.repeat(64)}`]) {
    expect(await problemOf(await get(`/api/v1/clusters/fake/stream?${query}`))).toEqual([
      400,
      'application/problem+json',
      400,
    ]);
  }
});

it('[T21] a stream asked for behind another request of its connection is refused', async () => {
  const { hostname, port } = new URL(dashboard.url);
  const socket = connect(Number(port), hostname);
  const ask = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
  socket.write(ask('/healthz') + ask('/api/v1/clusters/fake/stream', 'Connection: close\r\n'));
  const answers = await text(socket);
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
});

it('[T22] a stream is what its messages are, and ends with its connection', async () => {
  const { hostname, port } = new URL(dashboard.url);
  const socket = connect(Number(port), hostname);
  socket.write('GET /api/v1/clusters/fake/stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const whole = text(socket);
  await watching();
  await dashboard.close('the end');
  const [head = '', ...rest] = (await whole).split('\r\n\r\n');
  expect(head).toMatch(/^connection: close$/im);
  expect(head).not.toMatch(/transfer-encoding|content-length/i);
  expect(rest.join()).toMatch(/^retry: \d+\n\nevent: hello\n[^\r]*event: goodbye\ndata: .*\n\n$/s);
});

it('[W1] the apiserver sees one watch a kind, with one viewer or with ten', async () => {
  await watching();
  expect(apiserver.watches('pods')).toBe(1);
  await Promise.all(Array.from({ length: 10 }, () => watching()));
  for (const plural of ['pods', 'namespaces', 'nodes']) {
    expect([plural, apiserver.watches(plural)]).toEqual([plural, 1]);
  }
});

it('[W1] only GET is ever sent, with the credentials of the kubeconfig', async () => {
  await watching();
  await get('/api/v1/clusters/fake/objects/Pod/default/a');
  expect(new Set(apiserver.requests.map((one) => one.method))).toEqual(new Set(['GET']));
  expect(new Set(apiserver.requests.map((one) => one.authorization))).toEqual(new Set(['Bearer canary-token']));
});

it('[K21] no request names secrets, whatever viewers ask for', async () => {
  await watching();
  for (const name of ['Secret', 'secrets']) {
    expect(await problemOf(await get(`/api/v1/clusters/fake/objects/${name}/default/a`))).toEqual([
      400,
      'application/problem+json',
      400,
    ]);
    expect((await get(`/api/v1/clusters/fake/entities?kind=${name}`)).status).toBe(400);
  }
  expect(apiserver.requests.length).toBeGreaterThan(5);
  expect(apiserver.requests.filter((one) => /secret/i.test(one.url.href))).toEqual([]);
});

it('[H20] a kind is named as kubectl takes it', async () => {
  await watching();
  const found = async (kind: string) => {
    const answer = await get(`/api/v1/clusters/fake/entities?kind=${kind}`);
    return ((await answer.json()) as { entities: { name: string }[] }).entities.map(({ name }) => name).join();
  };
  expect(await Promise.all(['Pod', 'pod', 'pods', 'po'].map(found))).toEqual(['a,b,c', 'a,b,c', 'a,b,c', 'a,b,c']);
  expect(await found('ing,hpa,cm')).toBe('');
  expect((await get('/api/v1/clusters/fake/objects/po/default/a')).status).toBe(200);
});

it('[W5] watches that are cut resume where they were: nothing is lost and nothing is listed anew', async () => {
  const client = await watching();
  const lists = apiserver.lists('pods');
  apiserver.cut();
  apiserver.put(podObject('d', '1'));
  apiserver.remove(podObject('b', '1'));
  await client.until((one) => one.names('Pod').join() === 'a,c,d');
  expect(apiserver.lists('pods')).toBe(lists);
});

it('[W9] after an expired version the list makes the picture whole', async () => {
  const client = await watching();
  apiserver.cut();
  apiserver.put(podObject('d', '1'));
  apiserver.remove(podObject('b', '1'));
  apiserver.compact();
  await client.until((one) => one.names('Pod').join() === 'a,c,d');
});

it('[W8] an apiserver that goes is told by its sources, the data stays, and it heals', async () => {
  const client = await watching();
  await apiserver.stop();
  await client.until((one) => podSource(one)?.problem?.includes('ECONNREFUSED') === true);
  expect(podSource(client)?.state).toBe('backoff');
  expect(client.names('Pod')).toEqual(['a', 'b', 'c']);
  expect((await get('/healthz')).status).toBe(200);
  expect((await get('/readyz')).status).toBe(200);
  await apiserver.start();
  apiserver.put(podObject('d', '1'));
  await client.until((one) => one.names('Pod').length === 4 && podSource(one)?.state === 'live');
});

it('[W13, case 28] a token that was rotated is read from the kubeconfig, also after a moment in which that was half written', async () => {
  const client = await watching();
  apiserver.token = 'rotated';
  writeFileSync(file, '{"clusters": [');
  apiserver.cut();
  await client.until((one) => podSource(one)?.problem?.includes('cannot be read') === true);
  expect(podSource(client)?.state).toBe('authFailed');
  expect(client.names('Pod')).toEqual(['a', 'b', 'c']);
  writeFileSync(file, apiserver.kubeconfig);
  apiserver.put(podObject('d', '1'));
  await client.until((one) => one.names('Pod').length === 4 && live(one));
});

it('[T7] a viewer that comes back with its cursor gets what it missed and no snapshot', async () => {
  const client = await watching();
  apiserver.put(podObject('d', '1'));
  await client.until((one) => one.names('Pod').length === 4);
  const cursor = client.last('change')?.id ?? '';
  client.close();
  apiserver.put(podObject('e', '1'));
  const byQuery = await open(`?from=${cursor}`);
  await byQuery.until((one) => one.last('synced') !== undefined && one.names('Pod').join() === 'e');
  expect(byQuery.last('snapshot')).toBeUndefined();
  const byHeader = await open('', { 'last-event-id': cursor });
  await byHeader.until((one) => one.names('Pod').join() === 'e');
  expect(byHeader.last('snapshot')).toBeUndefined();
});

it('[T6] a server that ends says goodbye, and lets go within its time', async () => {
  const client = await watching();
  const started = performance.now();
  await dashboard.close('ending');
  await client.ended();
  expect(client.last('goodbye')?.data.reason).toBe('ending');
  expect(performance.now() - started).toBeLessThan(5000);
  dashboard = { url: dashboard.url, close: () => Promise.resolve() };
});

it('[H1] the clusters tell what each source holds', async () => {
  await watching();
  const { clusters } = (await (await get('/api/v1/clusters')).json()) as { clusters: Record<string, unknown>[] };
  expect(clusters).toMatchObject([{ name: 'fake', version: 'v1.99.0', embedded: false, ready: true }]);
  expect(clusters[0]?.sources).toContainEqual(
    expect.objectContaining({ kind: 'Pod', state: 'live', objects: 3, problem: null }),
  );
});

it('[H2] entities by kind, namespace and labels', async () => {
  await watching();
  apiserver.put(podObject('z', '1', 'other'));
  await clients[0]?.until((one) => one.names('Pod').includes('z'));
  const names = async (query: string) => {
    const body = (await (await get(`/api/v1/clusters/fake/entities?${query}`)).json()) as {
      entities: { name: string }[];
    };
    return body.entities.map((entity) => entity.name);
  };
  expect(await names('kind=Pod')).toEqual(['a', 'b', 'c', 'z']);
  expect(await names('kind=Pod&namespace=other')).toEqual(['z']);
  expect(await names('kind=Pod&labelSelector=app+in+(a,c)')).toEqual(['a', 'c']);
});

it('[H3] the topology holds edges between nodes that are in it', async () => {
  await watching();
  const body = (await (await get('/api/v1/clusters/fake/topology?namespace=default')).json()) as {
    nodes: { uid: string }[];
    edges: { from: string; to: string }[];
  };
  const uids = new Set(body.nodes.map((node) => node.uid));
  expect(uids.size).toBe(4);
  for (const { from, to } of body.edges) expect([uids.has(from), uids.has(to)]).toEqual([true, true]);
});

it('[H4] an object comes whole and redacted', async () => {
  await watching();
  const text = await (await get('/api/v1/clusters/fake/objects/Pod/default/a')).text();
  expect(JSON.parse(text)).toMatchObject({
    entity: { kind: 'Pod', name: 'a' },
    manifest: { kind: 'Pod', spec: { containers: [{ name: 'main' }] } },
    problem: null,
    events: [],
  });
  expect(text).not.toContain('canary');
});

it('[H4] an object that the apiserver no longer gives still shows what is known, and says why', async () => {
  await watching();
  await apiserver.stop();
  const body = (await (await get('/api/v1/clusters/fake/objects/Pod/default/a')).json()) as Record<string, unknown>;
  expect(body).toMatchObject({ entity: { name: 'a' }, manifest: null });
  expect(body.problem).toContain('ECONNREFUSED');
  await apiserver.start();
});

it.each([
  ['/nothing', 404],
  ['/api/v1/clusters/nope/entities', 404],
  ['/api/v1/clusters/nope/stream', 404],
  ['/api/v1/clusters/fake/scenario', 404],
  ['/api/v1/clusters/fake/objects/Pod/default/nope', 404],
  ['/api/v1/clusters/fake/objects/Secret/default/nope', 400],
  ['/api/v1/clusters/fake/entities?kind=Secret', 400],
  ['/api/v1/clusters/fake/entities?labelSelector=a%20in', 400],
  ['/api/v1/clusters/fake/stream?kind=Nope', 400],
  ['/api/v1/clusters/%E0%A4%A/entities', 400],
])('[H5] %s is a problem document of status %i', async (path, status) => {
  expect(await problemOf(await get(path))).toEqual([status, 'application/problem+json', status]);
});

it('[H5] a method that is not taken is said, with those that are', async () => {
  const response = await get('/api/v1/clusters', { method: 'DELETE' });
  expect(response.headers.get('allow')).toBe('GET');
  expect(await problemOf(response)).toEqual([405, 'application/problem+json', 405]);
});

it.each([
  ['no request at all', 'nonsense\r\n\r\n', 400],
  ['headers that are too long', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
])('[H5] %s is a problem document of its own status', async (_what, bytes, status) => {
  const socket = connect(Number(new URL(dashboard.url).port), '127.0.0.1');
  socket.write(bytes);
  const answer = (await text(socket)).split('\r\n\r\n');
  expect(answer[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer[0]).toContain('application/problem+json');
  expect(answer[0]).toContain("default-src 'none'");
  expect(JSON.parse(answer[1] ?? '')).toMatchObject({ type: 'about:blank', status });
});

it('[H6] another host is refused on every route, the stream included', async () => {
  const port = new URL(dashboard.url).port;
  for (const path of [
    '/',
    '/assets/x.js',
    '/healthz',
    '/api/v1/clusters',
    '/api/v1/clusters/fake/stream',
    '/nothing',
  ]) {
    expect([path, await statusAs('evil.test', path)]).toEqual([path, 403]);
    expect([path, await statusAs(`evil.test:${port}`, path)]).toEqual([path, 403]);
    expect([path, await statusAs('localhost.evil.test', path)]).toEqual([path, 403]);
  }
  expect(await statusAs(`localhost:${port}`, '/healthz')).toBe(200);
  expect(await statusAs(`[::1]:${port}`, '/healthz')).toBe(200);
});

it('[H7] another origin is refused, and an action needs our own origin and a header', async () => {
  expect((await get('/api/v1/clusters', { headers: { origin: 'http://evil.test' } })).status).toBe(403);
  expect((await get('/api/v1/clusters', { headers: { origin: 'null' } })).status).toBe(403);
  const act = (headers: Record<string, string>) =>
    get('/api/v1/clusters/fake/scenario/steps/x', { method: 'POST', headers });
  expect((await act({ origin: dashboard.url })).status).toBe(403);
  expect((await act({ origin: 'http://localhost:1', 'x-portolan-action': '1' })).status).toBe(403);
  expect((await act({ origin: dashboard.url, 'x-portolan-action': '1' })).status).toBe(404);
});

it('[H8] every answer carries a strict policy', async () => {
  for (const path of ['/', '/api/v1/clusters', '/nothing']) {
    const { headers } = await get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

it('[H9] without a build the page says so; the API is there', async () => {
  const page = await get('/wall');
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('npm start');
});

it('[H10] the metrics hold a line for each kind and no name of any object', async () => {
  await watching();
  const text = await (await get('/metrics')).text();
  expect(text).toContain('portolan_source_state{cluster="fake",kind="Pod",state="live"} 1\n');
  expect(text).toContain('portolan_source_objects{cluster="fake",kind="Pod"} 3\n');
  expect(text).toContain('portolan_stream_clients{cluster="fake"} 1\n');
  expect(text).toContain('portolan_stream_viewers{cluster="fake",state="live"} 1\n');
  expect(text).toContain('portolan_stream_unsent_bytes{cluster="fake"} 0\n');
  expect(text).toMatch(/^portolan_stream_bytes_total\{cluster="fake"\} \d{3,}$/m);
  expect(text).toMatch(/^portolan_log_entries\{cluster="fake"\} \d+$/m);
  expect(text).not.toContain('default');
});

it('[H11] the description names every route, and every schema that it refers to', async () => {
  const text = await (await get('/api/v1/openapi.json')).text();
  const document = JSON.parse(text) as {
    paths: Record<string, object>;
    components: { schemas: Record<string, object> };
  };
  expect(Object.keys(document.paths)).toContain('/api/v1/clusters/{cluster}/objects/{kind}/{namespace}/{name}');
  const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  expect(refs.length).toBeGreaterThan(10);
  for (const name of refs) expect(Object.keys(document.components.schemas)).toContain(name);
});
