import type { Json, Status } from '@portolan/shared';
import { type Dispatcher, request } from 'undici';
import { type Clock, inTurns } from '../clock.ts';
import type { Access } from './access/access.ts';
import { Agents } from './access/agents.ts';
import { connectionError } from './access/connection-error.ts';
import { Credentials, type Identity } from './access/credentials.ts';
import { ListBytes, type TakeItem } from './access/list-bytes.ts';
import { BodyTooLong, bytesOf, readBody } from './access/read-body.ts';
import { ServerClock } from './access/server-clock.ts';
import { ApiError, errorOfResponse } from './api-error.ts';

const LONGEST_ERROR = 2 ** 20;
const LONGEST_DOCUMENT = 256 * 2 ** 20;

/** Query parameters of a request, in order. */
export type Query = Readonly<Record<string, string>>;

/** What both kinds of requests take. `accept` is `application/json` unless told. */
export interface RequestTerms {
  signal: AbortSignal;
  accept?: string;
}

/** What a request for a document takes. */
export interface DocumentTerms extends RequestTerms {
  timeoutMs: number;
  item?: TakeItem;
}

/** What a reflector asks of an apiserver; every failure is an ApiError, but an abort, which is the caller's own. */
export interface ApiClient {
  /**
   * GETs a JSON document; `timeoutMs` bounds the whole of it. Of a list, `item` may be given items as they are parsed, with
   * the list that they are of: these are not in the answer any more.
   */
  get(path: string, query: Query, options: DocumentTerms): Promise<unknown>;
  /** Opens a watch and answers once the headers are there; `headersMs` bounds that, nothing bounds the body. */
  watch(path: string, query: Query, options: RequestTerms & { headersMs: number }): Promise<AsyncIterable<Uint8Array>>;
  /** The apiserver's clock minus ours in ms, by its `Date` headers; null until it was heard. */
  readonly skewMs: number | null;
}

/** What a transport is made of. */
export interface TransportDeps {
  /** Reads the kubeconfig, at first and whenever the apiserver refuses us or cannot be reached. */
  load: () => Access;
  /** What a credential plugin inherits. */
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  /** The program and its version, for `User-Agent`. */
  version: string;
}

/**
 * The connection to one apiserver: Credentials say who we are and whom to trust, undici carries. Only GET is sent, and
 * nothing follows a redirect. Time limits are the clock's, and hold for credentials, connection and answer together.
 */
export class Transport implements ApiClient {
  #credentials: Credentials;
  #agents = new Agents();
  #clock: Clock;
  #serverClock: ServerClock;
  #userAgent: string;

  constructor({ load, env, clock, version }: TransportDeps) {
    this.#credentials = new Credentials({ load, env, clock });
    this.#clock = clock;
    this.#serverClock = new ServerClock(clock);
    this.#userAgent = `portolan/${version} (${process.platform}/${process.arch})`;
  }

  get skewMs(): number | null {
    return this.#serverClock.skewMs;
  }

  /** Agents that hold connections: one, and those whose last requests have not ended. */
  get agents(): number {
    return this.#agents.size;
  }

