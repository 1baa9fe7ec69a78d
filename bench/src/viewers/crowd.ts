import { createGunzip } from 'node:zlib';
import { answering } from '../processes/answering.ts';
import { type Encoding, Pieces } from './pieces.ts';
import { RawReader } from './raw-reader.ts';

/** A crowd of raw readers in a process of its own; each `every`th is looked at closely. */
export interface CrowdOptions {
  url: string;
  count: number;
  gzip: boolean;
  every: number;
}

/** What the crowd is asked: whether all read, to begin to record, to stop reading, to read a little now and then, and what came of it. */
export type CrowdQuestion = 'open' | 'record' | 'stall' | 'crawl' | 'report';

/** What came of it: bytes in all, delays from the label `at` in ms, the pieces and the arrivals of those looked at. */
export interface CrowdReport {
  bytes: number;
  closed: number;
  encoding: Encoding | null;
  delays: number[];
  pieces: { at: number; base64: string }[];
  /** Of each that is looked at: when bytes came, and how many had come by then. */
  arrivals: { at: number; bytes: number }[][];
}

const options = JSON.parse(process.argv[2] ?? '{}') as CrowdOptions;
const now = () => performance.timeOrigin + performance.now();
let recording = false;
let encoding: Encoding | null = null;
const delays: number[] = [];
const pieces: CrowdReport['pieces'] = [];
const arrivals: CrowdReport['arrivals'] = [];

/** Looks closely: when each piece came, how old the changes in it are and, for the first reader, its bytes. */
function look(index: number): (chunk: Buffer) => void {
  const cut = new Pieces();
  const mine: { at: number; bytes: number }[] = [];
  arrivals.push(mine);
  const unpacked = options.gzip ? createGunzip() : null;
  const age = (text: string) => {
    if (!recording) return;
    for (const [, at] of text.matchAll(/"at":"([\d.]+)"/g)) delays.push(now() - Number(at));
  };
  unpacked?.on('data', (chunk: Buffer) => age(chunk.toString()));
  return (chunk) => {
    const piece = cut.push(chunk);
    if (piece === null) return;
    encoding ??= cut.encoding;
    if (cut.encoding === 'gzip') unpacked?.write(piece);
    else age(piece.toString());
    if (!recording) return;
    mine.push({ at: now(), bytes: (mine.at(-1)?.bytes ?? 0) + piece.length });
    if (index === 0) pieces.push({ at: now(), base64: piece.toString('base64') });
  };
}

/**
 * A crawling reader takes so many bytes every so many milliseconds: too few to keep up, and enough not to be closed, for Linux
 * tells a writer that there is room only once a third of what the socket holds has gone.
 */
const CRAWL_BYTES = 512 * 1024;
const CRAWL_MS = 5000;

function crawl({ socket }: RawReader): void {
  let taken = 0;
  const take = (chunk: Buffer) => {
    taken += chunk.length;
    if (taken < CRAWL_BYTES) return;
    socket.off('data', take);
    socket.pause();
  };
  socket.on('data', take);
  socket.resume();
}

const readers = Array.from({ length: options.count }, (_, index) => {
  const closely = index % options.every === 0 ? { onData: look(index) } : {};
  return new RawReader(options.url, { gzip: options.gzip, ...closely });
});

answering((what) => {
  switch (what as CrowdQuestion) {
    case 'open':
      return readers.filter(({ bytes, closed }) => bytes > 0 && !closed).length;
    case 'record':
      for (const reader of readers) reader.bytes = 0;
      recording = true;
      return null;
    case 'stall':
      for (const reader of readers) reader.socket.pause();
      return null;
    case 'crawl':
      for (const [index, reader] of readers.entries()) {
        setTimeout(() => setInterval(() => crawl(reader), CRAWL_MS), (index / readers.length) * CRAWL_MS);
      }
      return null;
    case 'report': {
      recording = false;
      const bytes = readers.reduce((sum, reader) => sum + reader.bytes, 0);
      // A reader that does not read does not see its end either: it is closed when writing to it fails.
      return { bytes, closed: readers.filter(({ closed }) => closed).length, encoding, delays, pieces, arrivals };
    }
  }
});
