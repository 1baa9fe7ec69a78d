import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { storeOf } from '../page-snapshot.ts';
import type { Row } from './row.ts';

const BUILT = new URL('../../../apps/web/dist/', import.meta.url);
const KIB = 1024;

/** What a page's store needs for a snapshot, without a screen. */
export async function store(pods: number): Promise<Row[]> {
  const { seconds, longest, bytes } = await storeOf(pods);
  return [
    { what: 'store: snapshot to graph (s of CPU)', figure: seconds, budget: null, grows: true },
    { what: 'store: longest stretch (ms of CPU)', figure: longest, budget: 100 },
    { what: 'store: heap (MiB)', figure: bytes / KIB ** 2, budget: 250 },
  ];
}

/** The script that the page names itself, compressed, as it is built. What it loads for its first picture beyond that, H18 holds it to. */
export async function firstLoad(): Promise<Row[]> {
  const html = readFileSync(new URL('index.html', BUILT), 'utf8');
  const names = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, name]) => name as string);
  const bytes = names.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, BUILT))).length, 0);
  return [{ what: 'first load: script (KiB)', figure: bytes / KIB, budget: 200 }];
}
