import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { sleep } from './fed-server.ts';

const LIMIT_MS = 120_000;
const VIEW = { width: 1600, height: 900 };
/** Every so many milliseconds a hand moves. */
const HAND_MS = 16;
/** While a hand moves, memory is read so often. */
const READ_MS = 5000;

/** What the page was held to: frames drawn in so many ms, and the longest task and wait for a frame in ms. */
export interface Watched {
  frames: number;
  ms: number;
  longestTask: number;
  longestFrame: number;
}

/** A fleet that is shown, and what it took to get there. */
export interface Shown {
  page: Page;
  session: CDPSession;
  /** Seconds from the address to the picture. */
  seconds: number;
  arrival: Watched;
}

/** Opens the fleet of a server and resolves once its picture is drawn; what is counted begins anew then. */
export async function openFleet(chrome: Browser, url: string): Promise<Shown> {
  const context = await chrome.newContext({ viewport: VIEW });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await watch(page);
  const began = performance.now();
  await page.goto(new URL('/fleet?lang=en', url).href);
  await page.locator('[data-key="pod/ready"]').waitFor({ timeout: LIMIT_MS });
  await drawn(page);
  return { page, session, seconds: (performance.now() - began) / 1000, arrival: await watched(page) };
}

/** Moves a hand over a fleet for so many seconds; what was counted meanwhile, and the heap in bytes every few seconds. */
export async function movedAbout({ page, session }: Shown, seconds: number): Promise<Watched & { heaps: number[] }> {
  await watched(page);
  const heaps: number[] = [];
  const hand = moveAbout(page, seconds * 1000);
  for (let at = READ_MS; at < seconds * 1000; at += READ_MS) {
    await sleep(READ_MS);
    heaps.push((await session.send('Runtime.getHeapUsage')).usedSize);
  }
  await hand;
  return { ...(await watched(page)), heaps };
}

/** The legend's counts by their keys: `pod/ready`, `node/NotReady`. */
export async function legendOf(page: Page): Promise<Map<string, number>> {
  const counts = await page
    .getByTestId('fleet-count')
    .evaluateAll((entries) =>
      entries.map((entry): [string, string] => [
        entry.getAttribute('data-key') ?? '',
        entry.querySelector('b')?.textContent ?? '',
      ]),
    );
  return new Map(counts.map(([key, text]) => [key, Number(text.replaceAll(/\D/g, ''))]));
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
export function watched(page: Page): Promise<Watched> {
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

/**
 * What the tab holds once its garbage is collected, in bytes: its heap, and its process by Linux (0 elsewhere). `own` is
 * what no other process shares, which Chromium's task manager shows as a tab's memory; `resident` counts the browser's
 * program and libraries as well.
 */
export interface TabMemory {
  heap: number;
  own: number;
  resident: number;
}

/** Reads it; the tab is the renderer that holds most. */
export async function memoryOf(session: CDPSession, chrome: Browser): Promise<TabMemory> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const whole = await chrome.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  await whole.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => memoryOfProcess(id));
  const most = (of: 'own' | 'resident') => Math.max(0, ...renderers.map((one) => one[of]));
  return { heap: usedSize, own: most('own'), resident: most('resident') };
}

function memoryOfProcess(pid: number): { own: number; resident: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name: string) => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
    return { own: bytes('RssAnon') + bytes('VmSwap'), resident: bytes('VmRSS') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { own: 0, resident: 0 };
    throw error;
  }
}

/** Frames of a page that draws nothing, while a hand moves as it did. */
export async function floorOf(chrome: Browser): Promise<Watched> {
  const page = await (await chrome.newContext({ viewport: VIEW })).newPage();
  await watch(page);
  await page.goto('data:text/html,<canvas width=1600 height=900></canvas>');
  await drawn(page);
  await watched(page);
  await moveAbout(page, 5000);
  return watched(page);
}
