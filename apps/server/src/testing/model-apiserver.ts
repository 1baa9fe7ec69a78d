import type { Kind, KubeObject } from '@portolan/shared';
import { type Clock, pause } from '../clock.ts';
import { ApiError, errorOfResponse } from '../watch/api-error.ts';
import type { ApiClient, Query, RequestTerms } from '../watch/transport.ts';
import type { Dice } from './dice.ts';
import { ModelWatch } from './model-watch.ts';
import { namespaceObject } from './objects.ts';

const BOOKMARK_MS = 60_000;

/** What kind of apiserver it is. `ignored`: it takes a WatchList for a plain watch, as one before 1.27 does. */
export interface ModelTerms {
  gitVersion: string;
  watchLists: 'served' | 'refused' | 'ignored';
  /** The longest page that it answers with. */
  page: number;
  /** Whether it says how many objects a page leaves. */
  counts: boolean;
}

/** What becomes of a request: its error, or no answer before its time is over. */
export type Refusal = ApiError | 'hang';

/** What all kinds of one apiserver share: the last version, the oldest that is remembered, and whether it is silent. */
export interface ModelStore {
  version: number;
  oldest: number;
  /** Resolves when it answers again; null while it does. */
  silence: Promise<void> | null;
}

/** Which kind is served; its objects are all made like Namespaces. */
export interface ModelResource {
  plural: string;
  kind: Kind;
}

interface Moment {
  version: number;
  /** When it was written, by the clock that is shown. */
  at: number;
  held: ReadonlyMap<string, KubeObject>;
}

interface Write {
  version: number;
  type: string;
  object: KubeObject;
}

/**
 * An apiserver of one kind on paper, with the versions, the history and the watches of a real one, and a memory of all
 * that it ever held: whoever reads it can be told whether what he holds is what was held at that version.
 */
export class ModelApiserver implements ApiClient {
  readonly skewMs = null;
  /** Every list and watch, in order. */
  readonly requests: { verb: 'list' | 'watch'; query: Query }[] = [];
  #clock: Clock;
  #dice: Dice;
  #terms: ModelTerms;
  #store: ModelStore;
  #resource: ModelResource;
  #writes: Write[] = [];
  #moments: Moment[] = [{ version: 0, at: 0, held: new Map() }];
  #former: Moment[][] = [];
  #watches = new Set<ModelWatch>();
  #refusals: Refusal[] = [];
  #made = 0;

  constructor(
    clock: Clock,
    dice: Dice,
    terms: ModelTerms,
    resource: ModelResource = { plural: 'namespaces', kind: 'Namespace' },
    store: ModelStore = { version: 100, oldest: 100, silence: null },
  ) {
    this.#clock = clock;
    this.#dice = dice;
    this.#terms = terms;
    this.#resource = resource;
    this.#store = store;
  }

  get version(): number {
    return this.#store.version;
  }

  get path(): string {
    return `/api/v1/${this.#resource.plural}`;
  }

