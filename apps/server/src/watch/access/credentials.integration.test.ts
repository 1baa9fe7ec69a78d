import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.ts';
import { Listener } from '../../testing/listener.ts';
import { ApiError } from '../api-error.ts';
import { chooseClusters } from '../kubeconfig.ts';
import { Transport } from '../transport.ts';

const V1 = 'client.authentication.k8s.io/v1';
const never = new AbortController().signal;

let folder: string;
let file: string;
let clock: FakeClock;
let server: Listener;
let transports: Transport[];
/** The tokens that the apiserver lets in. */
let valid: Set<string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-credentials-'));
  file = join(folder, 'config');
  clock = new FakeClock();
  transports = [];
  valid = new Set(['one']);
  server = await new Listener((request, response) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    response.writeHead(valid.has(token) ? 200 : 401).end('{}');
  }).start();
  answer({ token: 'one' });
});
afterEach(async () => {
  for (const transport of transports) await transport.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** What the plugin gives from now on. */
function answer(status: object, kind = 'ExecCredential', apiVersion = V1): void {
  writeFileSync(join(folder, 'answer'), JSON.stringify({ kind, apiVersion, status }));
}

const runs = () => (existsSync(join(folder, 'runs')) ? readFileSync(join(folder, 'runs'), 'utf8').length : 0);

/** A plugin: notes its run and the document it was given, does `then`, and gives the answer. */
function plugin(then = '', more: object = {}): void {
  const script = `const fs = require('node:fs');
    fs.appendFileSync('${folder}/runs', 'x');
    fs.writeFileSync('${folder}/info', process.env.KUBERNETES_EXEC_INFO);
    ${then}
    process.stdout.write(fs.readFileSync('${folder}/answer', 'utf8'));`;
  configure({ apiVersion: V1, command: process.execPath, args: ['-e', script], interactiveMode: 'Never', ...more });
}

const configure = (exec: object) => configureUser({ exec });

function configureUser(user: object): void {
  const config = {
    clusters: [{ name: 'red', cluster: { server: server.url() } }],
    users: [{ name: 'me', user }],
    contexts: [{ name: 'red', context: { cluster: 'red', user: 'me' } }],
    'current-context': 'red',
  };
  writeFileSync(file, JSON.stringify(config));
}

function open(): Transport {
  const [config] = chooseClusters({ file, contexts: [], env: {} });
  if (config === undefined) throw new Error('no cluster was chosen');
  const transport = new Transport({ load: config.load, env: process.env, clock, version: '1' });
  transports.push(transport);
  return transport;
}

const get = (transport: Transport, signal = never) => transport.get('/x', {}, { signal, timeoutMs: 60_000 });

async function failure(run: Promise<unknown>): Promise<ApiError> {
  const error = await run.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw error;
}

const tokens = () => server.requests.map((one) => one.headers.authorization?.replace('Bearer ', ''));

it('[W61] all kinds at once wait for one run of the plugin, and share what it gave', async () => {
  plugin();
  const transport = open();
  await Promise.all(Array.from({ length: 40 }, () => get(transport)));
  expect(runs()).toBe(1);
  await get(transport);
  expect(runs()).toBe(1);
});

it('[W61] who leaves takes the plugin down for nobody else', async () => {
  plugin();
  const transport = open();
  const leaving = new AbortController();
  const left = get(transport, leaving.signal);
  const staying = get(transport);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: 'AbortError' });
  expect(await staying).toEqual({});
  expect(runs()).toBe(1);
});

it('[W62, case 28] 401 over all kinds at once, and late ones, is one run of the plugin', async () => {
  plugin();
  const transport = open();
  await get(transport);
  clock.work(60_000);
  valid = new Set(['two']);
  answer({ token: 'two' });
  const held: (() => void)[] = [];
  const answering = server.answer;
  server.answer = (request, response) => void held.push(() => answering(request, response));
  const first = Array.from({ length: 40 }, () => failure(get(transport)));
  await expect.poll(() => held.length).toBe(40);
  server.answer = answering;
  for (const go of held.slice(0, 20)) go();
  for (const { reason } of await Promise.all(first.slice(0, 20))) expect(reason).toBe('unauthorized');
  await Promise.all(Array.from({ length: 20 }, () => get(transport)));
  expect(runs()).toBe(2);
  for (const go of held.slice(20)) go();
  await Promise.all(first);
  await Promise.all(Array.from({ length: 40 }, () => get(transport)));
  expect(runs()).toBe(2);
});

