import type { KubeObject } from '@portolan/shared';
import type { ApiClient, Query, RequestTerms } from '../watch/transport.ts';
import { ByteQueue } from './byte-queue.ts';

const encoder = new TextEncoder();

/** One open watch, played by the test. */
export class ScriptedWatch extends ByteQueue {
  readonly query: Query;
  readonly signal: AbortSignal;

  constructor(query: Query, signal: AbortSignal) {
    super();
    this.query = query;
    this.signal = signal;
    signal.addEventListener('abort', () => this.put(new Error('aborted')));
  }

  event(type: string, object: unknown): void {
    this.text(`${JSON.stringify({ type, object })}\n`);
  }

  text(text: string): void {
    this.bytes(encoder.encode(text));
  }

  bytes(bytes: Uint8Array): void {
    this.put(bytes);
  }

  end(): void {
    this.put(null);
  }

  fail(error: Error): void {
    this.put(error);
  }
}

/** An apiserver on paper: lists and refusals are queued, watches are held open for the test to play. */
export class ScriptedClient implements ApiClient {
  readonly requests: { verb: 'list' | 'watch'; query: Query }[] = [];
  readonly watches: ScriptedWatch[] = [];
  /** Of each list, in order. */
  readonly signals: AbortSignal[] = [];
  /** In how many ms each list is to be answered, in order. */
  readonly limits: number[] = [];
  skewMs: number | null = null;
  #path: string;
  #lists: (object | Error | Promise<object>)[] = [];
  #refusals: Error[] = [];
  #discovery: Record<string, object>;

  /** Serves the kind at `path`; `discovery` answers any other. */
  constructor(path: string, discovery: Record<string, object>) {
    this.#path = path;
    this.#discovery = discovery;
  }

  /** The watch opened last. */
  get watching(): ScriptedWatch {
    const last = this.watches.at(-1);
    if (last === undefined) throw new Error('no watch was opened');
    return last;
  }

  willList(...answers: (object | Error | Promise<object>)[]): void {
    this.#lists.push(...answers);
  }

  willRefuseWatch(...errors: Error[]): void {
    this.#refusals.push(...errors);
  }

  serve(discovery: Record<string, object>): void {
    this.#discovery = discovery;
  }

  async get(path: string, query: Query, { signal, timeoutMs }: RequestTerms & { timeoutMs: number }): Promise<unknown> {
    if (path !== this.#path) return this.#discovery[path] ?? {};
    this.requests.push({ verb: 'list', query });
    this.signals.push(signal);
    this.limits.push(timeoutMs);
    const answer = this.#lists.shift();
    if (answer instanceof Error) throw answer;
    if (answer === undefined) throw new Error('the test foresaw no further list');
    return answer;
  }

  async watch(_path: string, query: Query, { signal }: { signal: AbortSignal }): Promise<AsyncIterable<Uint8Array>> {
    this.requests.push({ verb: 'watch', query });
    const refusal = this.#refusals.shift();
    if (refusal !== undefined) throw refusal;
    const watch = new ScriptedWatch(query, signal);
    this.watches.push(watch);
    return watch;
  }
}

/** A page of a list of Namespaces. */
export function listOf(version: string, items: KubeObject[], token?: string): object {
  const metadata = token === undefined ? { resourceVersion: version } : { resourceVersion: version, continue: token };
  return { kind: 'NamespaceList', apiVersion: 'v1', metadata, items };
}
