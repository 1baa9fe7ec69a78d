import { createHash } from 'node:crypto';
import type { RequestOptions } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Json, Status } from '@portolan/shared';
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { type Clock, pause } from '../clock.ts';
import { ApiError, errorOfResponse } from './api-error.ts';

const CONNECT_MS = 10_000;
const CREDENTIALS_MS = 15_000;
const USER_AGENT = 'portolan';

/** Query parameters of a request, in order. */
export type Query = Readonly<Record<string, string>>;

/** What both kinds of requests take. `accept` is `application/json` unless told. */
export interface RequestTerms {
  signal: AbortSignal;
  accept?: string;
}

/** What a reflector asks of an apiserver; every failure is an ApiError, but an abort, which is the caller's own. */
export interface ApiClient {
  /** GETs a JSON document; `timeoutMs` bounds the whole of it. */
  get(path: string, query: Query, options: RequestTerms & { timeoutMs: number }): Promise<unknown>;
  /** Opens a watch and answers once the headers are there; `headersMs` bounds that, nothing bounds the body. */
  watch(path: string, query: Query, options: RequestTerms & { headersMs: number }): Promise<AsyncIterable<Uint8Array>>;
  /** Reads the credentials anew, after a 401. */
  refresh(): void;
  /** The apiserver's clock minus ours in ms, by the last `Date` header (to a second); null until it was heard. */
  readonly skewMs: number | null;
}

interface Credentials {
  headers: Record<string, string>;
  dispatcher: Dispatcher;
}

/**
 * The connection to one apiserver: client-node says who we are and whom to trust, undici carries. One agent is kept for
 * each set of TLS inputs, so that requests share connections, and rotated certificates make a new one. Only GET is sent.
 */
export class Transport implements ApiClient {
  #load: () => KubeConfig;
  #clock: Clock;
  #config: KubeConfig;
  #stale = false;
  #agents = new Map<string, Dispatcher>();
  #applying: Promise<Credentials> | null = null;
  #skewMs: number | null = null;

  constructor(load: () => KubeConfig, clock: Clock) {
    this.#load = load;
    this.#clock = clock;
    this.#config = load();
  }

  get skewMs(): number | null {
    return this.#skewMs;
  }

