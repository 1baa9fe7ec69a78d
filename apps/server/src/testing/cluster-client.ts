import { ApiError } from '../watch/api-error.ts';
import type { ApiClient, Query } from '../watch/transport.ts';
import { ScriptedWatch } from './scripted-client.ts';

/** A whole cluster on paper: every path answers a document or an error, and every watch is held open. */
export class ClusterClient implements ApiClient {
  readonly skewMs = null;
  readonly requests: string[] = [];
  /** By path, in the order they were opened. */
  readonly watches = new Map<string, ScriptedWatch[]>();
  /** While it is, nothing is answered before it aborts or its time is over. */
  silent = false;
  #documents = new Map<string, object | ApiError>();
  #waiting = new Set<() => void>();

  /** What `path` answers from here on. */
  serve(path: string, answer: object | ApiError): void {
    this.#documents.set(path, answer);
  }

  /** Serves a core kind by its list. */
  serveList(plural: string, kind: string, version: string, items: object[]): void {
    this.serve(`/api/v1/${plural}`, { kind: `${kind}List`, metadata: { resourceVersion: version }, items });
  }

  /** It answers again, what was asked meanwhile included. */
  speak(): void {
    this.silent = false;
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }

  watching(path: string): ScriptedWatch {
    const last = this.watches.get(path)?.at(-1);
    if (last === undefined) throw new Error(`no watch of ${path} was opened`);
    return last;
  }

  async get(path: string, _query: Query, { signal }: { signal: AbortSignal }): Promise<unknown> {
    this.requests.push(path);
    await this.#heard(signal);
    const answer = this.#documents.get(path) ?? new ApiError('absent', `GET ${path} answered 404`);
    if (answer instanceof ApiError) throw answer;
    return answer;
  }

  async watch(path: string, query: Query, { signal }: { signal: AbortSignal }): Promise<AsyncIterable<Uint8Array>> {
    this.requests.push(`watch ${path}`);
    await this.#heard(signal);
    const watch = new ScriptedWatch(query, signal);
    this.watches.set(path, [...(this.watches.get(path) ?? []), watch]);
    return watch;
  }

  async #heard(signal: AbortSignal): Promise<void> {
    if (!this.silent) return;
    await new Promise<void>((resolve) => {
      this.#waiting.add(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    signal.throwIfAborted();
  }
}
