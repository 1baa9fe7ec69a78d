import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { CertificateAuthority } from '../testing/certificates.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { Listener } from '../testing/listener.ts';
import { ApiError } from './api-error.ts';
import { chooseClusters } from './kubeconfig.ts';
import { Transport } from './transport.ts';

const LIST = { kind: 'NamespaceList', metadata: { resourceVersion: '1' }, items: [] };
const PATH = '/api/v1/namespaces';

let authority: CertificateAuthority;
let folder: string;
let file: string;
let closing: (() => Promise<unknown>)[];

beforeAll(() => {
  authority = new CertificateAuthority('the test');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-transport-'));
  file = join(folder, 'config');
  closing = [];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true });
});

const list = (_: IncomingMessage, response: ServerResponse) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(LIST));
};

async function listen(...terms: ConstructorParameters<typeof Listener>): Promise<Listener> {
  const listener = await new Listener(...terms).start();
  closing.push(() => listener.stop());
  return listener;
}

const secure = (names = ['127.0.0.1']) => listen(list, authority.issue({ name: 'apiserver', names }));

function configure(cluster: object, user: object = { token: 'canary' }): void {
  const config = {
    clusters: [{ name: 'red', cluster }],
    users: [{ name: 'me', user }],
    contexts: [{ name: 'red', context: { cluster: 'red', user: 'me' } }],
    'current-context': 'red',
  };
  writeFileSync(file, JSON.stringify(config));
}

function open(clock = systemClock, env: Record<string, string | undefined> = {}): Transport {
  const [config] = chooseClusters({ file, contexts: [], env });
  if (config === undefined) throw new Error('no cluster was chosen');
  const transport = new Transport({ load: config.load, env: { ...process.env, ...env }, clock, version: '9.9.9' });
  closing.push(() => transport.close());
  return transport;
}

const trusted = (listener: Listener, more: object = {}, host?: string) => ({
  server: listener.url(host),
  'certificate-authority-data': Buffer.from(authority.cert).toString('base64'),
  ...more,
});

const never = new AbortController().signal;
const get = (transport: Transport, timeoutMs = 60_000) => transport.get(PATH, {}, { signal: never, timeoutMs });

async function failure(run: Promise<unknown>): Promise<ApiError> {
  const error = await run.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw error;
}

it('[W60] 300 lists, one after the other, share a few connections over TLS', async () => {
  const server = await secure();
  configure(trusted(server));
  const transport = open();
  for (let i = 0; i < 300; i++) expect(await get(transport)).toEqual(LIST);
  expect(server.connections).toBeLessThanOrEqual(3);
});

it('[W60] a thousand rotations of the authority leave one agent and its connections', async () => {
  const server = await secure();
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, authority.cert);
  configure({ server: server.url(), 'certificate-authority': 'ca.pem' });
  const transport = open();
  const most = { agents: 0, sockets: 0 };
  for (let i = 0; i < 1000; i++) {
    writeFileSync(ca, `${authority.cert}${'\n'.repeat(i)}`);
    await get(transport);
    most.agents = Math.max(most.agents, transport.agents);
    most.sockets = Math.max(most.sockets, server.open.size);
  }
  expect(server.connections).toBe(1000);
  expect(most.agents).toBeLessThanOrEqual(3);
  expect(most.sockets).toBeLessThanOrEqual(5);
});

it('[W60] a watch outlives the rotation of what it was opened with, and lets go of its agent when it ends', async () => {
  const server = await secure();
  let end: () => void = () => undefined;
  server.answer = (request, response) => {
    if (!request.url?.includes('watch=1')) return list(request, response);
    response.write('{}\n');
    end = () => response.end('[]\n');
  };
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, authority.cert);
  configure({ server: server.url(), 'certificate-authority': ca });
  const transport = open();
  const lines = (await transport.watch(PATH, {}, { signal: never, headersMs: 60_000 }))[Symbol.asyncIterator]();
  expect(String((await lines.next()).value)).toBe('{}\n');
  writeFileSync(ca, `${authority.cert}\n`);
  await get(transport);
  expect(transport.agents).toBe(2);
  end();
  expect(String((await lines.next()).value)).toBe('[]\n');
  expect((await lines.next()).done).toBe(true);
  await expect.poll(() => transport.agents).toBe(1);
});

