import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Source } from '@portolan/shared';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StreamClient } from './testing/stream-client.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

let folder: string;
let children: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-main-'));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

interface Run {
  child: ChildProcess;
  printed: () => { out: string; err: string };
}

function run(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const printed = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => {
    printed.out += text.toString('utf8');
  });
  child.stderr.on('data', (text: Buffer) => {
    printed.err += text.toString('utf8');
  });
  return { child, printed: () => printed };
}

/** Runs to the end: the exit code and what was said on standard error. */
async function failing(args: string[], env: Record<string, string> = {}): Promise<[number, string]> {
  const { child, printed } = run(args, env);
  const [code] = (await once(child, 'close')) as [number];
  return [code, printed().err];
}

interface Ready {
  url: string;
  apiserver: string;
  kubeconfig: string;
  pid: number;
}

/** Runs until it serves, as a script would wait for it. */
async function serving(args: string[], env: Record<string, string> = {}): Promise<Run & { ready: Ready }> {
  const file = join(folder, 'ready.json');
  const { promise: written, resolve, reject } = Promise.withResolvers<void>();
  const watcher = watch(folder, () => {
    if (existsSync(file)) resolve();
  });
  const started = run([...args, '--ready-file', file], env);
  started.child.once('close', () => reject(new Error(`it ended: ${JSON.stringify(started.printed())}`)));
  try {
    await written;
  } finally {
    watcher.close();
  }
  return { ...started, ready: JSON.parse(readFileSync(file, 'utf8')) as Ready };
}

const demo = ['demo', '--port', '0', '--api-port', '0', '--speed', '50'];

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<[number | null, number]> {
  const started = performance.now();
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = (await exit) as [number | null];
  return [code, performance.now() - started];
}

it('[H12] the demo says where its page is and how kubectl reaches it, with a kubeconfig of the user alone', async () => {
  const { ready, printed, child } = await serving(demo);
  expect(ready.pid).toBe(child.pid);
  // The ready file and what is printed come by different ways.
  await expect.poll(() => printed().out).toContain(ready.url);
  await expect.poll(() => printed().out).toContain(`kubectl --kubeconfig ${ready.kubeconfig}`);
  expect(statSync(ready.kubeconfig).mode & 0o777).toBe(0o600);
  const { clusters } = (await (await fetch(`${ready.url}/api/v1/clusters`)).json()) as { clusters: object[] };
  expect(clusters).toMatchObject([{ name: 'demo', embedded: true }]);
  expect((await fetch(`${ready.apiserver}/version`)).status).toBe(200);
});

it('[H13] a step of the scenario is played, and the stream shows it', async () => {
  const { ready } = await serving(demo);
  const base = `${ready.url}/api/v1/clusters/demo`;
  const stream = await StreamClient.open(`${base}/stream?namespace=default`);
  const { steps } = (await (await fetch(`${base}/scenario`)).json()) as { steps: { id: string; enabled: boolean }[] };
  const post = (id: string) =>
    fetch(`${base}/scenario/steps/${id}`, {
      method: 'POST',
      headers: { origin: ready.url, 'x-portolan-action': '1' },
    });
  expect((await post('no-such-step')).status).toBe(404);
  const closed = steps.find((step) => !step.enabled);
  expect((await post(closed?.id ?? '')).status).toBe(409);
  const open = steps.find((step) => step.enabled);
  expect(await (await post(open?.id ?? '')).json()).toMatchObject({ name: 'guestbook' });
  await stream.until((one) => one.names('Pod').length > 0);
  stream.close();
});

