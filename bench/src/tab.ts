import { readFileSync } from 'node:fs';
import { type Browser, type CDPSession, chromium } from '@playwright/test';
import { launch } from '@portolan/e2e/launch';
import { startPortolan } from '@portolan/e2e/portolan';
import { type Point, trendOf } from './statistics.ts';

const MIB = 1024 * 1024;
const MINUTE_MS = 60_000;
const SAMPLE_MS = 15_000;

/** Minutes to live before it is measured, and to be measured. */
export interface TabOptions {
  warmUp: number;
  minutes: number;
  /** Changes of pods a simulated second, and how fast that goes. */
  churn: number;
  speed: number;
}

/** What tabs hold once their garbage is collected: each page, the worker that they share, and all their processes. */
interface Reading {
  pages: Record<string, { heap: number; nodes: number; listeners: number }>;
  worker: number;
  renderers: number;
}

/** Each figure of a reading, by its name and unit. */
function figuresOf({ pages, worker, renderers }: Reading): [name: string, figure: number][] {
  return [
    ...Object.entries(pages).flatMap(([name, { heap, nodes, listeners }]): [string, number][] => [
      [`${name}: heap (MiB)`, heap / MIB],
      [`${name}: DOM nodes`, nodes],
      [`${name}: listeners`, listeners],
    ]),
    ["stream worker's heap (MiB)", worker / MIB],
    ['RSS of the renderers (MiB)', renderers / MIB],
  ];
}

/**
 * Two tabs of a browser before a busy cluster, drawn and without a GPU: the topology of its fullest namespace, and the wall.
 * What they hold against time, after the cluster's events have come and gone for a while.
 */
export async function tab({ warmUp, minutes, churn, speed }: TabOptions): Promise<Record<string, object>> {
  const size = ['--nodes', '20', '--pods', '300', '--churn', String(churn), '--speed', String(speed)];
  const quiet = ['--port', '0', '--api-port', '0', '--no-services', '--log-level', 'error'];
  const portolan = await startPortolan('demo', 'large', ...quiet, ...size);
  const browser = await chromium.launch(launch);
  try {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
    const namespace = await fullest(String(portolan.apiserver));
    const open = async (path: string) => {
      const page = await context.newPage();
      await page.goto(new URL(path, String(portolan.url)).href);
      await page.locator('h1').first().waitFor();
      const session = await context.newCDPSession(page);
      await session.send('Performance.enable');
      return session;
    };
    const tabs = { topology: await open(`/?namespace=${namespace}`), wall: await open('/wall') };
    const worker = await workerOf(browser);
    await new Promise((resolve) => setTimeout(resolve, warmUp * MINUTE_MS));
    const readings: { at: number; reading: Reading }[] = [];
    const began = Date.now();
    for (let next = SAMPLE_MS; next <= minutes * MINUTE_MS; next += SAMPLE_MS) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, began + next - Date.now())));
      readings.push({ at: (Date.now() - began) / MINUTE_MS / 60, reading: await read(tabs, worker, browser) });
    }
    const series = new Map<string, Point[]>();
    for (const { at, reading } of readings) {
      for (const [name, y] of figuresOf(reading)) series.set(name, [...(series.get(name) ?? []), { x: at, y }]);
    }
    return Object.fromEntries([...series].map(([name, points]) => [name, trendOf(points, 'an hour')]));
  } finally {
    await browser.close();
    await portolan.stop();
  }
}

/** The namespace with the most pods. */
async function fullest(apiserver: string): Promise<string> {
  const response = await fetch(`${apiserver}/api/v1/pods`);
  const { items } = (await response.json()) as { items: { metadata: { namespace: string } }[] };
  const counts = new Map<string, number>();
  for (const { metadata } of items) counts.set(metadata.namespace, (counts.get(metadata.namespace) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'default';
}

/** Asks a target of the browser; what it answers is its result. */
type Ask = (method: string) => Promise<unknown>;

async function read(tabs: Readonly<Record<string, CDPSession>>, worker: Ask, browser: Browser): Promise<Reading> {
  const pages: Reading['pages'] = {};
  for (const [name, session] of Object.entries(tabs)) {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const metric = (of: string) => metrics.find((one) => one.name === of)?.value ?? 0;
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    pages[name] = { heap: usedSize, nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
  }
  await worker('HeapProfiler.collectGarbage');
  const { usedSize } = (await worker('Runtime.getHeapUsage')) as { usedSize: number };
  return { pages, worker: usedSize, renderers: await rendererBytes(browser) };
}

/** The worker that holds the stream, as a target of the browser. */
async function workerOf(browser: Browser): Promise<Ask> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  const target = targetInfos.find(({ type }) => type === 'shared_worker');
  if (target === undefined) throw new Error('the pages share no worker');
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
  const waiting = new Map<number, (result: unknown) => void>();
  let id = 0;
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as { id?: number; result?: unknown };
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer.result);
  });
  return (method) =>
    new Promise((resolve, reject) => {
      const message = JSON.stringify({ id: ++id, method });
      waiting.set(id, resolve);
      session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
    });
}

/** The resident memory of the browser's renderers, by Linux; 0 elsewhere. */
async function rendererBytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { id }) => sum + residentBytes(id), 0);
}

function residentBytes(pid: number): number {
  try {
    const pages = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(pages ?? 0) * 1024;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
