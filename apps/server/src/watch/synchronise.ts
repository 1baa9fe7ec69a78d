import type { Entity } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import { ApiError, errorOfEvent } from './api-error.ts';
import type { KindRequest } from './kind-request.ts';
import { listPages } from './list-pages.ts';
import { endsInitialEvents, Picture } from './picture.ts';
import type { Quarantine } from './quarantine.ts';
import type { ApiClient } from './transport.ts';
import { parseWatchLine } from './watch-line.ts';
import { BREAKS_BEFORE_PAGES, type WatchListSupport } from './watch-list-support.ts';
import { IDLE_MS, WatchStream } from './watch-stream.ts';

export const WATCH_HEADERS_MS = 90_000;

/** The whole of a kind at one version; with `stream`, the watch that goes on from there. */
export interface Synced {
  entities: Entity[];
  version: string;
  stream: WatchStream | null;
}

/** What a sync needs. */
export interface SyncDeps {
  client: ApiClient;
  clock: Clock;
  quarantine: Quarantine;
  support: WatchListSupport;
  /** Waits for the gate before another request. */
  connect: () => Promise<void>;
  /** Bytes came, and so many objects are there; `expected` is null where the apiserver does not say. */
  progress: (received: number, expected: number | null) => void;
}

/** Reads the whole of one kind: as a WatchList (KEP-3157) where the cluster does them, else in pages. */
export class Synchroniser {
  #deps: SyncDeps;
  #breaks = 0;

  constructor(deps: SyncDeps) {
    this.#deps = deps;
  }

  /** `from` is the version that the answer must not be older than, null for the newest; pages are always the newest. */
  async run(request: KindRequest, from: string | null, server: string | null, signal: AbortSignal): Promise<Synced> {
    const { support } = this.#deps;
    const listing = support.tried(server);
    if (listing && this.#breaks < BREAKS_BEFORE_PAGES) {
      try {
        return await this.#watchList(request, from, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!support.isRefusal(error)) {
          if (error instanceof ApiError && (error.reason === 'unreachable' || error.reason === 'timeout'))
            this.#breaks++;
          throw error;
        }
      }
      const paged = await this.#pages(request, signal);
      // Only a server that does answer pages has shown that it was the WatchList that it refused.
      support.refused();
      return paged;
    }
    this.#breaks = 0;
    try {
      return await this.#pages(request, signal);
    } catch (error) {
      signal.throwIfAborted();
      // Tokens expire faster than pages come: one stream does not depend on them.
      if (listing && error instanceof ApiError && error.reason === 'expired') {
        return await this.#watchList(request, null, signal);
      }
      throw error;
    }
  }

  async #pages(request: KindRequest, signal: AbortSignal): Promise<Synced> {
    const { client, quarantine, connect, progress } = this.#deps;
    const picture = new Picture(quarantine);
    await connect();
    signal.throwIfAborted();
    const version = await listPages(client, request, signal, {
      item: (item) => picture.put(request.trim(item)),
      page: (left) => {
        progress(picture.size, left === null ? null : picture.size + left);
      },
      restart: () => picture.clear(),
    });
    return { entities: picture.finish(), version, stream: null };
  }

  async #watchList(request: KindRequest, from: string | null, signal: AbortSignal): Promise<Synced> {
    const { client, clock, quarantine, support, connect, progress } = this.#deps;
    await connect();
    signal.throwIfAborted();
    const { idleMs, wholeMs } = support.limits;
    const query = { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan', resourceVersion: from ?? '' };
    const stream = await WatchStream.open(
      { client, clock, kind: request.kind, accept: request.accept.watch },
      request.path,
      query,
      Math.min(WATCH_HEADERS_MS, idleMs),
      signal,
    );
    try {
      stream.watchdog.allow(idleMs);
      const picture = new Picture(quarantine);
      for (;;) {
        if (clock.monotonic() - stream.openedAt > wholeMs) {
          throw new ApiError('timeout', `the initial events of ${request.kind} did not end within ${wholeMs / 1000} s`);
        }
        const lines = await stream.lines();
        if (lines === null) {
          throw new ApiError('unreachable', `the watch of ${request.kind} ended before its initial events did`);
        }
        const version = takeInitial(lines, request, picture, stream);
        progress(picture.size, null);
        if (version === null) continue;
        support.proven();
        this.#breaks = 0;
        stream.watchdog.allow(IDLE_MS);
        return { entities: picture.finish(), version, stream };
      }
    } catch (error) {
      stream.close();
      throw error;
    }
  }
}

/** The version at which the initial events ended; null while they go on. What comes after it is left in the stream. */
function takeInitial(lines: string[], request: KindRequest, picture: Picture, stream: WatchStream): string | null {
  for (const [at, line] of lines.entries()) {
    const event = parseWatchLine(request, line);
    if (event.type === 'ERROR') throw errorOfEvent(`the watch of ${request.kind}`, event.object);
    if (endsInitialEvents(event)) {
      stream.unread(lines.slice(at + 1));
      return event.object.metadata.resourceVersion ?? null;
    }
    if (event.type === 'BOOKMARK') continue;
    if (event.type === 'DELETED') picture.remove(event.object.metadata.uid);
    else picture.put(request.trim(event.object));
  }
  return null;
}
