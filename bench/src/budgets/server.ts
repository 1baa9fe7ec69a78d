import { pathOf } from '../fed/collection.ts';
import { sizedCluster, sizeOf } from '../fed/sized-cluster.ts';
import { type SizedServer, sizedServer, sleep } from '../fed-server.ts';
import { Probed } from '../processes/probed.ts';
import { program } from '../program.ts';
import { firstPicture } from '../viewers/first-picture.ts';
import type { Row } from './row.ts';

const SETTLE_MS = 2000;

/** Seconds by the clock and of a processor, and the longest that its event loop was late, in ms. */
interface Cost {
  wall: number;
  cpu: number;
  late: number;
  /** The most of a processor that it used meanwhile at a stretch, in ms. */
  own: number;
}

async function costOf(process: Probed, run: () => Promise<unknown>): Promise<Cost> {
  const before = await process.read({ collect: false });
  const began = performance.now();
  await run();
  const wall = (performance.now() - began) / 1000;
  const { cpu, delay } = await process.read({ collect: false });
  return { wall, cpu: (cpu - before.cpu) / 1e6, late: delay.max, own: delay.own };
}

/** What the same pages cost whoever does the least with them, while the server does nothing. */
async function floorOf(apiserver: SizedServer['apiserver'], paths: readonly string[]): Promise<Cost> {
  const floor = new Probed(program('list-floor'), []);
  try {
    const url = await apiserver.ask<string>('url');
    // Once before: what is loaded when it is first used is not its work.
    await floor.ask([`${url}/api/v1/namespaces`]);
    return await costOf(floor, () => floor.ask(paths.map((path) => url + path)));
  } finally {
    await floor.stop('SIGKILL');
  }
}

const meanOf = (figures: readonly number[]) => figures.reduce((sum, one) => sum + one, 0) / figures.length;

/** Reading a cluster into a served store, what it then holds, and its snapshot on the wire. */
export async function server(pods: number): Promise<Row[]> {
  const size = sizeOf(pods);
  const fed = await sizedServer(size);
  const { process } = fed.server;
  try {
    await sleep(SETTLE_MS);
    const paths = sizedCluster(size).map(pathOf);
    const { heap: empty } = await process.read();
    const floors = [await floorOf(fed.apiserver, paths)];
    const list = await costOf(process, () => fed.apiserver.ask('release'));
    floors.push(await floorOf(fed.apiserver, paths));
    const floor = { wall: meanOf(floors.map(({ wall }) => wall)), cpu: meanOf(floors.map(({ cpu }) => cpu)) };
    const { rss } = await process.read({ collect: false });
    const { heap } = await process.read();
    await process.read();
    await sleep(SETTLE_MS);
    await process.read({ collect: false });
    await sleep(SETTLE_MS);
    const picture = await firstPicture(fed.stream);
    const sent = await process.read({ collect: false });
    return [
      { what: 'list: CPU (s)', figure: list.cpu, budget: null, grows: true },
      { what: 'list: floor CPU (s)', figure: floor.cpu, budget: null, grows: true },
      { what: 'list: CPU to floor', figure: list.cpu / floor.cpu, budget: 1.3 },
      { what: 'list: time to floor', figure: list.wall / floor.wall, budget: 1.3 },
      { what: 'list: longest stretch (ms of CPU)', figure: list.own, budget: 50 },
      { what: 'list: longest wait (ms)', figure: list.late, budget: null },
      { what: 'list: heap a pod (B)', figure: (heap - empty) / pods, budget: 1024 },
      { what: 'list: resident (MiB)', figure: rss / 2 ** 20, budget: null },
      { what: 'snapshot: compressed a pod (B)', figure: picture.compressed / picture.pods, budget: 40 },
      { what: 'snapshot: plain a pod (B)', figure: picture.plain / picture.pods, budget: null },
      { what: 'snapshot: time (s)', figure: picture.seconds, budget: null, grows: true },
      { what: 'snapshot: longest stretch (ms of CPU)', figure: sent.delay.own, budget: 50 },
      { what: 'snapshot: longest wait (ms)', figure: sent.delay.max, budget: null },
    ];
  } finally {
    await fed.close();
  }
}
