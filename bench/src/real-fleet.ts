import { loadavg } from 'node:os';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type Kubectl, kubectlFor } from '@portolan/e2e/kubectl';
import { launch } from '@portolan/e2e/launch';
import type { Size } from './fed/sized-cluster.ts';
import { sleep, until } from './fed-server.ts';
import { floorOf, legendOf, memoryOf, movedAbout, openFleet, type Shown } from './fleet-page.ts';
import { type ProbedPortolan, probedPortolan } from './processes/probed.ts';
import { agreement } from './real/agreement.ts';
import { RealApi } from './real/api.ts';
import { type Counts, countedOtherwise, legendCounts, printedCounts, stoodStill } from './real/counts.ts';
import { type Filled, fill, settled, sweep } from './real/fill.ts';
import { flow } from './real/flow.ts';
import { round } from './statistics.ts';

const MIB = 2 ** 20;
const LIMIT_MS = 300_000;
const CHANGES = 200;
const SETTLE_MS = 3000;
/** While kubectl is at it the legend is read so often: it is told four times a second. */
const LOOK_MS = 250;
/** How long two pictures of a cluster that is never quite still may take to agree. */
const PATIENCE_MS = 120_000;

/** What is measured, by name; each with its figure, in the unit that its name says, or yes or NO. */
type Figures = Record<string, number | string>;

/** A cluster that has been filled, and what asks it. */
interface Stage {
  kubeconfig: string;
  api: RealApi;
  kubectl: Kubectl;
  filled: Filled;
  seconds: number;
}

/**
 * The fleet of a real control plane, that of `$PORTOLAN_REAL_KUBECONFIG`, filled through its API with
 * `$PORTOLAN_BENCH_NODES` nodes and `$PORTOLAN_BENCH_PODS` pods (2,000 and 20,000), which are deleted in the end. Its counts
 * are held against kubectl's, both ends' entities and digest against the apiserver's lists, before and after a hand has
 * panned and zoomed for `$PORTOLAN_BENCH_SECONDS` while 200 pods a second change. Throws when no kubeconfig is named.
 */
export async function realFleet(): Promise<Record<string, object>> {
  const kubeconfig = process.env.PORTOLAN_REAL_KUBECONFIG;
  if (!kubeconfig) throw new Error('name the kubeconfig of a real control plane in $PORTOLAN_REAL_KUBECONFIG');
  const { PORTOLAN_BENCH_NODES = '2000', PORTOLAN_BENCH_PODS = '20000', PORTOLAN_BENCH_SECONDS = '20' } = process.env;
  const size: Size = { nodes: Number(PORTOLAN_BENCH_NODES), pods: Number(PORTOLAN_BENCH_PODS) };
  const api = await RealApi.of(kubeconfig);
  const kubectl = kubectlFor(kubeconfig, 'default');
  let filled: Filled | null = null;
  try {
    await sweep(api);
    const began = performance.now();
    filled = await fill(api, kubeconfig, size);
    const seconds = secondsSince(began);
    const still = await settled(api, filled, PATIENCE_MS);
    if (!still) console.log('nodes are not as they were made: the cluster is not still');
    const figures = await measured({ kubeconfig, api, kubectl, filled, seconds }, Number(PORTOLAN_BENCH_SECONDS));
    return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, { figure }]));
  } finally {
    // Leases last: nodes that are found dead meanwhile would keep the controllers busy with all their pods.
    await sweep(api);
    await filled?.leases.stop();
    api.close();
  }
}

async function measured(stage: Stage, seconds: number): Promise<Figures> {
  const began = performance.now();
  const server = await probedPortolan(['serve', '--kubeconfig', stage.kubeconfig, '--port', '0']);
  const chrome = await chromium.launch(launch);
  try {
    const ready = async () => (await fetch(new URL('/readyz', String(server.url)))).ok;
    await until(ready, (ok) => ok, LIMIT_MS);
    const listed = secondsSince(began);
    return await shown(stage, { server, chrome, listed, seconds });
  } finally {
    await chrome.close();
    await server.process.stop();
  }
}

