import { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';

/** What is decompressed at a time: larger pieces are had from the system anew each time. */
const CHUNK = 64 * 1024;
/** A body as small as this, that comes to no more than that, is decompressed at once: to hand it to another thread costs more. */
const SMALL = 512 * 1024;
const SMALL_WHOLE = 16 * 2 ** 20;

/** A body that is longer than what is read of it. */
export class BodyTooLong extends Error {
  override readonly name = 'BodyTooLong';
}

/**
 * The bytes of a body as they come, decompressed when it is `gzip`, `limit` of them at most; beyond, the rest is not read and the
 * error is a BodyTooLong. Bounds what comes out, so that a small body cannot swell.
 */
export async function* bytesOf(body: Readable, encoding: string | null, limit: number): AsyncGenerator<Buffer> {
  let length = 0;
  try {
    for await (const chunk of (encoding === 'gzip' ? inflated(body) : body) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw new BodyTooLong(`it is longer than ${limit / 2 ** 20} MiB`);
      yield chunk;
    }
  } finally {
    // A body that is left unread ends with an error of its own, which nobody waits for.
    body.on('error', () => undefined).destroy();
  }
}

/** Reads a body as text, as `bytesOf` does. */
export async function readBody(body: Readable, encoding: string | null, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytesOf(body, encoding, limit)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function* inflated(body: Readable): AsyncGenerator<Buffer> {
  const rest = body[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  const come: Buffer[] = [];
  let length = 0;
  let ended = false;
  while (!ended && length <= SMALL) {
    const { done, value } = await rest.next();
    if (value !== undefined) length += come.push(value) && value.length;
    ended = done === true;
  }
  const whole = ended ? inflatedAtOnce(come) : null;
  if (whole !== null) {
    yield whole;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK });
  const source = Readable.from(after(come, rest)).on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** Null when more comes out than is to be waited for. */
function inflatedAtOnce(chunks: readonly Buffer[]): Buffer | null {
  try {
    return gunzipSync(Buffer.concat(chunks), { chunkSize: CHUNK, maxOutputLength: SMALL_WHOLE });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return null;
    throw error;
  }
}

async function* after(come: readonly Buffer[], rest: AsyncIterator<Buffer, undefined>): AsyncGenerator<Buffer> {
  yield* come;
  for (let next = await rest.next(); next.value !== undefined; next = await rest.next()) yield next.value;
}
