import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A body that is longer than what is read of it. */
export class BodyTooLong extends Error {
  override readonly name = 'BodyTooLong';
}

/**
 * Reads a body as text, `limit` bytes at most, decompressed when it is `gzip`; beyond, the rest is not read and the error is
 * a BodyTooLong. Bounds what comes out, so that a small body cannot swell.
 */
export async function readBody(body: Readable, encoding: string | null, limit: number): Promise<string> {
  const gunzip = encoding === 'gzip' ? createGunzip() : null;
  const source = gunzip === null ? body : body.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw new BodyTooLong(`it is longer than ${limit / 2 ** 20} MiB`);
      chunks.push(chunk);
    }
  } finally {
    // A body that is left unread ends with an error of its own, which nobody waits for.
    body.on('error', () => undefined).destroy();
    gunzip?.destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
}