async function shown(
  { api, kubectl, filled, seconds: creating }: Stage,
  { server, chrome, listed, seconds }: { server: ProbedPortolan; chrome: Browser; listed: number; seconds: number },
): Promise<Figures> {
  const url = String(server.url);
  const fleet = await openFleet(chrome, url);
  const quiet = await memoryOf(fleet.session, chrome);
  const before = await counted(fleet.page, kubectl);
  const changes = flow(api, filled.running, CHANGES);
  const moving = await movedAbout(fleet, seconds);
  const changed = await changes.stop();
  await sleep(SETTLE_MS);
  const after = await counted(fleet.page, kubectl);
  const agree = await agreement(api.get, url, PATIENCE_MS);
  const held = await server.process.read();
  const busy = await memoryOf(fleet.session, chrome);
  const facts = await streamFacts(fleet);
  const floor = await floorOf(chrome);
  const fps = (1000 * moving.frames) / moving.ms;
  return {
    'created (objects)': filled.objects,
    'to create (s)': round(creating),
    'list into the store (s)': round(listed),
    'address to picture (s)': round(fleet.seconds),
    'longest task meanwhile (ms)': round(fleet.arrival.longestTask),
    'counts equal': before,
    'pods changed a second': round((1000 * changed.done) / moving.ms),
    'changes that failed': changed.failed,
    'frames a second': round(fps),
    'frames, of an idle page': round((fps * floor.ms) / (1000 * floor.frames)),
    'longest task moving (ms)': round(moving.longestTask),
    'longest frame moving (ms)': round(moving.longestFrame),
    'counts equal after changes': after,
    "server and page are the apiserver's lists": agree,
    'what the page says of its digests': facts,
    'page: heap (MiB)': round(quiet.heap / MIB),
    'page: heap after changes (MiB)': round(busy.heap / MIB),
    'page: most of its heap meanwhile (MiB)': round(Math.max(0, ...moving.heaps) / MIB),
    'page: tab, its own (MiB)': round(busy.own / MIB),
    'page: tab, resident (MiB)': round(busy.resident / MIB),
    'server: heap (MiB)': round(held.heap / MIB),
    'server: resident (MiB)': round(held.rss / MIB),
    'leases not renewed': filled.leases.failed,
    load: loadavg().map(round).join(' '),
  };
}

/** Whether the legend comes to count what kubectl prints; if not, the last look's differences. */
async function counted(page: Page, kubectl: Kubectl): Promise<string> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { printed, legends } = await looked(page, kubectl);
    const differences = countedOtherwise(printed, legends);
    const still = stoodStill(legends);
    if (differences.length === 0 && (still || Date.now() > end)) {
      console.log(`kubectl and the legend: ${[...printed].map(([key, count]) => `${count} ${key}`).join(', ')}`);
      return still ? 'yes' : 'yes, while they changed';
    }
    if (Date.now() > end) return `NO: ${differences.join('; ')}`;
    await sleep(1000);
  }
}

/** What kubectl prints, and all that the legend says from before until a little after: it may hear of a change later. */
async function looked(page: Page, kubectl: Kubectl): Promise<{ printed: Counts; legends: Counts[] }> {
  const legends: Counts[] = [];
  const look = async () => legends.push(legendCounts(await legendOf(page)));
  let printing = true;
  const printed = Promise.all([
    kubectl('get', 'pods', '-A', '--no-headers'),
    kubectl('get', 'nodes', '--no-headers'),
  ]).finally(() => {
    printing = false;
  });
  while (printing) {
    await look();
    await sleep(LOOK_MS);
  }
  await sleep(SETTLE_MS);
  await look();
  return { printed: printedCounts(...(await printed)), legends };
}

/** What the page tells of its own checks against the server's digest. */
async function streamFacts({ page }: Shown): Promise<string> {
  await page.getByTestId('connection').click();
  const facts = await page.getByTestId('stream-facts').textContent();
  return String(facts).trim();
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}
