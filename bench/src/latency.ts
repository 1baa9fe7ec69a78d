import { chromium, type Page } from '@playwright/test';
import { launch } from '@portolan/e2e/launch';
import { startPortolan } from '@portolan/e2e/portolan';
import { type Quantiles, quantiles, round } from './statistics.ts';

const CHANGES = 200;
const PORTS_FROM = 20_000;

/** Milliseconds since the same moment in Node and in the page: both clocks are the machine's. */
const now = () => performance.timeOrigin + performance.now();

/**
 * From a write at the apiserver to its painted pixel: a Service's port is changed, and the page is asked when the
 * frame that shows the new number had been painted. The floor is the same change read from a bare watch; both count
 * from the moment just before the write is sent. Changes come one at a time, at random moments within a frame.
 */
export async function latency(): Promise<Record<string, Quantiles>> {
  const portolan = await startPortolan('demo', 'guestbook', '--port', '0', '--api-port', '0', '--log-level', 'error');
  const browser = await chromium.launch(launch);
  try {
    const apiserver = String(portolan.apiserver);
    await createProbe(apiserver);
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    const painted = await watchPaint(page, String(portolan.url));
    const heard = watchLines(apiserver);
    const floor: number[] = [];
    const paint: number[] = [];
    for (let i = 0; i < CHANGES; i++) {
      const port = PORTS_FROM + i;
      const seen = [heard(port), painted(port)];
      const sent = now();
      await changePort(apiserver, port);
      const [line, frame] = await Promise.all(seen);
      floor.push(Number(line) - sent);
      paint.push(Number(frame) - sent);
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 30));
    }
    const [bare, drawn] = [quantiles(floor), quantiles(paint)];
    return {
      'write to watch line, bare (ms)': bare,
      'write to painted pixel (ms)': drawn,
      'watch line to painted pixel (ms)': quantiles(paint.map((value, i) => value - (floor[i] ?? 0))),
      'ratio to the floor': {
        p50: round(drawn.p50 / bare.p50),
        p99: round(drawn.p99 / bare.p99),
        max: round(drawn.max / bare.max),
      },
    };
  } finally {
    await browser.close();
    await portolan.stop();
  }
}

const services = '/api/v1/namespaces/default/services';

async function createProbe(apiserver: string): Promise<void> {
  await send('POST', apiserver + services, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'probe' },
    spec: { selector: { app: 'probe' }, ports: [{ port: PORTS_FROM - 1 }] },
  });
}

async function changePort(apiserver: string, port: number): Promise<void> {
  await send('PATCH', `${apiserver}${services}/probe`, { spec: { ports: [{ port, protocol: 'TCP' }] } });
}

async function send(method: string, url: string, body: object): Promise<void> {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const response = await fetch(url, { method, headers: { 'content-type': type }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  await response.body?.cancel();
}

/** Resolves, for a port, to when a bare watch had its line. */
function watchLines(apiserver: string): (port: number) => Promise<number> {
  const arrivals = meeting();
  void (async () => {
    const response = await fetch(`${apiserver}${services}?watch=1&fieldSelector=metadata.name=probe`);
    let rest = '';
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const at = now();
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const port = /"port":(\d+)/.exec(line)?.[1];
        if (port) arrivals.arrive(Number(port), at);
      }
    }
  })().catch((error: unknown) => arrivals.fail(error));
  return arrivals.of;
}

/** Resolves, for a port, to when the page had painted it. */
async function watchPaint(page: Page, url: string): Promise<(port: number) => Promise<number>> {
  const arrivals = meeting();
  await page.exposeFunction('painted', (port: number, at: number) => arrivals.arrive(port, at));
  await page.goto(url);
  const card = page.locator('[data-kind="Service"][data-name="probe"]').first();
  await card.waitFor();
  await page.evaluate(() => {
    const report = (window as unknown as { painted(port: number, at: number): void }).painted;
    const afterPaint = new MessageChannel();
    const changed: number[] = [];
    // A message posted from a frame's first callback is delivered once that frame, with all that changed before and
    // within it, is painted.
    const frame = () => {
      afterPaint.port2.postMessage(null);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    afterPaint.port1.onmessage = () => {
      for (const port of changed.splice(0)) report(port, performance.timeOrigin + performance.now());
    };
    let shown = '';
    new MutationObserver(() => {
      const text = document.querySelector('[data-kind="Service"][data-name="probe"]')?.textContent ?? '';
      const port = /(\d{5})\/TCP/.exec(text)?.[1] ?? '';
      if (port === shown) return;
      shown = port;
      changed.push(Number(port));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return arrivals.of;
}

/** Brings together those who wait for a number and those who bring it. */
function meeting() {
  const waiting = new Map<number, { resolve(at: number): void; reject(error: unknown): void }>();
  return {
    of: (key: number) => new Promise<number>((resolve, reject) => waiting.set(key, { resolve, reject })),
    arrive(key: number, at: number) {
      waiting.get(key)?.resolve(at);
      waiting.delete(key);
    },
    fail(error: unknown) {
      for (const { reject } of waiting.values()) reject(error);
    },
  };
}
