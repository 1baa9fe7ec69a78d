import { type KubeList, type KubeObject, pollIntervalMs, type Source } from '@portolan/shared';
import { pause } from '../clock.ts';
import { ApiError } from './api-error.ts';
import { BaseReader, type ReaderDeps } from './base-reader.ts';
import type { KindRequest } from './kind-request.ts';
import type { KindSpec } from './kind-spec.ts';
import { Picture } from './picture.ts';
import type { Query } from './transport.ts';

const LIMIT = '500';
const PAGE_MS = 60_000;

/**
 * Keeps a sink near to a kind that cannot be watched: it is listed, and listed again after its `pollMs`, or later when it
 * is large. Between two lists it is live, as of the last one; a list is one commit, and what it does not change is none.
 */
export class Poller extends BaseReader {
  #pollMs: number;
  #version: string | null = null;

  constructor(spec: KindSpec, pollMs: number, rank: number, deps: ReaderDeps) {
    super(spec, rank, deps);
    this.#pollMs = pollMs;
  }

  /** There is no stream that could be half-open: it lists at once. */
  reopen(): void {
    if (this.standing.state === 'live') this.endRound();
  }

  renew(): void {
    this.request = null;
    this.reason = 'epoch';
    this.endRound();
  }

  /** It is the truth as of its last list, also while it is live. */
  override source(): Source {
    const source = super.source();
    return { ...source, current: source.state === 'live' ? this.tally.eventAt : source.current };
  }

  protected get read(): string | null {
    return this.#version;
  }

  /** One list, committed when it is whole, and the wait for the next. */
  protected async round(signal: AbortSignal): Promise<void> {
    const { clock, gate, sink } = this.deps;
    const request = await this.locate(signal);
    const picture = new Picture(this.quarantine);
    const began = clock.monotonic();
    const version = await gate.sync(this.rank, () => this.#list(request, picture, signal));
    signal.throwIfAborted();
    await this.commit(picture.finish(), began, signal);
    this.#version = version;
    this.tally.eventAt = clock.now();
    this.reason = 'poll';
    this.ladder.live();
    this.standing.enter('live');
    // What is live is told again, for its age is that of its last list.
    this.deps.changed();
    await pause(clock, pollIntervalMs(this.kind, sink.size, this.#pollMs) ?? this.#pollMs, signal);
  }

  protected failed(): number | null {
    return this.tally.eventAt;
  }

  protected override drop(): void {
    this.#version = null;
    super.drop();
  }

  /** Reads every page, where the server makes any, and answers the list's version, which metrics do not have. */
  async #list(request: KindRequest, picture: Picture, signal: AbortSignal): Promise<string | null> {
    const { client, gate } = this.deps;
    for (let token = ''; ; ) {
      await gate.connect(this.rank);
      signal.throwIfAborted();
      const query: Query = token === '' ? { limit: LIMIT } : { limit: LIMIT, continue: token };
      const terms = { signal, timeoutMs: PAGE_MS, accept: request.accept.list };
      const { metadata, items } = listOf(request, await client.get(request.path, query, terms));
      signal.throwIfAborted();
      for (const item of items) picture.put(identified(request.trim(item)));
      this.hear();
      token = metadata?.continue ?? '';
      if (token === '') return metadata?.resourceVersion || null;
    }
  }
}

function listOf({ kind, lists }: KindRequest, value: unknown): Partial<KubeList> & { items: KubeObject[] } {
  const list = value as Partial<KubeList> | null;
  const items = list?.items ?? [];
  if (!lists.includes(list?.kind ?? '') || !Array.isArray(items) || !items.every(isNamed)) {
    throw new ApiError('malformed', `the list of ${kind} answered a ${String(list?.kind)}`);
  }
  return { ...list, items };
}

function isNamed(item: KubeObject | null): boolean {
  return typeof item?.metadata?.name === 'string';
}

/** What is measured and not kept has no uid: its name tells it apart, within its kind. */
function identified(object: KubeObject): KubeObject {
  const { uid, namespace, name } = object.metadata;
  return uid ? object : { ...object, metadata: { ...object.metadata, uid: `${namespace ?? ''}/${name}` } };
}