  get(path: string, query: Query, { signal, accept, timeoutMs, item }: DocumentTerms): Promise<unknown> {
    return this.#within(`GET ${path}`, timeoutMs, signal, async (limited) => {
      const response = await this.#send(path, query, limited, {
        accept: accept ?? 'application/json',
        'accept-encoding': 'gzip',
      });
      if (item === undefined) return parse(path, await documentOf(path, response));
      return this.#list(path, response, item, limited);
    });
  }

  watch(
    path: string,
    query: Query,
    { signal, accept, headersMs }: RequestTerms & { headersMs: number },
  ): Promise<AsyncIterable<Uint8Array>> {
    return this.#within(`the watch of ${path}`, headersMs, signal, async (limited) => {
      const full = { ...query, watch: '1' };
      const response = await this.#send(path, full, limited, { accept: accept ?? 'application/json' });
      return this.#body(response.body, signal);
    });
  }

  /** Ends every connection, open watches included, and a credential plugin that runs. */
  async close(): Promise<void> {
    this.#credentials.close();
    await this.#agents.close();
  }

  async #within<T>(
    what: string,
    limitMs: number,
    signal: AbortSignal,
    run: (limited: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const limit = new AbortController();
    const cancel = this.#clock.after(limitMs, () => limit.abort());
    try {
      signal.throwIfAborted();
      return await run(AbortSignal.any([signal, limit.signal]));
    } catch (error) {
      if (limit.signal.aborted && !signal.aborted) {
        throw new ApiError('timeout', `${what} was not answered within ${limitMs / 1000} s`);
      }
      throw error;
    } finally {
      cancel();
    }
  }

  /** Hands on the items of a list as they come, some milliseconds at a stretch, and answers the list without them. */
  async #list(path: string, response: Dispatcher.ResponseData, take: TakeItem, signal: AbortSignal): Promise<unknown> {
    const bytes = new ListBytes(take);
    const step = () => inJson(path, () => bytes.step());
    await reading(path, async () => {
      for await (const chunk of bytesOf(response.body, header(response, 'content-encoding'), LONGEST_DOCUMENT)) {
        bytes.push(chunk);
        await inTurns(this.#clock, signal, step);
      }
    });
    return inJson(path, () => bytes.end());
  }

  async *#body(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const { server } = this.#credentials;
    try {
      yield* body;
    } catch (error) {
      if (signal.aborted) throw error;
      throw new ApiError('unreachable', `${server}: the watch was cut (${words(error)})`, { cause: error });
    }
  }

  async #send(
    path: string,
    query: Query,
    signal: AbortSignal,
    headers: Record<string, string>,
  ): Promise<Dispatcher.ResponseData> {
    const identity = await abortable(this.#credentials.current(), signal);
    const sentAt = this.#clock.monotonic();
    const response = await this.#carry(identity, path, query, signal, headers);
    this.#serverClock.heard(sentAt, header(response, 'date'), header(response, 'age'));
    if (response.statusCode >= 200 && response.statusCode < 300) return response;
    if (response.statusCode === 401) this.#credentials.refused(identity);
    throw await refusalOf(path, response);
  }

  async #carry(
    identity: Identity,
    path: string,
    query: Query,
    signal: AbortSignal,
    headers: Record<string, string>,
  ): Promise<Dispatcher.ResponseData> {
    const { cluster } = identity.access;
    const search = new URLSearchParams(query).toString();
    try {
      return await request(`${cluster.server}${path}${search === '' ? '' : `?${search}`}`, {
        dispatcher: this.#agents.of(identity),
        method: 'GET',
        headers: { 'user-agent': this.#userAgent, ...headers, ...identity.headers },
        signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
    } catch (error) {
      if (signal.aborted) throw error;
      this.#credentials.unreached();
      throw connectionError(cluster, error);
    }
  }
}

/** Waits no longer than the signal allows; what is waited for goes on for others. */
async function abortable<T>(waited: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([waited, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function documentOf(path: string, response: Dispatcher.ResponseData): Promise<string> {
  return reading(path, () => readBody(response.body, header(response, 'content-encoding'), LONGEST_DOCUMENT));
}

/** Tells what goes wrong with a body as what it means. */
async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError || (error instanceof Error && error.name === 'AbortError')) throw error;
    const reason = error instanceof BodyTooLong || isZlib(error) ? 'malformed' : 'unreachable';
    throw new ApiError(reason, `the answer to GET ${path} cannot be read: ${words(error)}`, { cause: error });
  }
}

function isZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

/** The error of an answer that is not 2xx; of a long one, such as a proxy's page, no more than 1 MiB is read. */
async function refusalOf(path: string, response: Dispatcher.ResponseData): Promise<ApiError> {
  const { statusCode } = response;
  const location = header(response, 'location');
  if (statusCode >= 300 && statusCode < 400 && location !== null) {
    // What is left unread ends with an error of its own, which nobody waits for.
    response.body.on('error', () => undefined).destroy();
    const target = URL.parse(location, 'http://same-host');
    const where = target === null || target.host === 'same-host' ? 'another path' : target.origin;
    return new ApiError(
      'redirected',
      `GET ${path} was sent on to ${where} (${statusCode}), which is not followed, since it would be given our credentials. If that is the apiserver, make it the server in the kubeconfig.`,
    );
  }
  let status: Status | null = null;
  try {
    status = statusOf(await readBody(response.body, header(response, 'content-encoding'), LONGEST_ERROR));
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    // What was answered is known by its code; only the words are lost.
    status = { kind: 'Status', message: `its body cannot be read: ${words(error)}` } as Status;
  }
  return errorOfResponse(`GET ${path}`, statusCode, status, header(response, 'retry-after'));
}

function header(response: Dispatcher.ResponseData, name: string): string | null {
  const value = response.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function parse(path: string, body: string): unknown {
  return inJson(path, () => JSON.parse(body) as unknown);
}

function inJson<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ApiError('malformed', `GET ${path} answered something that is not JSON`, { cause: error });
  }
}

/** The Status in an error's body; null when it is something else, such as a proxy's page. */
function statusOf(body: string): Status | null {
  let value: Json;
  try {
    value = JSON.parse(body) as Json;
  } catch {
    return null;
  }
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Status'
    ? (value as unknown as Status)
    : null;
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