it('[W62] a token that is refused as soon as it was given is not asked for again within 10 s', async () => {
  plugin();
  valid.clear();
  const transport = open();
  for (let i = 0; i < 5; i++) expect((await failure(get(transport))).reason).toBe('unauthorized');
  expect(runs()).toBe(1);
  clock.work(10_000);
  for (let i = 0; i < 5; i++) await failure(get(transport));
  expect(runs()).toBe(2);
});

it('[W62] a plugin that failed is asked again after 10 s, not sooner', async () => {
  plugin(`if (fs.existsSync('${folder}/broken')) process.exit(3);`);
  writeFileSync(join(folder, 'broken'), '');
  const transport = open();
  for (let i = 0; i < 5; i++) expect((await failure(get(transport))).message).toContain('failed (exit 3)');
  expect(runs()).toBe(1);
  rmSync(join(folder, 'broken'));
  clock.work(10_000);
  expect(await get(transport)).toEqual({});
});

it('[W63] a token is renewed a minute before it expires, and a renewal that fails harms nobody until then', async () => {
  plugin(`if (fs.existsSync('${folder}/broken')) process.exit(3);`);
  answer({ token: 'one', expirationTimestamp: new Date(clock.now() + 3_600_000).toISOString() });
  const transport = open();
  await get(transport);
  clock.work(3_539_000);
  await get(transport);
  expect(runs()).toBe(1);
  writeFileSync(join(folder, 'broken'), '');
  clock.work(1_000);
  await get(transport);
  expect(runs()).toBe(2);
  rmSync(join(folder, 'broken'));
  valid.add('two');
  answer({ token: 'two', expirationTimestamp: new Date(clock.now() + 3_600_000).toISOString() });
  clock.work(10_000);
  await get(transport);
  expect([runs(), ...tokens()]).toEqual([3, 'one', 'one', 'one', 'two']);
});

it('[W63] a short-lived token is kept for nine tenths of its life', async () => {
  plugin();
  answer({ token: 'one', expirationTimestamp: new Date(clock.now() + 100_000).toISOString() });
  const transport = open();
  await get(transport);
  clock.work(89_000);
  await get(transport);
  expect(runs()).toBe(1);
  clock.work(1_000);
  await get(transport);
  expect(runs()).toBe(2);
});

/** Told by a process that lives: it holds a connection. */
async function alive(): Promise<{ server: Server; port: number; first: Promise<Socket> }> {
  const listening = createServer();
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const first = once(listening, 'connection').then(([socket]) => {
    (socket as Socket).on('error', () => undefined).resume();
    return socket as Socket;
  });
  return { server: listening, port: (listening.address() as AddressInfo).port, first };
}

it('[W64, case 28] a plugin that hangs is ended after 15 s with all that it started; the event loop goes on meanwhile', async () => {
  const life = await alive();
  const child = `require('node:net').connect(${life.port}, '127.0.0.1').resume(); setInterval(() => {}, 1e6)`;
  plugin(`require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(child)}]);`);
  const asking = failure(get(open()));
  const socket = await life.first;
  const ended = once(socket, 'close');
  await clock.advance(15_000);
  const { reason, message } = await asking;
  expect([reason, message]).toEqual([
    'credentials',
    expect.stringContaining('gave no answer within 15 s and was ended'),
  ]);
  await clock.advance(1_000);
  await ended;
  life.server.close();
});

it('[W64] a plugin that runs when we close is ended, too', async () => {
  const life = await alive();
  const child = `require('node:net').connect(${life.port}, '127.0.0.1').resume(); setInterval(() => {}, 1e6)`;
  configure({ apiVersion: V1, command: process.execPath, args: ['-e', child] });
  const transport = open();
  const asking = failure(get(transport));
  const socket = await life.first;
  const ended = once(socket, 'close');
  await transport.close();
  expect((await asking).reason).toBe('credentials');
  await clock.advance(1_000);
  await ended;
  life.server.close();
});

it('[W64] a plugin that fails is told in its own words, without what is secret', async () => {
  plugin(
    'process.stderr.write("the session of canary-profile is over; run idp login\\ntoken=canary-token\\n"); process.exit(1);',
    {
      env: [{ name: 'PROFILE', value: 'canary-profile' }],
    },
  );
  const { reason, message } = await failure(get(open()));
  expect(reason).toBe('credentials');
  expect(message).toContain('the credentials of user "me" cannot be had');
  expect(message).toContain('failed (exit 1): the session of … is over; run idp login');
  expect(message).not.toContain('canary');
});