it('[W60] who we are is said to the server: program, version, token; only lists are asked for compressed', async () => {
  const server = await secure();
  configure(trusted(server), { token: 'canary', as: 'jane', 'as-groups': ['a', 'b'], 'as-uid': '7' });
  const transport = open();
  await get(transport);
  await transport.watch(PATH, {}, { signal: never, headersMs: 60_000, accept: 'application/x' });
  const [first, second] = server.requests;
  expect(first?.headers).toMatchObject({
    'user-agent': `portolan/9.9.9 (${process.platform}/${process.arch})`,
    authorization: 'Bearer canary',
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'impersonate-user': 'jane',
    'impersonate-group': 'a, b',
    'impersonate-uid': '7',
  });
  expect(second?.headers.accept).toBe('application/x');
  expect(second?.headers['accept-encoding']).toBeUndefined();
});

it('[W60] a client certificate is shown, from files that are read again when they change, or from a plugin', async () => {
  const server = await listen(list, {
    ...authority.issue({ name: 'apiserver', names: ['127.0.0.1'] }),
    ca: authority.cert,
    requestCert: true,
  });
  const seen: string[] = [];
  server.answer = (request, response) => {
    seen.push(
      (request.socket as unknown as { getPeerCertificate(): { subject: { CN: string } } }).getPeerCertificate().subject
        .CN,
    );
    list(request, response);
  };
  const show = (name: string) => {
    const { cert, key } = authority.issue({ name });
    writeFileSync(join(folder, 'cert.pem'), cert);
    writeFileSync(join(folder, 'key.pem'), key);
  };
  show('ann');
  configure(trusted(server), { 'client-certificate': 'cert.pem', 'client-key': 'key.pem' });
  const transport = open();
  await get(transport);
  show('bob-by-a-longer-name');
  await get(transport);
  const { cert, key } = authority.issue({ name: 'eve' });
  const answer = {
    kind: 'ExecCredential',
    apiVersion: 'client.authentication.k8s.io/v1',
    status: { clientCertificateData: cert, clientKeyData: key },
  };
  const script = `process.stdout.write(${JSON.stringify(JSON.stringify(answer))})`;
  configure(trusted(server), {
    exec: { apiVersion: answer.apiVersion, command: process.execPath, args: ['-e', script] },
  });
  await get(open());
  expect(seen).toEqual(['ann', 'bob-by-a-longer-name', 'eve']);
});

it('[W65, case 28] a token file that is rotated is read again, and one that is gone is named', async () => {
  const server = await secure();
  writeFileSync(join(folder, 'token'), 'one\n');
  configure(trusted(server), { tokenFile: 'token' });
  const transport = open();
  await get(transport);
  writeFileSync(join(folder, 'token'), 'another\n');
  await get(transport);
  expect(server.requests.map((one) => one.headers.authorization)).toEqual(['Bearer one', 'Bearer another']);
  rmSync(join(folder, 'token'));
  const { reason, message } = await failure(get(transport));
  expect([reason, message.includes(join(folder, 'token'))]).toEqual(['credentials', true]);
});

it('[W65] an apiserver that moved is followed by what the kubeconfig says next', async () => {
  const before = await secure();
  configure(trusted(before));
  const transport = open();
  await get(transport);
  await before.stop();
  const after = await secure();
  configure(trusted(after));
  expect((await failure(get(transport))).reason).toBe('unreachable');
  expect(await get(transport)).toEqual(LIST);
  await after.stop();
  writeFileSync(file, '{"clusters": [');
  await failure(get(transport));
  expect((await failure(get(transport))).reason).toBe('unreachable');
});

const DAY_MS = 86_400_000;
it.each([
  [
    'an unknown authority',
    () => new CertificateAuthority('other').issue({ name: 'x', names: ['127.0.0.1'] }),
    'renew certificate-authority-data',
  ],
  ['another name', () => authority.issue({ name: 'x', names: ['other.test'] }), 'give tls-server-name'],
  [
    'a time that is over',
    () =>
      authority.issue({ name: 'x', names: ['127.0.0.1'], from: Date.now() - 2 * DAY_MS, until: Date.now() - DAY_MS }),
    'has expired',
  ],
  [
    'a time to come',
    () => authority.issue({ name: 'x', names: ['127.0.0.1'], from: Date.now() + DAY_MS }),
    'not valid yet',
  ],
])('[W67] a certificate of %s is told as that', async (_what, issue, words) => {
  const server = await listen(list, issue());
  configure(trusted(server));
  const { reason, message } = await failure(get(open()));
  expect(reason).toBe('tls');
  expect(message).toContain(words);
  expect(message).toContain(server.url());
});

