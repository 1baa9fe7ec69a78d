import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { KubeObject } from '@portolan/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from '../cluster.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { guestbookCluster } from '../scenarios/guestbook/cluster.ts';
import { type ApiServer, startApiServer } from './server.ts';

const PATH = '/api/v1/namespaces/default/configmaps';

interface List {
  kind: string;
  code?: number;
  message?: string;
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  items: KubeObject[];
}

interface Line {
  type: string;
  object: KubeObject & { code?: number; rows?: unknown[] };
}

interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

const namesOf = ({ items }: List) => items.map(({ metadata }) => metadata.name);

describe('lists and watches by version', () => {
  let clock: FakeClock;
  let cluster: Cluster;
  let server: ApiServer;

  beforeEach(async () => {
    clock = fakeClock();
    const report = (error: unknown) => {
      throw error;
    };
    cluster = startCluster({
      facts: guestbookCluster,
      clock,
      wall: clock,
      seed: 1,
      version: 1000,
      frozen: true,
      report,
    });
    server = await startApiServer(cluster.api, { host: '127.0.0.1', port: 0 });
  });

  afterEach(() => server.close());

  const create = (name: string, data: Record<string, string> = {}) =>
    cluster.store.create('configmaps', { metadata: { namespace: 'default', name }, data } as Parameters<
      typeof cluster.store.create<'configmaps'>
    >[1]);
  const remove = (name: string) => cluster.store.delete('configmaps', { namespace: 'default', name });

  const get = async (query: string, path = PATH) =>
    (await (await fetch(`${server.url}${path}?${query}`)).json()) as List;

  /** Without what fetch adds or unpacks. */
  const raw = (path: string, headers: Record<string, string>, method = 'GET') =>
    new Promise<Raw>((resolve, reject) => {
      const asked = httpRequest(server.url + path, { method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      asked.on('error', reject);
      asked.end();
    });

  /** The first `count` lines of a watch. */
  const watch = async (query: string, count: number, path = PATH): Promise<Line[]> => {
    const response = await fetch(`${server.url}${path}?watch=1&${query}`);
    const lines: Line[] = [];
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const complete = text.split('\n');
      text = complete.pop() ?? '';
      for (const line of complete) lines.push(JSON.parse(line) as Line);
      if (lines.length >= count) break;
    }
    return lines;
  };

  const told = (lines: readonly Line[]) => lines.map(({ type, object }) => `${type} ${object.metadata.name ?? ''}`);

  it('[M186] gives any version for 0, the newest for none or an older one, and just that one where it must match', async () => {
    const { metadata } = create('a');
    create('b');
    const version = metadata.resourceVersion;
    expect(namesOf(await get('resourceVersion=0&limit=1'))).toEqual(['a', 'b']);
    expect(namesOf(await get(`resourceVersion=${version}`))).toEqual(['a', 'b']);
    expect(namesOf(await get(`resourceVersion=${version}&resourceVersionMatch=NotOlderThan`))).toEqual(['a', 'b']);
    const exact = await get(`resourceVersion=${version}&resourceVersionMatch=Exact`);
    expect([namesOf(exact), exact.metadata.resourceVersion]).toEqual([['a'], version]);
    const page = await get(`resourceVersion=${version}&limit=5`);
    expect([namesOf(page), page.metadata.resourceVersion]).toEqual([['a'], version]);
  });

  it('[M186] answers a version to come with 504, its cause, and when to come again', async () => {
    for (const path of [PATH, '/api/v1/namespaces/default', `${PATH}/none`]) {
      const response = await fetch(`${server.url}${path}?resourceVersion=999999`);
      expect([response.status, response.headers.get('retry-after')]).toEqual([504, '1']);
      expect(await response.json()).toMatchObject({
        reason: 'Timeout',
        details: { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }] },
      });
    }
  });

  it.each([
    ['resourceVersionMatch=Exact', 'resourceVersionMatch is forbidden unless resourceVersion is provided'],
    ['resourceVersion=5&resourceVersionMatch=Sometime', 'supported values: "", "Exact", "NotOlderThan"'],
    ['resourceVersion=0&resourceVersionMatch=Exact', 'forbidden for resourceVersion "0"'],
    ['sendInitialEvents=true', 'sendInitialEvents is forbidden for list'],
    ['watch=1&resourceVersionMatch=NotOlderThan', 'forbidden for watch unless sendInitialEvents is provided'],
    ['watch=1&sendInitialEvents=true', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'],
  ])('[M186] refuses %s, as the apiserver does', async (query, message) => {
    const answer = await get(query);
    expect(answer.code).toBe(422);
    expect(answer.message).toContain(message);
  });

  it.each(['x', 'e30', 'eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MCwic3RhcnQiOiJhIn0'])(
    '[M186] refuses the continue token %s',
    async (token) => {
      expect(await get(`continue=${token}`)).toMatchObject({ code: 400, reason: 'BadRequest' });
    },
  );

  it('[M187] a token too old for its version comes with one that goes on at the newest', async () => {
    for (const name of ['a', 'b', 'c', 'd']) create(name);
    const first = await get('limit=2');
    expect(first.metadata.remainingItemCount).toBe(2);
    remove('c');
    create('e');
    cluster.store.compact();
    const refused = await get(`limit=2&continue=${first.metadata.continue}`);
    expect(refused).toMatchObject({ code: 410, reason: 'Expired' });
    expect(refused.message).toContain('or use the continue token in this response');
    const rest = await get(`limit=2&continue=${refused.metadata.continue}`);
    expect(namesOf(rest)).toEqual(['d', 'e']);
    expect(rest.metadata.continue).toBeUndefined();
    const old = await get(`resourceVersion=${first.metadata.resourceVersion}&resourceVersionMatch=Exact`);
    expect(old).toMatchObject({ code: 410, message: 'The resourceVersion for the provided list is too old.' });
  });

  it('[M187] pages of all namespaces, while others write, are those of the first one’s version', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `cm-${index}`);
    for (const name of names) create(name);
    for (const namespace of ['kube-public', 'kube-system']) {
      for (const name of names) cluster.store.create('configmaps', { metadata: { namespace, name } });
    }
    const path = '/api/v1/configmaps';
    const whole = await get('', path);
    const paged: KubeObject[] = [];
    let token = '';
    for (let page = 0; page < 20; page++) {
      const part = await get(`limit=7&${token === '' ? '' : `continue=${token}`}`, path);
      paged.push(...part.items);
      expect(part.metadata.remainingItemCount ?? 0).toBe(whole.items.length - paged.length);
      remove(`cm-${page}`);
      create(`new-${page}`);
      token = part.metadata.continue ?? '';
      if (token === '') break;
    }
    expect(paged).toEqual(whole.items);
  });

  it('[M188] a watch list sends what stands, marks its end, and goes on', async () => {
    create('a');
    create('b');
    const { version } = cluster.store;
    const query = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const lines = watch(query, 4);
    await expect
      .poll(() => cluster.api.gauge.metrics())
      .toContain('resource="configmaps",scope="cluster",subresource="",verb="WATCH",version="v1"} 1');
    create('c');
    const all = await lines;
    expect(told(all)).toEqual(['ADDED a', 'ADDED b', 'BOOKMARK ', 'ADDED c']);
    expect(all[2]?.object.metadata).toMatchObject({
      resourceVersion: String(version),
      annotations: { 'k8s.io/initial-events-end': 'true' },
    });
  });

  it('[M188] a watch that wants no beginning starts at the newest', async () => {
    create('a');
    const lines = watch('sendInitialEvents=false&resourceVersionMatch=NotOlderThan', 1);
    await expect
      .poll(() => cluster.api.gauge.metrics())
      .toContain('resource="configmaps",scope="cluster",subresource="",verb="WATCH",version="v1"} 1');
    create('b');
    expect(told(await lines)).toEqual(['ADDED b']);
  });

  it('[M188] a watch of one object, by its path or its name, is told of nothing else', async () => {
    const { metadata } = create('a');
    create('b');
    create('c');
    const from = `resourceVersion=${metadata.resourceVersion}`;
    expect(told(await watch(from, 1, `${PATH}/c`))).toEqual(['ADDED c']);
    expect(told(await watch(`${from}&fieldSelector=metadata.name%3Dc`, 1))).toEqual(['ADDED c']);
  });

  it('[M189] a long list is compressed for those who take it, and comes to the same', async () => {
    for (let index = 0; index < 300; index++) create(`cm-${index}`, { text: 'x'.repeat(1000) });
    const plain = await raw(PATH, {});
    const packed = await raw(PATH, { 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.body.length).toBeLessThan(plain.body.length / 4);
    expect(gunzipSync(packed.body)).toEqual(plain.body);
    expect(namesOf(JSON.parse(plain.body.toString()) as List)).toHaveLength(300);
    const short = await raw(`${PATH}?limit=2`, { 'accept-encoding': 'gzip' });
    expect(short.headers['content-encoding']).toBeUndefined();
    expect(short.headers['content-length']).toBe(String(short.body.length));
  });

  it('[M189] a long list lets others have their turn while it is written', async () => {
    for (let index = 0; index < 3000; index++) create(`cm-${index}`, { text: 'x'.repeat(1000) });
    const long = raw(PATH, {});
    const short = await raw(`${PATH}?limit=1`, {});
    let over = false;
    void long.then(() => {
      over = true;
    });
    expect(namesOf(JSON.parse(short.body.toString()) as List)).toHaveLength(1);
    expect(over).toBe(false);
    expect((JSON.parse((await long).body.toString()) as List).items).toHaveLength(3000);
  });

  it.each(['', '&watch=1'])(
    '[M189] timers have their turn while a long answer is read as fast as it comes: ?%s',
    async (query) => {
      for (let index = 0; index < 6000; index++) create(`cm-${index}`, { text: 'x'.repeat(1000) });
      let turns = 0;
      const timer = setInterval(() => {
        turns += 1;
      }, 1);
      if (query === '') await raw(PATH, {});
      else await watch('', 6000);
      clearInterval(timer);
      expect(turns).toBeGreaterThan(10);
    },
  );

  it('[M189] a reader that leaves a long list in its middle harms nobody', async () => {
    for (let index = 0; index < 3000; index++) create(`cm-${index}`, { text: 'x'.repeat(1000) });
    const leaving = new AbortController();
    const response = await fetch(server.url + PATH, { signal: leaving.signal });
    await response.body?.getReader().read();
    leaving.abort();
    expect(namesOf(await get('limit=1'))).toEqual(['cm-0']);
  });

  it.each([
    ['pretty=true', {}],
    ['', { 'user-agent': 'curl/8.5.0' }],
  ])('[M190] is indented for people: ?%s with %o', async (query, headers) => {
    create('a', { x: 'y' });
    for (const path of [PATH, `${PATH}/a`, `${PATH}?fieldSelector=metadata.name%3Dnone`, '/version', '/api']) {
      const { body } = await raw(`${path}${path.includes('?') ? '&' : '?'}${query}`, headers);
      expect(body.toString()).toBe(JSON.stringify(JSON.parse(body.toString()), null, 2));
    }
  });

  it('[M190] answers HEAD where a GET is no resource’s, and 405 elsewhere', async () => {
    const statuses = ['/healthz', '/version', '/api'].map((path) => raw(path, {}, 'HEAD'));
    expect((await Promise.all(statuses)).map(({ status, body }) => [status, body.length])).toEqual([
      [200, 0],
      [200, 0],
      [200, 0],
    ]);
    for (const method of ['HEAD', 'OPTIONS']) expect((await raw(PATH, {}, method)).status).toBe(405);
  });

  it('[M190] a watch of tables or of metadata shows what it says', async () => {
    const { metadata } = create('a');
    const query = `resourceVersion=${Number(metadata.resourceVersion) - 1}`;
    const first = async (as: string) => {
      const leaving = new AbortController();
      const response = await fetch(`${server.url}${PATH}?watch=1&${query}`, {
        headers: { accept: `application/json;as=${as};g=meta.k8s.io;v=v1` },
        signal: leaving.signal,
      });
      const { value } = (await response.body?.pipeThrough(new TextDecoderStream()).getReader().read()) ?? {};
      leaving.abort();
      return JSON.parse(String(value)) as Line;
    };
    expect((await first('Table')).object).toMatchObject({ kind: 'Table', rows: [{ cells: ['a', 0, '0s'] }] });
    const { object } = await first('PartialObjectMetadata');
    expect(object).toEqual({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata });
  });
});
