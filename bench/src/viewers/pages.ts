import { answering } from '../processes/answering.ts';
import { openPage } from './page.ts';

/** How many pages are live, since when each is (epoch ms), what they hold by digest, and how often a digest disagreed. */
export interface PagesReport {
  live: number;
  since: number[];
  digests: Record<string, number>;
  diverged: number;
}

const { url, count } = JSON.parse(process.argv[2] ?? '{}') as { url: string; count: number };
const pages = Array.from({ length: count }, () => openPage(url));

answering((): PagesReport => {
  const digests: Record<string, number> = {};
  const since: number[] = [];
  let diverged = 0;
  for (const { stream, picture } of pages) {
    const { connection, divergences } = stream.status;
    diverged += divergences;
    if (connection.state !== 'live') continue;
    since.push(connection.since);
    digests[picture.digest()] = (digests[picture.digest()] ?? 0) + 1;
  }
  return { live: since.length, since, digests, diverged };
});
