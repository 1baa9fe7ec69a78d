import { type Clock, pause } from '../clock.ts';
import { ApiError } from '../watch/api-error.ts';
import type { ApiClient, Query, RequestTerms } from '../watch/transport.ts';
import type { Dice } from './dice.ts';
import { ModelApiserver, type ModelResource, type ModelStore, type ModelTerms } from './model-apiserver.ts';
import type { ModelWatch } from './model-watch.ts';

const KUBE_SYSTEM = '/api/v1/namespaces/kube-system';

/** Some kinds behind one address, in one store: it can fall silent as a whole, be put back, and be another one. */
export class ModelCluster implements ApiClient {
  readonly skewMs = null;
  readonly kinds: readonly ModelApiserver[];
  #clock: Clock;
  #terms: ModelTerms;
  #resources: readonly ModelResource[];
  #store: ModelStore = { version: 100, oldest: 100, silence: null };
  #speak: () => void = () => undefined;
  #lives = 1;

  constructor(clock: Clock, dice: Dice, terms: ModelTerms, resources: readonly ModelResource[]) {
    this.#clock = clock;
    this.#terms = terms;
    this.#resources = resources;
    this.kinds = resources.map((resource) => new ModelApiserver(clock, dice, terms, resource, this.#store));
  }

  get version(): number {
    return this.#store.version;
  }

  get silent(): boolean {
    return this.#store.silence !== null;
  }

  /** Every list, watch, probe and question that reached it. */
  asked = 0;

  get #watches(): ModelWatch[] {
    return this.kinds.flatMap((kind) => kind.watches);
  }

  /** Answers nothing; its watches say nothing, and where the network has forgotten them (`lost`) never will again. */
  fallSilent(lost: boolean): void {
    if (!this.silent) {
      this.#store.silence = new Promise((resolve) => {
        this.#speak = resolve;
      });
    }
    for (const watch of this.#watches) {
      if (lost) watch.freeze();
      else watch.pause();
    }
  }

  speak(): void {
    this.#store.silence = null;
    this.#speak();
    for (const watch of this.#watches) watch.goOn();
  }

  /** Its store is put back to an earlier version. */
  restore(version: number): void {
    for (const kind of this.kinds) kind.restore(version);
  }

  /** Another cluster answers: it knows nothing of the versions of this one, and has objects of its own. */
  swap(version: number): void {
    this.#lives++;
    for (const kind of this.kinds) kind.forget();
    this.#store.version = version;
    this.#store.oldest = version;
  }

  async get(path: string, query: Query, options: RequestTerms & { timeoutMs: number }): Promise<unknown> {
    this.asked++;
    const kind = this.kinds.find((one) => one.path === path || one.holds(path));
    if (kind !== undefined && path !== KUBE_SYSTEM) return kind.get(path, query, options);
    await this.#silence(options.signal, options.timeoutMs);
    if (path === '/version') return { gitVersion: this.#terms.gitVersion };
    if (path === '/apis') return { groups: [] };
    if (path === '/api/v1') return { resources: this.#resources.map(({ plural }) => ({ name: plural })) };
    if (path === KUBE_SYSTEM) return { metadata: { uid: `life-${this.#lives}` } };
    throw new ApiError('absent', `GET ${path} answered 404`);
  }

  watch(path: string, query: Query, options: RequestTerms & { headersMs: number }): Promise<AsyncIterable<Uint8Array>> {
    this.asked++;
    const kind = this.kinds.find((one) => one.path === path);
    if (kind === undefined) throw new ApiError('absent', `the watch of ${path} answered 404`);
    return kind.watch(path, query, options);
  }

  async #silence(signal: AbortSignal, limitMs: number): Promise<void> {
    const { silence } = this.#store;
    if (silence !== null) {
      const spoken = new AbortController();
      void silence.then(() => spoken.abort());
      await pause(this.#clock, limitMs, AbortSignal.any([signal, spoken.signal]));
      signal.throwIfAborted();
      if (!spoken.signal.aborted) throw new ApiError('timeout', `not answered within ${limitMs / 1000} s`);
    }
    signal.throwIfAborted();
  }
}