  async get(path: string, query: Query, options: RequestTerms & { timeoutMs: number }): Promise<unknown> {
    const limit = new AbortController();
    const cancel = this.#clock.after(options.timeoutMs, () => limit.abort());
    const signal = AbortSignal.any([options.signal, limit.signal]);
    try {
      const response = await this.#send(path, query, signal, options.timeoutMs, {
        accept: options.accept ?? 'application/json',
        'accept-encoding': 'gzip',
      });
      return parse(path, await text(response));
    } catch (error) {
      if (limit.signal.aborted) throw new ApiError('timeout', `GET ${path} took more than ${options.timeoutMs} ms`);
      throw this.#failure(error, options.signal);
    } finally {
      cancel();
    }
  }

  async watch(
    path: string,
    query: Query,
    options: RequestTerms & { headersMs: number },
  ): Promise<AsyncIterable<Uint8Array>> {
    const full = { ...query, watch: '1' };
    try {
      const response = await this.#send(path, full, options.signal, options.headersMs, {
        accept: options.accept ?? 'application/json',
      });
      return this.#body(response.body, options.signal);
    } catch (error) {
      throw this.#failure(error, options.signal);
    }
  }

  refresh(): void {
    this.#stale = true;
    this.#applying = null;
  }

  /** Ends every connection, open watches included. */
  async close(): Promise<void> {
    const agents = [...this.#agents.values()];
    this.#agents.clear();
    await Promise.all(agents.map((agent) => agent.destroy()));
  }

  async *#body(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw this.#failure(error, signal);
    }
  }

  async #send(
    path: string,
    query: Query,
    signal: AbortSignal,
    headersTimeout: number,
    headers: Record<string, string>,
  ): Promise<Dispatcher.ResponseData> {
    const credentials = await this.#credentials();
    signal.throwIfAborted();
    const response = await request(this.#url(path, query), {
      dispatcher: credentials.dispatcher,
      method: 'GET',
      headers: { 'user-agent': USER_AGENT, ...headers, ...credentials.headers },
      signal,
      headersTimeout,
      bodyTimeout: 0,
    });
    this.#hearDate(header(response, 'date'));
    if (response.statusCode >= 200 && response.statusCode < 300) return response;
    throw errorOfResponse(
      `GET ${path}`,
      response.statusCode,
      statusOf(await text(response)),
      header(response, 'retry-after'),
    );
  }

  #hearDate(date: string | null): void {
    const at = Date.parse(date ?? '');
    if (!Number.isNaN(at)) this.#skewMs = at - this.#clock.now();
  }

  #url(path: string, query: Query): string {
    const server = this.#config.getCurrentCluster()?.server ?? '';
    const search = new URLSearchParams(query).toString();
    return `${server.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`;
  }

  /** Single flight: all reflectors that need credentials at once wait for the same ones. */
  #credentials(): Promise<Credentials> {
    if (this.#applying === null) {
      const applying = this.#apply().finally(() => {
        if (this.#applying === applying) this.#applying = null;
      });
      this.#applying = applying;
    }
    return this.#applying;
  }

  async #apply(): Promise<Credentials> {
    const options: RequestOptions = {};
    const late = new AbortController();
    const overdue = pause(this.#clock, CREDENTIALS_MS, late.signal).then(() => 'overdue' as const);
    try {
      if (this.#stale) this.#config = this.#load();
      this.#stale = false;
      if ((await Promise.race([this.#config.applyToHTTPSOptions(options), overdue])) === 'overdue') {
        throw new Error(`no answer within ${CREDENTIALS_MS / 1000} s`);
      }
    } catch (error) {
      const user = this.#config.getCurrentUser()?.name ?? '';
      throw new ApiError('credentials', `the credentials of user "${user}" cannot be had: ${words(error)}`, {
        cause: error,
      });
    } finally {
      late.abort();
    }
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = String(value);
    if (options.auth) headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
    return { headers, dispatcher: this.#agent(options) };
  }

  #agent({ ca, cert, key, pfx, passphrase, rejectUnauthorized, servername }: RequestOptions): Dispatcher {
    const tls = Object.fromEntries(
      Object.entries({ ca, cert, key, pfx, passphrase, rejectUnauthorized, servername }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    const proxy = this.#config.getCurrentCluster()?.proxyUrl;
    const id = createHash('sha256')
      .update(JSON.stringify([proxy, tls]))
      .digest('hex');
    const kept = this.#agents.get(id);
    if (kept !== undefined) return kept;
    const common = { allowH2: false, bodyTimeout: 0 };
    const made = proxy
      ? new ProxyAgent({ ...common, uri: proxy, requestTls: { ...tls, timeout: CONNECT_MS } })
      : new Agent({ ...common, connect: { ...tls, timeout: CONNECT_MS } });
    this.#agents.set(id, made);
    return made;
  }

  #failure(error: unknown, signal: AbortSignal): unknown {
    if (error instanceof ApiError || signal.aborted) return error;
    const server = this.#config.getCurrentCluster()?.server ?? '';
    const slow = error instanceof Error && 'code' in error && String(error.code).startsWith('UND_ERR_HEADERS_TIMEOUT');
    return new ApiError(slow ? 'timeout' : 'unreachable', `${server}: ${words(error)}`, { cause: error });
  }
}

const inflate = promisify(gunzip);

async function text(response: Dispatcher.ResponseData): Promise<string> {
  const bytes = Buffer.from(await response.body.arrayBuffer());
  return (header(response, 'content-encoding') === 'gzip' ? await inflate(bytes) : bytes).toString('utf8');
}

function header(response: Dispatcher.ResponseData, name: string): string | null {
  const value = response.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function parse(path: string, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
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

/** An error in words; a connection tried at several addresses fails with one error for each. */
function words(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(words).join('; ');
  return error instanceof Error ? error.message : String(error);
}
