import type { Kind } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import { ApiError } from './api-error.ts';
import { LineSplitter } from './split-lines.ts';
import type { ApiClient, Query } from './transport.ts';
import { Watchdog } from './watchdog.ts';

/** A server's clock may be that much faster than ours. */
const EARLY_MS = 1000;

/** A watch that has shown a bookmark shows another within about a minute. */
export const IDLE_MS = 150_000;

/** One open watch, read by lines. `close` must be called, whatever happened. */
export class WatchStream {
  readonly watchdog: Watchdog;
  /** When it was opened, by the monotonic clock. */
  readonly openedAt: number;
  #clock: Clock;
  #until: number;
  #kind: Kind;
  #signal: AbortSignal;
  #chunks: AsyncIterator<Uint8Array>;
  #splitter = new LineSplitter();
  #left: string[] = [];

  private constructor(
    kind: Kind,
    clock: Clock,
    signal: AbortSignal,
    watchdog: Watchdog,
    body: AsyncIterable<Uint8Array>,
    until: number,
  ) {
    this.#kind = kind;
    this.#clock = clock;
    this.#until = until;
    this.#signal = signal;
    this.#chunks = body[Symbol.asyncIterator]();
    this.watchdog = watchdog;
    this.openedAt = clock.monotonic();
  }

  /** Opens a watch that the server is asked to end after 300 to 600 s, and that is ended 30 s later if it does not. */
  static async open(
    { client, clock, kind, accept }: { client: ApiClient; clock: Clock; kind: Kind; accept: string },
    path: string,
    query: Query,
    headersMs: number,
    signal: AbortSignal,
  ): Promise<WatchStream> {
    const timeoutSeconds = 300 + Math.floor(clock.random() * 300);
    const watchdog = new Watchdog(clock, signal, timeoutSeconds * 1000);
    const until = clock.monotonic() + timeoutSeconds * 1000;
    try {
      const full = { ...query, allowWatchBookmarks: 'true', timeoutSeconds: String(timeoutSeconds) };
      const body = await client.watch(path, full, { signal: watchdog.signal, headersMs, accept });
      signal.throwIfAborted();
      return new WatchStream(kind, clock, signal, watchdog, body, until);
    } catch (error) {
      watchdog.stop();
      throw watchdog.bitten ?? error;
    }
  }

  /** It has lived as long as the server was asked to let it. */
  get overdue(): boolean {
    return this.#clock.monotonic() >= this.#until - EARLY_MS;
  }

  /** The lines of the next chunk, perhaps none; null when the server has ended the watch between two lines. */
  async lines(): Promise<string[] | null> {
    if (this.#left.length > 0) return this.#left.splice(0);
    try {
      const { done, value } = await this.#chunks.next();
      this.#signal.throwIfAborted();
      if (done !== true) {
        this.watchdog.fed();
        return this.#splitter.push(value);
      }
    } catch (error) {
      throw this.watchdog.bitten ?? error;
    }
    if (this.#splitter.truncated) throw new ApiError('malformed', `the watch of ${this.#kind} ended within a line`);
    return null;
  }

  /** Puts lines back: they are the next to come. */
  unread(lines: string[]): void {
    this.#left = lines;
  }

  /** Lets go of the connection. */
  close(): void {
    this.watchdog.stop();
    this.watchdog.end();
    // Where nothing more is read of it, its end, and whatever goes wrong there, is of no interest.
    void this.#chunks.return?.().catch(() => undefined);
  }
}
