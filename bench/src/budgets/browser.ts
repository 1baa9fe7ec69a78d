import { readFileSync } from 'node:fs';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { launch } from '@portolan/e2e/launch';
import { sizeOf } from '../fed/sized-cluster.ts';
import { sizedServer, sleep, until } from '../fed-server.ts';
import type { Row } from './row.ts';

const MIB = 2 ** 20;
const LIMIT_MS = 120_000;
const CHANGES = 1000;
/** Seconds of panning and zooming. */
const SECONDS = Number(process.env.PORTOLAN_BENCH_SECONDS ?? 20);
const SETTLE_MS = 3000;
const VIEW = { width: 1600, height: 900 };
/** Every so many milliseconds a hand moves. */
const HAND_MS = 16;
/** Of a minute of changes, memory is read so often. */
const READ_MS = 5000;

/** What the page was held to: frames drawn in so many ms, and the longest task and wait for a frame in ms. */
interface Watched {
  frames: number;
  ms: number;
  longestTask: number;
  longestFrame: number;
}

/**
 * The fleet in Chromium without a GPU: from the address to the full picture, what the tab then holds, and frames while a
 * hand pans and zooms and a thousand pods change every second. The floor of frames is a page that draws nothing.
 */
export async function browser(pods: number): Promise<Row[]> {
  const size = sizeOf(pods);
  const fed = await sizedServer(size);
  const chrome = await chromium.launch(launch);
  try {
    await fed.apiserver.ask('release');
    await until(
      async () => (await fetch(new URL('/readyz', String(fed.server.url)))).ok,
      (ok) => ok,
      LIMIT_MS,
    );
    await sleep(SETTLE_MS);
    const context = await chrome.newContext({ viewport: VIEW });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await watch(page);
    const began = performance.now();
    await page.goto(new URL('/fleet?lang=en', String(fed.server.url)).href);
    await page.locator('[data-key="pod/ready"]').waitFor({ timeout: LIMIT_MS });
    await drawn(page);
    const arrival = { seconds: (performance.now() - began) / 1000, ...(await watched(page)) };
    const quiet = await memoryOf(session, chrome);

    await fed.apiserver.ask({ flow: CHANGES });
    await watched(page);
    const readings: number[] = [];
    const hand = moveAbout(page, SECONDS * 1000);
    for (let at = READ_MS; at < SECONDS * 1000; at += READ_MS) {
      await sleep(READ_MS);
      readings.push((await session.send('Runtime.getHeapUsage')).usedSize);
    }
    await hand;
    const moving = await watched(page);
    await fed.apiserver.ask({ flow: 0 });
    await sleep(SETTLE_MS);
    const counted = await legend(page);
    const held = await heldBy(String(fed.server.url));
    const busy = await memoryOf(session, chrome);
    const floor = await floorOf(chrome);
    const fps = (1000 * moving.frames) / moving.ms;
    const floorFps = (1000 * floor.frames) / floor.ms;
    return [
      { what: 'page: address to picture (s)', figure: arrival.seconds, budget: 3, grows: true },
      { what: 'page: longest task meanwhile (ms)', figure: arrival.longestTask, budget: 100 },
      { what: 'page: frames a second', figure: fps, budget: 55, least: true },
      { what: 'page: frames, of an idle page', figure: fps / floorFps, budget: null },
      { what: 'page: longest task moving (ms)', figure: moving.longestTask, budget: 100 },
      { what: 'page: longest frame moving (ms)', figure: moving.longestFrame, budget: null },
      { what: 'page: heap (MiB)', figure: quiet.heap / MIB, budget: null },
      { what: 'page: heap after changes (MiB)', figure: busy.heap / MIB, budget: null },
      { what: 'page: tab, resident (MiB)', figure: busy.resident / MIB, budget: 400 },
      { what: 'page: pods counted wrong', figure: Math.abs(counted - held), budget: 0 },
    ];
  } finally {
    await chrome.close();
    await fed.close();
  }
}

/** Counts frames and tasks of a page from its first script on. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counted = { frames: 0, began: performance.now(), last: 0, longestTask: 0, longestFrame: 0 };
    Object.assign(window, { counted });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) counted.longestTask = Math.max(counted.longestTask, duration);
    }).observe({ type: 'longtask', buffered: true });
    const frame = (now: number) => {
      counted.frames += 1;
      if (counted.last > 0) counted.longestFrame = Math.max(counted.longestFrame, now - counted.last);
      counted.last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** What was counted since it was asked last. */
function watched(page: Page): Promise<Watched> {
  return page.evaluate(() => {
    const { counted } = window as unknown as { counted: Watched & { began: number; last: number } };
    const now = performance.now();
    const { frames, longestTask, longestFrame } = counted;
    const ms = now - counted.began;
    Object.assign(counted, { frames: 0, began: now, longestTask: 0, longestFrame: 0 });
    return { frames, ms, longestTask, longestFrame };
  });
}

/** Resolves once two more frames were drawn. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}

/** A hand that drags the picture to and fro, and turns the wheel in and out, for so long. */
async function moveAbout(page: Page, ms: number): Promise<void> {
  const end = performance.now() + ms;
  const [x, y] = [VIEW.width / 2, VIEW.height / 2];
  await page.mouse.move(x, y);
  for (let turn = 0; performance.now() < end; turn++) {
    const inwards = Math.floor(turn / 4) % 2 === 0 ? -1 : 1;
    for (let step = 0; step < 12; step++) {
      await page.mouse.wheel(0, inwards * 60);
      await sleep(HAND_MS);
    }
    await page.mouse.down();
    for (let step = 0; step < 40; step++) {
      const far = Math.sin((Math.PI * step) / 40) * (turn % 2 === 0 ? 300 : -300);
      await page.mouse.move(x + far, y + far / 3);
      await sleep(HAND_MS);
    }
    await page.mouse.up();
  }
}

/** Pods by the legend. */
async function legend(page: Page): Promise<number> {
  const texts = await page.locator('[data-key^="pod/"] b').allTextContents();
  return texts.reduce((sum, text) => sum + Number(text.replaceAll(/\D/g, '')), 0);
}

/** Pods by the server, which are the apiserver's. */
async function heldBy(url: string): Promise<number> {
  const { clusters } = (await (await fetch(new URL('/api/v1/clusters', url))).json()) as {
    clusters: { sources: { kind: string; objects: number }[] }[];
  };
  return clusters[0]?.sources.find(({ kind }) => kind === 'Pod')?.objects ?? 0;
}

/** What the tab holds once its garbage is collected: its heap, and its process by Linux (0 elsewhere). */
async function memoryOf(session: CDPSession, chrome: Browser): Promise<{ heap: number; resident: number }> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const whole = await chrome.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  await whole.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id));
  return { heap: usedSize, resident: Math.max(0, ...renderers) };
}

function residentBytes(pid: number): number {
  try {
    return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

/** Frames of a page that draws nothing, while a hand moves as it did. */
async function floorOf(chrome: Browser): Promise<Watched> {
  const page = await (await chrome.newContext({ viewport: VIEW })).newPage();
  await watch(page);
  await page.goto('data:text/html,<canvas width=1600 height=900></canvas>');
  await drawn(page);
  await watched(page);
  await moveAbout(page, 5000);
  return watched(page);
}