it('[W67] without an authority the one that is missing is named', async () => {
  const server = await secure();
  configure({ server: server.url() });
  const { reason, message } = await failure(get(open()));
  expect([reason, message.includes('give certificate-authority-data')]).toEqual(['tls', true]);
});

it('[W67] insecure-skip-tls-verify and tls-server-name do what they say, also for a context without a user', async () => {
  const server = await secure(['other.test']);
  configure({ server: server.url(), 'insecure-skip-tls-verify': true });
  expect(await get(open())).toEqual(LIST);
  const config = {
    clusters: [{ name: 'red', cluster: trusted(server, { 'tls-server-name': 'other.test' }) }],
    contexts: [{ name: 'red', context: { cluster: 'red' } }],
    'current-context': 'red',
  };
  writeFileSync(file, JSON.stringify(config));
  expect(await get(open())).toEqual(LIST);
});

it('[W67] refused, unknown to the DNS, cut, and a server without TLS are told apart', async () => {
  const gone = await secure();
  configure(trusted(gone));
  const transport = open();
  await gone.stop();
  expect(await failure(get(transport))).toMatchObject({
    reason: 'unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
  });
  configure({ server: 'https://nowhere.invalid:6443' });
  expect(await failure(get(open()))).toMatchObject({ reason: 'dns' });
  const cutting = await listen((request) => request.socket.destroy());
  configure({ server: cutting.url() });
  expect(await failure(get(open()))).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('cut') });
  configure({ server: `https://127.0.0.1:${cutting.port}` });
  expect(await failure(get(open()))).toMatchObject({ reason: 'tls', message: expect.stringContaining('http://') });
});

