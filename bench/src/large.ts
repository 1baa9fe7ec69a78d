import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startMock } from '@portolan/mock-apiserver';
import type { Load, LoadResult } from './load-client.ts';
import { round } from './statistics.ts';

const run = promisify(execFile);
const CLIENT = fileURLToPath(new URL('./load-client.ts', import.meta.url));
const PODS = '/api/v1/pods';
const MIB = 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, 'x');
const SECONDS = 3;
const CONNECTIONS = 10;

async function load(what: Load): Promise<LoadResult> {
  const { stdout } = await run(process.execPath, [CLIENT, JSON.stringify(what)]);
  return JSON.parse(stdout) as LoadResult;
}

/** A server that does nothing but write: `bytes` of nothing in pieces as its reader takes them, or one prepared answer. */
async function floorServer(answer: { bytes: number } | { body: Buffer }): Promise<{ url: string; server: Server }> {
  const server = createServer((_request, response) => {
    if ('body' in answer) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.body.length });
      response.end(answer.body);
      return;
    }
    let left = answer.bytes;
    const pour = () => {
      while (left > 0) {
        left -= CHUNK.length;
        if (!response.write(CHUNK)) {
          response.once('drain', pour);
          return;
        }
      }
      response.end();
    };
    pour();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** The list of all pods against writing as many bytes, and how long others had to wait meanwhile. */
async function lists(url: string): Promise<object> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const list = await load({ do: 'read', url: url + PODS });
  delay.disable();
  const { url: floorUrl, server } = await floorServer({ bytes: list.count });
  const floor = await load({ do: 'read', url: floorUrl });
  server.close();
  return {
    MiB: round(list.count / MIB),
    seconds: round(list.seconds),
    'MiB a second': round(list.count / MIB / list.seconds),
    'times the floor': round(list.seconds / floor.seconds),
    'longest wait (ms)': round(delay.max / 1e6),
  };
}

/** Requests for one pod against a server that has the answer ready. */
async function requests(url: string): Promise<object> {
  const first = (await (await fetch(`${url}${PODS}?limit=1`)).json()) as {
    items: { metadata: { namespace: string; name: string } }[];
  };
  const { namespace, name } = first.items[0]?.metadata ?? { namespace: '', name: '' };
  const one = `${url}/api/v1/namespaces/${namespace}/pods/${name}`;
  const body = Buffer.from(await (await fetch(one)).arrayBuffer());
  const asked = await load({ do: 'ask', url: one, seconds: SECONDS, connections: CONNECTIONS });
  const { url: floorUrl, server } = await floorServer({ body });
  const floor = await load({ do: 'ask', url: floorUrl, seconds: SECONDS, connections: CONNECTIONS });
  server.closeAllConnections();
  server.close();
  const rate = asked.count / asked.seconds;
  return { 'a second': Math.round(rate), 'times the floor': round(floor.count / floor.seconds / rate) };
}

/** Lines told to so many watchers while connections write as fast as they are answered. */
async function watches(url: string, watchers: number): Promise<object> {
  const collection = `${url}/api/v1/namespaces/default/configmaps`;
  const name = 'bench';
  await fetch(collection, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ metadata: { name } }),
  });
  const told = await load({
    do: 'watch',
    url: `${collection}/${name}`,
    watchUrl: `${collection}?watch=1`,
    watchers,
    seconds: SECONDS,
    writers: CONNECTIONS,
  });
  const rate = told.count / told.seconds;
  return { 'a second': Math.round(rate), 'writes a second': Math.round(rate / watchers) };
}

/**
 * The large cluster at its full size: how long it takes to start, what it holds, and how fast it answers while it lives.
 * Clients run in processes of their own. What is seconds of a processor counts what this process used, however many others
 * wanted it.
 */
export async function large(): Promise<Record<string, object>> {
  const began = performance.now();
  const cpu = cpuSeconds();
  const mock = await startMock({ scenario: 'large', services: 'off' });
  try {
    const up = { seconds: round((performance.now() - began) / 1000), 'processor seconds': round(cpuSeconds() - cpu) };
    const busy = cpuSeconds();
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    const idle = { 'processor share at rest': round((cpuSeconds() - busy) / 20) };
    const memory = () => Math.round(process.memoryUsage().rss / MIB);
    const resident = { 'MiB after 20 s': memory() };
    const figures: Record<string, object> = { up, rest: idle, 'list of all pods': await lists(mock.url) };
    figures['GET of one pod'] = await requests(mock.url);
    for (const watchers of [1, 10, 100]) figures[`lines to ${watchers} watchers`] = await watches(mock.url, watchers);
    figures['resident memory'] = { ...resident, 'MiB at the end': memory() };
    return figures;
  } finally {
    await mock.close();
  }
}
