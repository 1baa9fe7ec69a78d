import { setTimeout as wait } from 'node:timers/promises';
import { BrowserEnd, compareTruth, type GetJson, inWords, readTruth, type Truth } from '@portolan/lab';
import { Digest, type Entity } from '@portolan/shared';

/** How many differences are told. */
const TOLD = 8;

/**
 * Whether a server, and a page without a screen, come to hold what the apiserver lists, by content and by digest: yes, or
 * NO with the last look's differences. A large cluster is never still for as long as a look takes: it is listed before and
 * after, and what changed in between is left out and told.
 */
export async function agreement(get: GetJson, url: string, patienceMs: number): Promise<string> {
  const { clusters } = await json<{ clusters: { name: string }[] }>(`${url}/api/v1/clusters`);
  const cluster = `${url}/api/v1/clusters/${encodeURIComponent(clusters[0]?.name ?? '')}`;
  const browser = new BrowserEnd(`${cluster}/stream`);
  const end = Date.now() + patienceMs;
  try {
    for (let before = await readTruth(get); ; ) {
      const live = browser.live;
      const { entities: shown, digest } = browser.picture();
      const { entities: served } = await json<{ entities: Entity[] }>(`${cluster}/entities`);
      const after = await readTruth(get);
      const moved = movedBetween(before, after);
      const problems = [
        ...differences('server', before, served, moved),
        ...differences('page', before, shown, moved),
        ...(live ? [] : ['page: its stream is not live']),
        ...(digest === digestOf(shown) ? [] : ['page: its digest is not that of its picture']),
      ];
      if (problems.length === 0) return moved.size === 0 ? 'yes' : `yes, beside ${moved.size} that changed meanwhile`;
      if (Date.now() > end) return `NO (${problems.length}): ${problems.slice(0, TOLD).join('; ')}`;
      before = after;
      await wait(250);
    }
  } finally {
    browser.close();
  }
}

/** The uids of what came, went or changed between two looks. */
export function movedBetween(before: Truth, after: Truth): Set<string> {
  const [was, is] = [versionsOf(before), versionsOf(after)];
  return new Set([...was.keys(), ...is.keys()].filter((uid) => was.get(uid) !== is.get(uid)));
}

function versionsOf(truth: Truth): Map<string, string> {
  const all = [...truth.values()].flatMap((kind) => [...(kind?.values() ?? [])]);
  return new Map(all.map(({ uid, version }) => [uid, version]));
}

function differences(who: string, truth: Truth, picture: readonly Entity[], moved: ReadonlySet<string>): string[] {
  return compareTruth(truth, picture)
    .filter(({ uid }) => !moved.has(uid))
    .map((difference) => `${who}: ${inWords(difference)}`);
}

function digestOf(entities: readonly Entity[]): string {
  const digest = new Digest();
  for (const { uid, version } of entities) digest.add(uid, version);
  return digest.toString();
}

async function json<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}
