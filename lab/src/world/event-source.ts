import { get, type IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { EventParser } from '../../../apps/web/src/stream/event-parser.ts';
import type { Failure, TransportHandlers } from '../../../apps/web/src/stream/transport.ts';
import type { ScaledClock } from '../scaled-clock.ts';

/** How a browser reads; it may change while it reads. */
export interface Reading {
  frozen: boolean;
  /** Milliseconds of the clock between two chunks. */
  lingerMs: number;
  /** Resumes with the header `Last-Event-ID`, as an EventSource that reconnects by itself does. */
  byHeader: boolean;
  /** Asks for gzip, from its next connection on. */
  compressed: boolean;
}

/** A stream of server-sent events that is open. */
export interface OpenSource {
  close(): void;
  /** The reading has changed. */
  changed(): void;
}

/**
 * Opens a stream of server-sent events as a browser does: compressed when the server likes, events at their blank lines,
 * and any answer but 200 `text/event-stream` is a failure. Source: WHATWG HTML, "Server-sent events".
 */
export function openEventSource(
  url: string,
  reading: Reading,
  clock: ScaledClock,
  handlers: TransportHandlers,
): OpenSource {
  let ended = false;
  let answer: IncomingMessage | null = null;
  const at = new URL(url);
  const headers: Record<string, string> = { accept: 'text/event-stream' };
  if (reading.compressed) headers['accept-encoding'] = 'gzip';
  const from = at.searchParams.get('from');
  if (reading.byHeader && from !== null) {
    at.searchParams.delete('from');
    headers['last-event-id'] = from;
  }
  const fail = (failure: Failure) => {
    if (ended) return;
    ended = true;
    request.destroy();
    handlers.failed(failure);
  };
  const lose = () => fail({ reason: 'lost', status: null, retryMs: null, problem: null });
  const decoder = new StringDecoder('utf8');
  const parser = new EventParser();
  // A browser tells of bytes once they are inflated.
  const read = (chunk: Buffer) => {
    if (ended) return;
    handlers.alive();
    for (const { event, data, id } of parser.push(decoder.write(chunk))) if (!ended) handlers.message(event, data, id);
  };
  const request = get(at, { agent: false, headers }, (response) => {
    answer = response;
    if (response.statusCode !== 200 || !response.headers['content-type']?.startsWith('text/event-stream')) {
      const retry = Number(response.headers['retry-after']) * 1000;
      response.resume();
      fail({
        reason: 'refused',
        status: response.statusCode ?? null,
        retryMs: retry > 0 ? retry : null,
        problem: `HTTP ${response.statusCode}`,
      });
      return;
    }
    handlers.alive();
    const inflating = new Set<() => void>();
    const gunzip = response.headers['content-encoding'] === 'gzip' ? createGunzip() : null;
    gunzip?.on('data', read);
    gunzip?.on('error', () => {
      // Of what was to be inflated after that, nothing is told any more.
      for (const release of inflating) release();
      lose();
    });
    response.on('data', (chunk: Buffer) => {
      if (gunzip === null) read(chunk);
      else {
        const release = clock.hold();
        inflating.add(release);
        gunzip.write(chunk, () => {
          inflating.delete(release);
          release();
        });
      }
      if (reading.lingerMs > 0) {
        response.pause();
        clock.after(reading.lingerMs, () => !reading.frozen && response.resume());
      }
    });
    response.on('error', lose);
    response.on('end', lose);
    if (reading.frozen) response.pause();
  });
  request.on('error', lose);
  return {
    close() {
      ended = true;
      request.destroy();
    },
    changed() {
      if (reading.frozen) answer?.pause();
      else answer?.resume();
    },
  };
}
