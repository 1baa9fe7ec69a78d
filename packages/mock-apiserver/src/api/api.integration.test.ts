import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from '../cluster.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { guestbookCluster } from '../scenarios/guestbook/cluster.ts';
import { statusOf } from '../testing/status-of.ts';
import { type ApiServer, startApiServer } from './server.ts';

interface Line {
  type: string;
  object: {
    kind?: string;
    code?: number;
    reason?: string;
    message?: string;
    metadata: { name?: string; resourceVersion: string };
  };
}

interface List {
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  items: { kind?: string; metadata: { name: string }; versions?: { resources: { shortNames?: string[] }[] }[] }[];
}

interface Table {
  columnDefinitions: { name: string }[];
  rows: { object: unknown }[];
}

const bodyOf = async <T>(response: Response | Promise<Response>): Promise<T> => (await (await response).json()) as T;

/** The lines of a watch, one by one. */
async function* linesOf(response: Response): AsyncGenerator<Line> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk);
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      yield JSON.parse(text.slice(0, end)) as Line;
      text = text.slice(end + 1);
    }
  }
}

describe('the API over HTTP', () => {
  let clock: FakeClock;
  let cluster: Cluster;
  let server: ApiServer;
  const pods = '/api/v1/namespaces/default/pods';

  beforeEach(async () => {
    clock = fakeClock();
    cluster = startCluster({
      facts: guestbookCluster,
      clock,
      wall: clock,
      seed: 1,
      version: 1000,
      report: (error) => {
        throw error;
      },
    });
    server = await startApiServer(cluster.api, { host: '127.0.0.1', port: 0 });
  });

  afterEach(() => server.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
  const list = (path: string) => bodyOf<List>(get(path));
  const send = (method: string, path: string, body: unknown, type = 'application/json') =>
    fetch(server.url + path, { method, body: JSON.stringify(body), headers: { 'content-type': type } });
  const makePod = (name: string, labels: Record<string, string> = {}) =>
    send('POST', pods, { metadata: { name, labels }, spec: { containers: [{ name: 'c', image: 'redis' }] } });

  it.each<Record<string, string>>([{ host: 'rebound.test' }, { origin: 'https://elsewhere.test' }, { origin: 'null' }])(
    '[M87] a page of the browser that is not its own neither reads nor writes: %j',
    async (headers) => {
      const path = '/api/v1/namespaces/default/configmaps';
      const body = JSON.stringify({ metadata: { name: 'foreign' } });
      expect(await statusOf(server.url + pods, headers)).toBe(403);
      expect(await statusOf(server.url + path, headers, 'POST', body)).toBe(403);
      expect((await get(`${path}/foreign`)).status).toBe(404);
    },
  );

  it('[M15] lists in pages that all stand at the first one’s version', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await makePod(name);
    const first = await list(`${pods}?limit=2`);
    expect(first.items.map((item) => item.metadata.name)).toEqual(['a', 'b']);
    expect(first.metadata.remainingItemCount).toBe(3);
    expect(first.items[0]?.kind).toBeUndefined();
    await makePod('aa');
    await fetch(`${server.url}${pods}/e`, { method: 'DELETE' });
    const rest = await list(`${pods}?limit=9&continue=${first.metadata.continue}`);
    expect(rest.items.map((item) => item.metadata.name)).toEqual(['c', 'd', 'e']);
    expect(rest.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    expect(rest.metadata.continue).toBeUndefined();
  });

  it('[M16] sends a watch its headers at once and each write as it happens', async () => {
    const { metadata } = await list(pods);
    const response = await get(`${pods}?watch=1&resourceVersion=${metadata.resourceVersion}`);
    expect(response.status).toBe(200);
    const lines = linesOf(response);
    await makePod('a');
    expect((await lines.next()).value).toMatchObject({
      type: 'ADDED',
      object: { kind: 'Pod', metadata: { name: 'a' } },
    });
    await lines.return(undefined);
  });

  it('[M17] shows what stops matching a selector as DELETED, and what begins to as ADDED', async () => {
    await makePod('a', { app: 'x' });
    const response = await get(`${pods}?watch=1&labelSelector=app%3Dx`);
    const lines = linesOf(response);
    expect((await lines.next()).value).toMatchObject({ type: 'ADDED' });
    const relabel = (app: string) =>
      send('PATCH', `${pods}/a`, { metadata: { labels: { app } } }, 'application/merge-patch+json');
    await relabel('y');
    expect((await lines.next()).value).toMatchObject({
      type: 'DELETED',
      object: { metadata: { labels: { app: 'x' } } },
    });
    await relabel('x');
    expect((await lines.next()).value).toMatchObject({ type: 'ADDED' });
    await lines.return(undefined);
  });

  it('[M18] answers a watch from too old a version with 200, an ERROR line, and the end', async () => {
    const response = await get(`${pods}?watch=1&resourceVersion=1`);
    expect(response.status).toBe(200);
    const lines: Line[] = [];
    for await (const line of linesOf(response)) lines.push(line);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 1 (1000)' },
    });
  });

  it('[M19] marks its place each minute and before its timeout, where bookmarks are allowed', async () => {
    const response = await get(`${pods}?watch=1&resourceVersion=1000&allowWatchBookmarks=true&timeoutSeconds=90`);
    clock.advance(90_000);
    const lines: Line[] = [];
    for await (const line of linesOf(response)) lines.push(line);
    expect(lines.map(({ type }) => type)).toEqual(['BOOKMARK', 'BOOKMARK']);
    const [first, last] = lines.map(({ object }) => Number(object.metadata.resourceVersion));
    expect(last).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY);
    expect(last).toBeLessThanOrEqual(cluster.store.version);
  });

  it('[M60] counts the open watches by group, version and resource', async () => {
    const count = async () =>
      /apiserver_longrunning_requests\{[^}]*group="apps",resource="deployments"[^}]*verb="WATCH",version="v1"\} (\d+)/.exec(
        await (await get('/metrics')).text(),
      )?.[1];
    const first = await get('/apis/apps/v1/deployments?watch=1');
    const second = await get('/apis/apps/v1/deployments?watch=1');
    expect(await count()).toBe('2');
    await first.body?.cancel();
    await expect.poll(count).toBe('1');
    await second.body?.cancel();
  });

  it('[M60] counts no watch that nobody outside opened', async () => {
    expect(await (await get('/metrics')).text()).not.toMatch(/^apiserver_longrunning_requests\{/m);
  });

  it('[M81] breaks off a watch whose reader does not keep up, however much it was sent at first', async () => {
    const data = { big: 'x'.repeat(1024 * 1024) };
    const make = (name: string) => {
      const metadata = { namespace: 'default', name };
      cluster.store.create('configmaps', { metadata, ...{ data } });
    };
    for (let index = 0; index < 20; index++) make(`early-${index}`);
    const all = await get('/api/v1/configmaps?watch=1');
    const count = async () => /resource="configmaps"[^}]*\} (\d+)/.exec(await (await get('/metrics')).text())?.[1];
    expect(await count()).toBe('1');
    for (let index = 0; index < 40; index++) make(`late-${index}`);
    expect(await count()).toBe('0');
    await expect(all.text()).rejects.toThrow();
  });

  it('[M63] a version to match is refused where it means nothing', async () => {
    for (const query of ['resourceVersionMatch=Exact', 'resourceVersionMatch=Exact&resourceVersion=0']) {
      const response = await get(`${pods}?${query}`);
      expect(response.status).toBe(422);
      expect((await bodyOf<{ message: string }>(response)).message).toContain('resourceVersionMatch: Forbidden');
    }
    const now = cluster.store.version;
    await makePod('later');
    const exact = await list(`${pods}?resourceVersionMatch=Exact&resourceVersion=${now}`);
    expect([exact.metadata.resourceVersion, exact.items]).toEqual([String(now), []]);
  });

  it('[M85] refuses a body that is too large, and answers the next', async () => {
    const response = await send('POST', pods, { metadata: { name: 'a', annotations: { a: 'x'.repeat(4 << 20) } } });
    expect(response.status).toBe(413);
    expect((await bodyOf<{ reason: string }>(response)).reason).toBe('RequestEntityTooLarge');
    expect((await makePod('b')).status).toBe(201);
  });

  it('[M63] a namespace that the cluster needs is kept', async () => {
    const response = await fetch(`${server.url}/api/v1/namespaces/default`, { method: 'DELETE' });
    expect(response.status).toBe(403);
    expect((await bodyOf<{ message: string }>(response)).message).toBe(
      'namespaces "default" is forbidden: this namespace may not be deleted',
    );
  });

  it('[M63] a request that cannot be taken apart is refused with 400', async () => {
    for (const path of [`${pods}/%zz`, `${pods}?watch=1&timeoutSeconds=soon`, `${pods}?limit=-1`, `${pods}?limit=x`]) {
      expect([path, (await get(path)).status]).toEqual([path, 400]);
    }
  });

  it('[M61] answers discovery in the form and version asked', async () => {
    const plain = await get('/apis');
    expect(await plain.json()).toMatchObject({ kind: 'APIGroupList' });
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    const aggregated = await get('/apis', { accept });
    expect(aggregated.headers.get('content-type')).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    );
    const { items } = await bodyOf<List>(aggregated);
    expect(items.at(-1)?.metadata.name).toBe('extensions');
    expect(items.at(-1)?.versions?.[0]?.resources[0]?.shortNames).toBeUndefined();
  });

  it('[M62] gives tables with all columns and rows that carry their metadata', async () => {
    await makePod('a');
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const table = await bodyOf<Table>(get(pods, { accept }));
    expect(table.columnDefinitions.map((column) => column.name).slice(0, 5)).toEqual([
      'Name',
      'Ready',
      'Status',
      'Restarts',
      'Age',
    ]);
    expect(table.rows[0]?.object).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'a' } });
  });

  it.each([
    ['GET', '/apis/apps/v1/namespaces/default/deployments/zz', 404, 'NotFound', 'deployments.apps "zz" not found'],
    ['GET', `${pods}?fieldSelector=spec.foo%3D1`, 400, 'BadRequest', 'field label not supported: spec.foo'],
    ['GET', `${pods}?resourceVersion=999999`, 504, 'Timeout', 'Too large resource version'],
    ['PUT', pods, 405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource'],
    ['GET', '/apis/no.such/v1/things', 404, 'NotFound', 'the server could not find the requested resource'],
    ['GET', `${pods}?watch=1&sendInitialEvents=true`, 422, 'Invalid', 'sendInitialEvents requires setting'],
  ])('[M63] %s %s is answered %i %s', async (method, path, code, reason, message) => {
    const response = await fetch(server.url + path, { method });
    expect(response.status).toBe(code);
    const status = await bodyOf<{ message: string }>(response);
    expect(status).toMatchObject({ kind: 'Status', status: 'Failure', code, reason });
    expect(status.message).toContain(message);
  });

  it('[M64] refuses what it cannot read with 415 and 406', async () => {
    expect((await send('PATCH', `${pods}/a`, {}, 'text/plain')).status).toBe(415);
    expect((await get(pods, { accept: 'application/vnd.kubernetes.protobuf' })).status).toBe(406);
  });

  it.each([
    [{ metadata: { name: 'a' } }, 422, 'spec: Required value'],
    [{ metadata: { name: 'a' }, spec: { containers: 'c' } }, 400, 'cannot be handled as a Pod'],
    [{ metadata: { name: 'a' }, spec: { containers: [] } }, 422, 'spec.containers: Required value'],
    [{ metadata: { name: 'A_B' }, spec: { containers: [{ name: 'c', image: 'i' }] } }, 422, 'lowercase RFC 1123'],
    [{ metadata: {}, spec: { containers: [{ name: 'c', image: 'i' }] } }, 422, 'name or generateName is required'],
    [{ metadata: { name: 'a', labels: { a: 1 } } }, 400, 'cannot unmarshal number into Go struct field ObjectMeta'],
    [{ apiVersion: 'apps/v1', kind: 'Pod', metadata: { name: 'a' } }, 400, 'must be of type Pod'],
  ])('[M66] a malformed object is refused: %j', async (body, code, message) => {
    const response = await send('POST', pods, body);
    expect(response.status).toBe(code);
    expect((await bodyOf<{ message: string }>(response)).message).toContain(message);
  });

  it('[M65] a dry run answers as if it had been, and writes nothing', async () => {
    const before = cluster.store.version;
    const body = { metadata: { name: 'dry' }, spec: { containers: [{ name: 'c', image: 'redis' }] } };
    expect((await send('POST', `${pods}?dryRun=All`, body)).status).toBe(201);
    expect((await get(`${pods}/dry`)).status).toBe(404);
    expect(cluster.store.version).toBe(before);
  });
});
