import { answering } from '../processes/answering.ts';
import { openPage } from './page.ts';

/** What a page went through, and when (epoch ms): a state of its connection, with the reason of a loss. */
export interface Passage {
  at: number;
  what: string;
}

/**
 * How many pages are live, when each was answered and since when it is live (epoch ms), what they hold by digest, how often a
 * digest disagreed, and what the last of them went through.
 */
export interface PagesReport {
  last: Passage[];
  live: number;
  answered: number[];
  since: number[];
  digests: Record<string, number>;
  diverged: number;
}

const { url, count } = JSON.parse(process.argv[2] ?? '{}') as { url: string; count: number };
const pages = Array.from({ length: count }, () => {
  const page = openPage(url);
  let passages: Passage[] = [];
  page.stream.subscribe(() => {
    const { connection } = page.stream.status;
    const what = 'reason' in connection ? `${connection.state} (${connection.reason})` : connection.state;
    if (passages.at(-1)?.what === what) return;
    // A way begins with its loss.
    if (passages.at(-1)?.what === 'live') passages = [];
    passages.push({ at: Date.now(), what });
  });
  return { ...page, passages: () => passages };
});

answering((): PagesReport => {
  const digests: Record<string, number> = {};
  const answered: number[] = [];
  const since: number[] = [];
  let diverged = 0;
  let last: Passage[] = [];
  for (const { stream, picture, passages } of pages) {
    const { connection, divergences } = stream.status;
    diverged += divergences;
    if (connection.state !== 'live') continue;
    since.push(connection.since);
    answered.push(passages().findLast(({ what }) => what === 'syncing')?.at ?? connection.since);
    if (connection.since >= (last.at(-1)?.at ?? 0)) last = passages();
    digests[picture.digest()] = (digests[picture.digest()] ?? 0) + 1;
  }
  return { last, live: since.length, answered, since, digests, diverged };
});