  get held(): ReadonlyMap<string, KubeObject> {
    return heldAt(this.#moments, this.#store.version);
  }

  /** Its open watches, but for those that are frozen. */
  get watches(): readonly ModelWatch[] {
    return [...this.#watches];
  }

  /** What it held at a version, in this life and in former ones. */
  everHeldAt(version: number): ReadonlyMap<string, KubeObject>[] {
    return [this.#moments, ...this.#former].map((moments) => heldAt(moments, version));
  }

  /** The version of the last write that was made by then. */
  writtenBy(moment: number): number {
    return this.#moments.findLast(({ at }) => at <= moment)?.version ?? 0;
  }

  /** Creates an object, or changes the one of that name. */
  put(name: string, labels: Record<string, string> = {}): void {
    const before = this.held.get(name);
    const uid = before?.metadata.uid ?? `${this.#resource.plural}-${name}-${++this.#made}`;
    const object = { ...namespaceObject(name, String(++this.#store.version), uid), kind: this.#resource.kind };
    object.metadata.labels = { ...labels, written: String(this.#store.version) };
    this.#write(before === undefined ? 'ADDED' : 'MODIFIED', object);
  }

  remove(name: string): void {
    const before = this.held.get(name);
    if (before === undefined) return;
    const metadata = { ...before.metadata, resourceVersion: String(++this.#store.version) };
    this.#write('DELETED', { ...before, metadata });
  }

  /** Another kind was written. */
  elsewhere(): void {
    this.#store.version++;
  }

  /** Forgets its history: a watch and a token from before are expired. */
  compact(): void {
    this.#store.oldest = this.#store.version;
    this.#writes = [];
  }

  /** An object that cannot be decoded is deleted: there is no event of it but an error (KEP-4858). */
  removeUnsafely(name: string): void {
    const before = this.held.get(name);
    if (before === undefined) return;
    this.#store.version++;
    this.#remember(new Map([...this.held].filter(([other]) => other !== name)));
    this.compact();
    for (const watch of this.watches) {
      watch.event('ERROR', { kind: 'Status', code: 500, reason: 'StorageReadError', message: 'data is corrupt' });
      watch.end();
    }
  }

  /** Its store is put back to an earlier version, and it is started again. */
  restore(version: number): void {
    this.#former.push(this.#moments);
    this.#moments = this.#moments.filter((moment) => moment.version <= version);
    this.#store.version = version;
    this.compact();
    for (const watch of this.watches) watch.cut();
  }

  /** It is another, which never held anything; its watches are cut. */
  forget(): void {
    this.#former.push(this.#moments);
    this.#moments = [{ version: 0, at: this.#clock.now(), held: new Map() }];
    this.#writes = [];
    for (const watch of this.watches) watch.cut();
  }

  /** So the next requests end. */
  willRefuse(...refusals: Refusal[]): void {
    this.#refusals.push(...refusals);
  }

  /** Requests are answered from here on. */
  heal(): void {
    this.#refusals = [];
  }

  /** The path is of one object of this kind. */
  holds(path: string): boolean {
    return path.split('/').at(-2) === this.#resource.plural;
  }

  async get(path: string, query: Query, options: RequestTerms & { timeoutMs: number }): Promise<unknown> {
    if (path === this.path) this.requests.push({ verb: 'list', query });
    await this.#admit(options.signal, options.timeoutMs);
    if (path === '/version') return { gitVersion: this.#terms.gitVersion };
    if (path === '/apis') return { groups: [] };
    if (path === '/api/v1') return { resources: [{ name: this.#resource.plural }] };
    if (path === this.path) return this.#list(query);
    const object = this.held.get(path.split('/').at(-1) ?? '');
    if (object === undefined) throw refused(404, 'NotFound', `${path} not found`);
    return object;
  }

  async watch(
    _path: string,
    query: Query,
    { signal, headersMs }: RequestTerms & { headersMs: number },
  ): Promise<AsyncIterable<Uint8Array>> {
    this.requests.push({ verb: 'watch', query });
    await this.#admit(signal, headersMs);
    const since = Number(query.resourceVersion ?? '');
    const { watchLists } = this.#terms;
    if (query.sendInitialEvents === 'true' && watchLists !== 'ignored') {
      if (watchLists === 'refused') throw refused(422, 'Invalid', 'sendInitialEvents is forbidden');
      if (since > this.#store.version) throw refused(504, 'Timeout', 'Timeout: Too large resource version');
      return this.#watchList(since, query, signal);
    }
    if (since === 0) {
      const watch = this.#open(this.#store.version, query, signal);
      for (const object of this.held.values()) watch.event('ADDED', object);
      return watch;
    }
    if (since >= this.#store.oldest) return this.#replay(this.#open(since, query, signal));
    if (this.#dice.once(2)) throw refused(410, 'Expired', 'too old resource version');
    const watch = new ModelWatch(since, this.#clock, this.#dice, signal, () => undefined);
    watch.event('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' });
    watch.end();
    return watch;
  }

  #watchList(since: number, query: Query, signal: AbortSignal): ModelWatch {
    // The cache's own picture may be a little older than what it has heard by now.
    const from = Math.max(since, this.#store.oldest, this.#store.version - this.#dice.between(0, 4));
    const watch = this.#open(from, query, signal);
    for (const object of heldAt(this.#moments, from).values()) watch.event('ADDED', object);
    this.#replay(watch);
    const annotations = { 'k8s.io/initial-events-end': 'true' };
    const metadata = { resourceVersion: String(this.#store.version), annotations };
    watch.event('BOOKMARK', { kind: this.#resource.kind, apiVersion: 'v1', metadata });
    return watch;
  }

  #open(since: number, query: Query, signal: AbortSignal): ModelWatch {
    const watch = new ModelWatch(since, this.#clock, this.#dice, signal, () => this.#watches.delete(watch));
    this.#watches.add(watch);
    if (this.#store.silence !== null) watch.pause();
    const bookmark = () => {
      const metadata = { resourceVersion: String(this.#store.version) };
      if (this.#store.version > since)
        watch.event('BOOKMARK', { kind: this.#resource.kind, apiVersion: 'v1', metadata });
      watch.after('bookmark', BOOKMARK_MS, bookmark);
    };
    watch.after('bookmark', BOOKMARK_MS, bookmark);
    watch.after('time-out', Number(query.timeoutSeconds) * 1000, () => watch.end());
    return watch;
  }

  #replay(watch: ModelWatch): ModelWatch {
    for (const { version, type, object } of this.#writes) if (version > watch.since) watch.event(type, object);
    return watch;
  }

  #list({ limit, continue: token }: Query): object {
    const [at, offset] = token === undefined ? [this.#store.version, 0] : token.split('/').map(Number);
    if (at === undefined || offset === undefined) throw refused(400, 'BadRequest', 'continue key is not valid');
    if (at < this.#store.oldest) throw refused(410, 'Expired', 'The provided continue parameter is too old');
    const all = [...heldAt(this.#moments, at).values()];
    const end = offset + Math.min(Number(limit), this.#terms.page);
    const left = Math.max(0, all.length - end);
    const more = left > 0 && { continue: `${at}/${end}`, ...(this.#terms.counts && { remainingItemCount: left }) };
    const metadata = { resourceVersion: String(at), ...more };
    const items = all.slice(offset, end).map(({ kind: _kind, apiVersion: _version, ...item }) => item);
    return { kind: `${this.#resource.kind}List`, apiVersion: 'v1', metadata, items };
  }

  #write(type: string, object: KubeObject): void {
    const { name } = object.metadata;
    const held = new Map([...this.held].filter(([other]) => other !== name));
    if (type !== 'DELETED') held.set(name, object);
    this.#remember(held);
    this.#writes.push({ version: this.#store.version, type, object });
    for (const watch of this.#watches) if (this.#store.version > watch.since) watch.event(type, object);
  }

  #remember(held: ReadonlyMap<string, KubeObject>): void {
    this.#moments.push({ version: this.#store.version, at: this.#clock.now(), held });
  }

  /** A request takes its time, and is refused if it is to be. */
  async #admit(signal: AbortSignal, limitMs: number): Promise<void> {
    signal.throwIfAborted();
    const silent = this.#store.silence !== null;
    const refusal = silent ? 'hang' : this.#refusals.shift();
    const patience = new AbortController();
    void this.#store.silence?.then(() => patience.abort());
    await pause(
      this.#clock,
      refusal === 'hang' ? limitMs : this.#dice.between(0, 80),
      AbortSignal.any([signal, patience.signal]),
    );
    signal.throwIfAborted();
    if (patience.signal.aborted) return;
    if (refusal === 'hang') throw new ApiError('timeout', `not answered within ${limitMs / 1000} s`);
    if (refusal !== undefined) throw refusal;
  }
}

function heldAt(moments: readonly Moment[], version: number): ReadonlyMap<string, KubeObject> {
  return moments.findLast((moment) => moment.version <= version)?.held ?? new Map();
}

function refused(code: number, reason: string, message: string): ApiError {
  return errorOfResponse(
    'the request',
    code,
    { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', code, reason, message },
    null,
  );
}