it('[H19] the tour, the traffic and the faults of an embedded cluster are asked for with an action, and refused in words', async () => {
  const { ready } = await serving(demo);
  const base = `${ready.url}/api/v1/clusters/demo`;
  const headers = { 'x-portolan-action': '1', 'content-type': 'application/json' };
  const ask = async (path: string, body: object, method = 'POST', sent: Record<string, string> = headers) => {
    const response = await fetch(`${base}/${path}`, { method, headers: sent, body: JSON.stringify(body) });
    return [response.status, (await response.json()) as Record<string, unknown>] as const;
  };
  expect((await ask('scenario/tour', { do: 'play' }, 'POST', { 'content-type': 'application/json' }))[0]).toBe(403);
  expect(await ask('scenario/tour', { do: 'play', pace: 3 })).toMatchObject([
    200,
    { tour: { state: 'playing', pace: 3 } },
  ]);
  expect(await ask('scenario/tour', { do: 'play', pace: 0 })).toMatchObject([
    400,
    { detail: expect.stringContaining('pace') },
  ]);
  expect(await ask('scenario/tour', { do: 'dance' })).toMatchObject([400, { detail: expect.stringContaining('do:') }]);
  const nobody = { do: 'start', namespace: 'default', service: 'nobody', perSecond: 5 };
  expect(await ask('traffic', nobody)).toMatchObject([409, { detail: expect.stringContaining('nobody') }]);
  expect(await ask('traffic', { do: 'stop' })).toMatchObject([200, { running: false }]);
  const [, before] = await ask('faults', { kind: 'delay' });
  expect(before.active).toMatchObject([{ kind: 'delay' }]);
  expect(await ask('faults', { kind: 'rust' })).toMatchObject([409, { detail: expect.stringContaining('rust') }]);
  expect(await ask('faults/all', {}, 'DELETE')).toMatchObject([200, { active: [] }]);
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  '[H14] %s says goodbye, ends with 0 within five seconds, and leaves no file',
  async (signal) => {
    const { child, ready } = await serving(demo);
    const stream = await StreamClient.open(`${ready.url}/api/v1/clusters/demo/stream`);
    await stream.until((one) => one.last('synced') !== undefined);
    const [code, took] = await end(child, signal);
    await stream.ended();
    expect(stream.last('goodbye')).toBeDefined();
    expect(code).toBe(0);
    expect(took).toBeLessThan(5000);
    expect(existsSync(ready.kubeconfig)).toBe(false);
  },
);

it('[H15] an apiserver that does not listen is said once and waited for; the dashboard serves', async () => {
  const file = join(folder, 'nobody');
  writeFileSync(
    file,
    JSON.stringify({
      kind: 'Config',
      clusters: [{ name: 'nobody', cluster: { server: 'http://127.0.0.1:1' } }],
      contexts: [{ name: 'nobody', context: { cluster: 'nobody', user: '' } }],
      'current-context': 'nobody',
    }),
  );
  const { ready, printed } = await serving(['--kubeconfig', file, '--port', '0']);
  const stream = await StreamClient.open(`${ready.url}/api/v1/clusters/nobody/stream`);
  // Endpoints are not asked for before EndpointSlices are known not to be had.
  const waits = ({ kind, state }: Source) => state === 'backoff' || kind === 'Endpoints';
  await stream.until((one) => one.last('sources')?.data.sources.every(waits) === true);
  stream.close();
  expect((await fetch(`${ready.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${ready.url}/readyz`)).status).toBe(503);
  expect(
    printed()
      .err.split('\n')
      .filter((line) => line.includes('ECONNREFUSED')),
  ).toHaveLength(1);
});

it('[H16] flags beat the environment', async () => {
  const { ready } = await serving(demo, { PORTOLAN_PORT: '1', PORTOLAN_SPEED: 'nonsense' });
  expect(Number(new URL(ready.url).port)).toBeGreaterThan(1);
});

it.each([
  ['another address than loopback', ['--host', '0.0.0.0'], '--host 0.0.0.0'],
  [
    'a kubeconfig that is missing',
    ['--kubeconfig', '/nonexistent/kubeconfig'],
    '/nonexistent/kubeconfig does not exist',
  ],
  ['no kubeconfig at all', [], 'portolan demo'],
  [
    'an unknown scenario',
    ['demo', 'nope', '--port', '0', '--api-port', '0'],
    'There is no scenario "nope"; there is guestbook',
  ],
])('[H17] %s ends with 2 and says what to do', async (_what, args, said) => {
  const [code, err] = await failing(args);
  expect(err).toContain(said);
  expect(code).toBe(2);
});

it('[H17] a port in use ends with 2 and names it', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = String(address !== null && typeof address === 'object' ? address.port : 0);
  const [code, err] = await failing(['demo', '--port', port, '--api-port', '0']);
  expect([code, err]).toEqual([2, expect.stringContaining(`--port ${port} is in use`)]);
  const [apiCode, apiErr] = await failing(['demo', '--port', '0', '--api-port', port]);
  expect([apiCode, apiErr]).toEqual([2, expect.stringContaining(`--api-port ${port} is in use`)]);
  taken.close();
});

it.each([['eighty'], ['']])(
  '[H17] a value that an option cannot take is refused by name: "%s" is no port',
  async (value) => {
    const [code, err] = await failing(['demo', '--port', value]);
    expect(err).toContain('--port');
    expect(code).toBe(2);
  },
);

it.each(['demo', 'mock'])(
  '[H17] %s ends with 2 when it cannot write its ready file, and leaves nothing',
  async (command) => {
    const file = join(folder, 'no-such-folder', 'ready.json');
    const [code, err] = await failing([...demo.with(0, command), '--ready-file', file]);
    expect([code, err]).toEqual([2, expect.stringContaining(`--ready-file ${file} cannot be written`)]);
    expect(readdirSync(folder)).toEqual([]);
  },
);
