import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { listFrame, listItem } from './present.ts';
import type { Listing } from './read.ts';
import type { HttpRequest } from './request.ts';

/** How an answer is to be written: compressed where it is worth it, indented for people. */
export interface Writing {
  gzip: boolean;
  pretty: boolean;
}

/** How a request wants its answer written; browsers and curl have it indented (`isPrettyPrint` in the apiserver). */
export function writingOf({ url, acceptEncoding = '', userAgent = '' }: HttpRequest): Writing {
  const pretty = url.searchParams.get('pretty');
  return {
    gzip: acceptEncoding.split(',').some((one) => one.trim().split(';')[0] === 'gzip'),
    pretty: pretty === null ? /^(curl|Wget|Mozilla\/5\.0)/.test(userAgent) : ['1', 'true'].includes(pretty),
  };
}

/** As the apiserver: what is shorter is not worth compressing (`defaultGzipThresholdBytes`), and the fastest level does. */
const GZIP_FROM = 128 * 1024;
const GZIP_LEVEL = 1;

/** How much is written at once, and how long that may take before others have their turn. */
const CHUNK_LENGTH = 64 * 1024;
const SLICE_MS = 8;

const indented = (text: string, by: string) => text.replaceAll('\n', `\n${by}`);

/** The text of a list piece by piece. */
function* pieces({ objects, metadata, presentation }: Listing, pretty: boolean): Generator<string> {
  const { head, field } = listFrame(metadata, presentation);
  const space = pretty ? 2 : 0;
  const open = JSON.stringify(head, null, space).slice(0, pretty ? -2 : -1);
  yield pretty ? `${open},\n  "${field}": [` : `${open},"${field}":[`;
  let first = true;
  for (const object of objects) {
    const item = JSON.stringify(listItem(object, presentation), null, space);
    yield pretty ? `${first ? '' : ','}\n    ${indented(item, '    ')}` : first ? item : `,${item}`;
    first = false;
  }
  yield pretty ? `${first ? '' : '\n  '}]\n}` : ']}\n';
}

/** Takes pieces until there is enough of them or their time is over; true once there are no more. */
function take(from: Iterator<string>, into: string[], enough: number): boolean {
  const until = performance.now() + SLICE_MS;
  let length = 0;
  do {
    const { done, value } = from.next();
    if (done) return true;
    into.push(value);
    length += value.length;
  } while (length < enough && performance.now() < until);
  return false;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Writes what is left, as fast as the reader takes it; ends early when the reader leaves. */
async function pour(
  from: Iterator<string>,
  begun: readonly string[],
  into: Writable,
  gone: AbortSignal,
): Promise<void> {
  let chunk = [...begun];
  for (;;) {
    const done = take(from, chunk, CHUNK_LENGTH);
    if (!into.write(chunk.join('')) && !done) await once(into, 'drain', { signal: gone });
    // A reader that is as fast as the writer drains at once: others have their turn all the same.
    await turn();
    if (done || gone.aborted) break;
    chunk = [];
  }
  into.end();
}

/**
 * Answers with a list. A short one goes whole, with its length; a long one goes in pieces as they are made and read, so that
 * no text holds it all, nobody else waits long, and a slow reader holds nothing up. Resolves when all is written or the
 * reader has left.
 */
export async function writeList(listing: Listing, { gzip, pretty }: Writing, response: ServerResponse): Promise<void> {
  const from = pieces(listing, pretty);
  const begun: string[] = [];
  let length = 0;
  for (;;) {
    const slice: string[] = [];
    const done = take(from, slice, GZIP_FROM - length);
    for (const piece of slice) length += piece.length;
    begun.push(...slice);
    if (done) {
      const text = begun.join('');
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
      return;
    }
    if (length >= GZIP_FROM) break;
    await turn();
    if (response.closed) return;
  }
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  const type = { 'content-type': 'application/json', vary: 'Accept-Encoding' };
  response.writeHead(200, gzip ? { ...type, 'content-encoding': 'gzip' } : type);
  const packer = gzip ? createGzip({ level: GZIP_LEVEL }) : undefined;
  packer?.pipe(response);
  try {
    await pour(from, begun, packer ?? response, leaving.signal);
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
  } finally {
    if (leaving.signal.aborted) packer?.destroy();
  }
}