it('[W64] a plugin that is not there is told with the hint for its installation', async () => {
  configure({ apiVersion: V1, command: './no-such-plugin', installHint: 'brew install it' });
  const { message } = await failure(get(open()));
  expect(message).toContain(join(folder, 'no-such-plugin'));
  expect(message).toContain('Install it: brew install it.');
});

it.each([
  [{ apiVersion: 'client.authentication.k8s.io/v1alpha1' }, 'v1alpha1'],
  [{ interactiveMode: 'Always' }, 'needs a terminal'],
  [{ command: '' }, 'names no command'],
])('[W64] an entry that cannot be run is refused: %o', async (more, words) => {
  plugin('', more);
  const { reason, message } = await failure(get(open()));
  expect([reason, message]).toEqual(['credentials', expect.stringContaining(words)]);
  expect(runs()).toBe(0);
});

it.each([
  [
    'another version',
    () => answer({ token: 'canary' }, 'ExecCredential', 'client.authentication.k8s.io/v1beta1'),
    'v1beta1',
  ],
  ['another kind', () => answer({ token: 'canary' }, 'TokenReview'), 'TokenReview'],
  ['nothing', () => answer({}), 'neither a token nor a certificate'],
  ['half a pair', () => answer({ clientKeyData: 'canary' }), 'not both'],
  ['an expiry that is no time', () => answer({ token: 'canary', expirationTimestamp: 'soon' }), 'no time'],
  ['no JSON', () => writeFileSync(join(folder, 'answer'), 'token canary'), 'not JSON'],
])('[W64] an answer of %s is refused', async (_what, prepare, words) => {
  plugin();
  prepare();
  const error = await failure(get(open()));
  expect(error.message).toContain(words);
  expect(`${error.message} ${error.stack}`).not.toContain('canary');
});

it('[W64] a plugin is told of the cluster where it asks to be', async () => {
  plugin();
  await get(open());
  expect(JSON.parse(readFileSync(join(folder, 'info'), 'utf8'))).toEqual({
    kind: 'ExecCredential',
    apiVersion: V1,
    spec: { interactive: false },
  });
  plugin('', { provideClusterInfo: true });
  const config = JSON.parse(readFileSync(file, 'utf8'));
  config.clusters[0].cluster.extensions = [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } }];
  writeFileSync(file, JSON.stringify(config));
  await get(open());
  expect(JSON.parse(readFileSync(join(folder, 'info'), 'utf8')).spec).toEqual({
    interactive: false,
    cluster: { server: server.url(), config: { audience: 'x' } },
  });
});

it('[W65] a kubeconfig that is broken after a 401 is a failure of the credentials, and heals', async () => {
  plugin();
  const transport = open();
  await get(transport);
  const whole = readFileSync(file, 'utf8');
  valid = new Set(['two']);
  await failure(get(transport));
  writeFileSync(file, '{"clusters": [');
  valid.clear();
  await failure(get(transport));
  const { reason, message } = await failure(get(transport));
  expect([reason, message]).toEqual(['credentials', expect.stringContaining('cannot be read')]);
  valid = new Set(['two']);
  answer({ token: 'two' });
  writeFileSync(file, whole);
  clock.work(10_000);
  expect(await get(transport)).toEqual({});
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const idToken = `${part({ alg: 'none' })}.${part({ exp: 4_000_000_000 })}.c2ln`;

it('[W61] an OpenID Connect token is sent as it is while it holds', async () => {
  valid = new Set([idToken]);
  configureUser({ 'auth-provider': { name: 'oidc', config: { 'id-token': idToken, 'client-id': 'x' } } });
  expect(await get(open())).toEqual({});
});

it.each([
  ['gcp', 'gke-gcloud-auth-plugin'],
  ['azure', 'kubelogin'],
  ['other', 'is not known'],
])('[W67] the auth-provider %s is refused with what mends it', async (name, words) => {
  configureUser({ 'auth-provider': { name, config: { 'cmd-path': 'canary' } } });
  const { reason, message } = await failure(get(open()));
  expect([reason, message]).toEqual(['credentials', expect.stringContaining(words)]);
});
