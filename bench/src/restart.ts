import { loadavg } from 'node:os';
import { fedServer, sleep, until } from './fed-server.ts';
import { Probed } from './processes/probed.ts';
import { program } from './program.ts';
import { quantiles, round } from './statistics.ts';
import type { PagesReport } from './viewers/pages.ts';

const LIMIT_MS = 300_000;

/** A server that is killed and started again after so many seconds, and all pages back with the cluster's own digest. */
async function killAndReturn(count: number, downSeconds: number): Promise<object> {
  const fed = await fedServer(1000);
  const pages = new Probed(program('pages'), [JSON.stringify({ url: fed.stream, count })]);
  const report = () => pages.ask<PagesReport>('report');
  const whole = ({ live, digests }: PagesReport) => live === count && digests[fed.feed.digest()] === count;
  try {
    await until(report, whole, LIMIT_MS);
    const began = await pages.read({ collect: false });
    await fed.server.process.stop('SIGKILL');
    await sleep(downSeconds * 1000);
    await fed.again();
    const back = Date.now();
    const { answered, since, diverged, last } = await until(report, whole, LIMIT_MS);
    const spent = await pages.read({ collect: false });
    const taken = quantiles(answered.map((at) => (at - back) / 1000));
    const { p50, p99, max } = quantiles(since.map((at) => (at - back) / 1000));
    return {
      clients: count,
      'down (s)': downSeconds,
      'all answered (s)': taken.max,
      'back p50 (s)': p50,
      'back p99 (s)': p99,
      'all back (s)': max,
      'within 15 s': since.filter((at) => at - back <= 15_000).length,
      diverged,
      // All pages are one process: what they spend between an answer and the picture is theirs, one after the other.
      'CPU of the pages (s)': round((spent.cpu - began.cpu) / 1e6),
      'the last of them': last.map(({ at, what }) => `${what} ${round((at - back) / 1000)}`).join(', '),
      load: round(loadavg()[0] ?? 0),
    };
  } finally {
    await pages.stop('SIGKILL');
    await fed.close();
  }
}

/** How long pages need to be whole again after their server was killed, counted from when it serves. */
export async function restart(): Promise<Record<string, object>> {
  return {
    '1,000 clients, short': await killAndReturn(1000, 1),
    '1,000 clients, long': await killAndReturn(1000, 25),
    '5,000 clients, short': await killAndReturn(5000, 1),
  };
}