it('[W68] of a page of 50 MiB in place of an answer no more than its beginning is read', async () => {
  let written = 0;
  const server = await listen((_, response) => {
    response.writeHead(502, { 'content-type': 'text/html' });
    const more = () => {
      while (written < 50 * 2 ** 20 && !response.destroyed) {
        written += 65_536;
        if (!response.write('<p>'.padEnd(65_536))) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  configure({ server: server.url() });
  expect(await failure(get(open()))).toMatchObject({ reason: 'server', message: expect.stringContaining('502') });
  expect(written).toBeLessThan(20 * 2 ** 20);
});

it('[W68] a compressed list is read, one that is broken is malformed, and one that swells is given up', async () => {
  const packed = gzipSync(JSON.stringify(LIST));
  let body = packed;
  const server = await listen((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
  });
  configure({ server: server.url() });
  const transport = open();
  expect(await get(transport)).toEqual(LIST);
  body = Buffer.from('this is not gzip');
  expect((await failure(get(transport))).reason).toBe('malformed');
  body = gzipSync(Buffer.alloc(257 * 2 ** 20, 32));
  const { reason, message } = await failure(get(transport));
  expect([reason, message.includes('longer than 256 MiB')]).toEqual(['malformed', true]);
});

it('[W69] a list that stalls within its body ends with its time, and so does a watch that no header comes for', async () => {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const server = await listen((request, response) => {
    if (request.url?.includes('watch')) return resolve();
    response.write('{"kind":');
    resolve();
  });
  configure({ server: server.url() });
  const clock = new FakeClock();
  const transport = open(clock);
  const listing = failure(get(transport, 60_000));
  await reached;
  await clock.advance(60_000);
  expect((await listing).reason).toBe('timeout');
  const watching = failure(transport.watch(PATH, {}, { signal: never, headersMs: 90_000 }));
  await expect.poll(() => server.requests.length).toBe(2);
  await clock.advance(90_000);
  expect((await watching).message).toContain('90 s');
});

it("[W69] an abort is the caller's own", async () => {
  const server = await listen(() => undefined);
  configure({ server: server.url() });
  const leaving = new AbortController();
  const listing = open().get(PATH, {}, { signal: leaving.signal, timeoutMs: 60_000 });
  await expect.poll(() => server.requests.length).toBe(1);
  leaving.abort();
  await expect(listing).rejects.toMatchObject({ name: 'AbortError' });
});

it('[W70] a redirect is named and not followed; nobody else is given the token', async () => {
  const other = await listen(list);
  const server = await listen((_, response) =>
    response.writeHead(302, { location: `${other.url()}/login?canary` }).end(),
  );
  configure({ server: server.url() });
  const { reason, message } = await failure(get(open()));
  expect(reason).toBe('redirected');
  expect(message).toContain(other.url());
  expect(message).not.toContain('canary');
  expect(other.requests).toEqual([]);
});

/** A proxy for CONNECT, which notes whom it is asked for and may ask for a password. */
async function tunnelling(tls = false): Promise<Listener & { asked: string[]; credentials: string | null }> {
  const proxy = await listen(
    (_, response) => response.writeHead(400).end(),
    tls ? authority.issue({ name: 'proxy', names: ['127.0.0.1'] }) : null,
  );
  const told = Object.assign(proxy, { asked: [] as string[], credentials: null as string | null });
  proxy.server.on('connect', (request: IncomingMessage, socket: Socket) => {
    told.asked.push(request.url ?? '');
    const expected = told.credentials && `Basic ${Buffer.from(told.credentials).toString('base64')}`;
    if (expected !== null && request.headers['proxy-authorization'] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const [host, port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host);
    upstream
      .on('error', () => socket.destroy())
      .on('connect', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
    socket.on('error', () => upstream.destroy());
    closing.push(async () => upstream.destroy());
  });
  return told;
}

it('[W66] proxy-url leads to the server through CONNECT, with its user and password', async () => {
  const server = await secure();
  const proxy = await tunnelling();
  proxy.credentials = 'user:canary';
  configure(trusted(server, { 'proxy-url': `http://user:canary@127.0.0.1:${proxy.port}` }));
  expect(await get(open())).toEqual(LIST);
  expect(proxy.asked).toEqual([`127.0.0.1:${server.port}`]);
  expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined();
});

it('[W66] a proxy that refuses is told by its address, without user and password', async () => {
  const server = await secure();
  const proxy = await tunnelling();
  proxy.credentials = 'user:right';
  configure(trusted(server, { 'proxy-url': `http://user:canary@127.0.0.1:${proxy.port}` }));
  const error = await failure(get(open()));
  expect(error.reason).toBe('proxy');
  expect(error.message).toContain(`through the proxy http://127.0.0.1:${proxy.port}`);
  expect(error.message).toContain('407');
  await proxy.stop();
  const gone = await failure(get(open()));
  expect(gone.message).toContain('ECONNREFUSED');
  expect(`${error.message} ${error.stack} ${gone.message} ${gone.stack}`).not.toContain('canary');
});

it('[W66] a proxy of the environment is used, and NO_PROXY passes it by', async () => {
  const server = await listen(list);
  const proxy = await listen((request, response) => {
    expect(request.url).toBe(`http://api.invalid:${server.port}${PATH}`);
    list(request, response);
  });
  configure({ server: `http://api.invalid:${server.port}` });
  expect(await get(open(systemClock, { http_proxy: `127.0.0.1:${proxy.port}` }))).toEqual(LIST);
  expect(proxy.requests.length).toBe(1);
  const direct = open(systemClock, { http_proxy: `127.0.0.1:${proxy.port}`, no_proxy: 'invalid' });
  expect((await failure(get(direct))).reason).toBe('dns');
});

/** A SOCKS5 proxy without a password. Source: RFC 1928. */
async function socks(): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server: Server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .once('data', () => {
        socket.write(Buffer.from([5, 0]));
        socket.once('data', (ask) => {
          const named = ask[3] === 3;
          const host = named ? ask.subarray(5, 5 + (ask[4] ?? 0)).toString() : [...ask.subarray(4, 8)].join('.');
          const port = ask.readUInt16BE(ask.length - 2);
          asked.push(`${host}:${port}`);
          const upstream = connect(port, '127.0.0.1', () => {
            socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
            socket.pipe(upstream).pipe(socket);
          });
          upstream.on('error', () => socket.destroy());
          closing.push(async () => void upstream.destroy());
        });
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => server.close());
  return { port: (server.address() as { port: number }).port, asked };
}

it('[W66] a SOCKS5 proxy is given the name to look up', async () => {
  const server = await secure(['api.invalid']);
  const proxy = await socks();
  configure(trusted(server, { 'proxy-url': `socks5h://127.0.0.1:${proxy.port}` }, 'api.invalid'));
  expect(await get(open())).toEqual(LIST);
  expect(proxy.asked).toEqual([`api.invalid:${server.port}`]);
});
