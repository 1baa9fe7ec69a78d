import { chromium } from '@playwright/test';
import { launch } from '@portolan/e2e/launch';
import { sizeOf } from '../fed/sized-cluster.ts';
import { sizedServer, sleep, until } from '../fed-server.ts';
import { floorOf, legendOf, memoryOf, movedAbout, openFleet } from '../fleet-page.ts';
import type { Row } from './row.ts';

const MIB = 2 ** 20;
const LIMIT_MS = 120_000;
const CHANGES = 1000;
/** Seconds of panning and zooming. */
const SECONDS = Number(process.env.PORTOLAN_BENCH_SECONDS ?? 20);
const SETTLE_MS = 3000;

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
    const fleet = await openFleet(chrome, String(fed.server.url));
    const { page, session, seconds, arrival } = fleet;
    const quiet = await memoryOf(session, chrome);

    await fed.apiserver.ask({ flow: CHANGES });
    const moving = await movedAbout(fleet, SECONDS);
    await fed.apiserver.ask({ flow: 0 });
    await sleep(SETTLE_MS);
    const legend = [...(await legendOf(page))].filter(([key]) => key.startsWith('pod/'));
    const counted = legend.reduce((sum, [, count]) => sum + count, 0);
    const held = await heldBy(String(fed.server.url));
    const busy = await memoryOf(session, chrome);
    const floor = await floorOf(chrome);
    const fps = (1000 * moving.frames) / moving.ms;
    const floorFps = (1000 * floor.frames) / floor.ms;
    return [
      { what: 'page: address to picture (s)', figure: seconds, budget: 3, grows: true },
      { what: 'page: longest task meanwhile (ms)', figure: arrival.longestTask, budget: 100 },
      { what: 'page: frames a second', figure: fps, budget: 55, least: true },
      { what: 'page: frames, of an idle page', figure: fps / floorFps, budget: null },
      { what: 'page: longest task moving (ms)', figure: moving.longestTask, budget: 100 },
      { what: 'page: longest frame moving (ms)', figure: moving.longestFrame, budget: null },
      { what: 'page: heap (MiB)', figure: quiet.heap / MIB, budget: null },
      { what: 'page: heap after changes (MiB)', figure: busy.heap / MIB, budget: null },
      { what: 'page: tab, its own (MiB)', figure: busy.own / MIB, budget: 400 },
      { what: 'page: tab, resident (MiB)', figure: busy.resident / MIB, budget: null },
      { what: 'page: pods counted wrong', figure: Math.abs(counted - held), budget: 0 },
    ];
  } finally {
    await chrome.close();
    await fed.close();
  }
}

/** Pods by the server, which are the apiserver's. */
async function heldBy(url: string): Promise<number> {
  const { clusters } = (await (await fetch(new URL('/api/v1/clusters', url))).json()) as {
    clusters: { sources: { kind: string; objects: number }[] }[];
  };
  return clusters[0]?.sources.find(({ kind }) => kind === 'Pod')?.objects ?? 0;
}
