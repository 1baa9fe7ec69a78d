import { Agent, type RequestOptions, request } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import type { GetJson } from '@portolan/lab';

/** Requests that are under way at once. */
export const AT_ONCE = 32;
const JSON_TYPE = 'application/json';
export const MERGE = 'application/merge-patch+json';

/** What an apiserver said no with. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** What is asked beside a method and a path. `type` is the body's, JSON unless it is said. */
export interface Asked {
  body?: object;
  type?: string;
  accept?: string;
}

/** An apiserver by its own API, with the rights of a kubeconfig's current context. */
export class RealApi {
  readonly #server: string;
  readonly #headers: RequestOptions['headers'];
  readonly #agent: Agent;

  private constructor(server: string, { headers, ca, cert, key, rejectUnauthorized }: RequestOptions) {
    this.#server = server;
    this.#headers = headers;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 4 * AT_ONCE, ca, cert, key, rejectUnauthorized });
  }

  /** Of a kubeconfig's path; throws when it names no cluster. */
  static async of(kubeconfig: string): Promise<RealApi> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const server = config.getCurrentCluster()?.server;
    if (server === undefined) throw new Error(`${kubeconfig} has no current cluster`);
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return new RealApi(server, options);
  }

  /** Resolves to the answer's JSON; rejects with an ApiError for every status from 300 on. */
  ask<T>(method: string, path: string, { body, type = JSON_TYPE, accept = JSON_TYPE }: Asked = {}): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const headers = { ...(this.#headers as object), accept, ...(body && { 'content-type': type }) };
    const asking = request(`${this.#server}${path}`, { method, headers, agent: this.#agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const status = answer.statusCode ?? 0;
        if (status < 300) resolve(JSON.parse(text) as T);
        else reject(new ApiError(status, `${method} ${path} answered ${status}: ${text.slice(0, 300)}`));
      });
    });
    asking.on('error', reject);
    asking.end(body && JSON.stringify(body));
    return promise;
  }

  /** GETs as the laboratory's truth is read: null for 404. */
  readonly get: GetJson = (path, accept) =>
    this.ask('GET', path, { accept }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    });

  /** Ends its connections. */
  close(): void {
    this.#agent.destroy();
  }
}

/** Statuses of an apiserver that is busy; what it was asked for may have been done all the same. */
const BUSY = [429, 500, 503, 504];
const TRIES = 6;
const REST_MS = 1000;

/** Asks until a busy apiserver has time, six times at most; what exists since a time before (409) is done. */
export async function insist(api: RealApi, method: string, path: string, asked?: Asked): Promise<void> {
  for (let time = 1; ; time++) {
    try {
      await api.ask(method, path, asked);
      return;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 409 && time > 1) return;
      if (!BUSY.includes(error.status) || time === TRIES) throw error;
      await wait(REST_MS * time);
    }
  }
}

/** Does some work for each item in order, so many at once; rejects with the first failure, after which none is begun. */
export async function eachOf<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<unknown>,
  atOnce = AT_ONCE,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  let failed = false;
  const hands = Array.from({ length: atOnce }, async () => {
    for (let next = rest.next(); !next.done && !failed; next = rest.next()) {
      await work(next.value).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  });
  await Promise.all(hands);
}
