import type { Kind } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import { ApiError } from './api-error.ts';
import { Flight } from './flight.ts';
import type { KindSpec } from './kind-spec.ts';
import type { ApiClient } from './transport.ts';

const TIMEOUT_MS = 10_000;
/** Several kinds that were answered 404 at once ask once. */
const FRESH_MS = 5000;

/** Where a kind is served: the path of its group version, such as `/apis/apps/v1`, and its plural there. */
export interface Location {
  base: string;
  plural: string;
  namespaced: boolean;
}

interface ResourceList {
  resources?: { name: string; kind: string; verbs?: string[] }[];
}

/**
 * What the cluster serves: for each kind, the newest version that both sides know. Groups and each group's resources
 * are asked for once, by whoever needs them first, and kept until forgotten.
 */
export class Discovery {
  #client: ApiClient;
  #specs: readonly KindSpec[];
  #clock: Clock;
  #appeared: (kinds: Kind[]) => void;
  #version: string | null = null;
  #groups: { flight: Flight<Set<string>>; askedAt: number } | null = null;
  #resources = new Map<string, Flight<ResourceList | null>>();
  #served: ReadonlySet<string> | null = null;

  /** `appeared` is told of kinds whose group is served since it was last asked. */
  constructor(
    client: ApiClient,
    specs: readonly KindSpec[],
    clock: Clock,
    appeared: (kinds: Kind[]) => void = () => undefined,
  ) {
    this.#client = client;
    this.#specs = specs;
    this.#clock = clock;
    this.#appeared = appeared;
  }

  /** The server's own `gitVersion`, null until it was heard. */
  get version(): string | null {
    return this.#version;
  }

  /** Where the kind is served, or null when it is not. */
  async locate(kind: Kind, signal: AbortSignal): Promise<Location | null> {
    signal.throwIfAborted();
    const spec = this.#specs.find((one) => one.kind === kind);
    if (spec === undefined) return null;
    const served = await this.#askGroups(signal);
    for (const version of spec.versions) {
      const name = apiVersion(spec.group, version);
      if (!served.has(name)) continue;
      const list = await this.#askResources(name, signal);
      if (list?.resources?.some((resource) => resource.name === spec.plural)) {
        return { base: basePath(name), plural: spec.plural, namespaced: spec.namespaced };
      }
    }
    return null;
  }

  /** Asks again next time: the kind was answered 404; without a kind, everything. */
  forget(kind?: Kind): void {
    if (this.#groups !== null && this.#clock.monotonic() - this.#groups.askedAt >= FRESH_MS) this.#groups = null;
    const spec = this.#specs.find((one) => one.kind === kind);
    for (const version of spec?.versions ?? []) this.#resources.delete(apiVersion(spec?.group ?? '', version));
    if (kind !== undefined) return;
    this.#groups = null;
    this.#resources.clear();
  }

  async #askGroups(signal: AbortSignal): Promise<Set<string>> {
    let asked = this.#groups;
    if (asked === null || asked.flight.failed) {
      const flight = new Flight((end) => this.#discover(end));
      asked = { flight, askedAt: this.#clock.monotonic() };
      this.#groups = asked;
    }
    return asked.flight.join(signal);
  }

  async #askResources(name: string, signal: AbortSignal): Promise<ResourceList | null> {
    let asked = this.#resources.get(name);
    if (asked === undefined || asked.failed) {
      asked = new Flight((end) => this.#ask(basePath(name), end).catch(absentAsNull) as Promise<ResourceList | null>);
      this.#resources.set(name, asked);
    }
    return asked.join(signal);
  }

  #ask(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#client.get(path, {}, { signal, timeoutMs: TIMEOUT_MS });
  }

  async #discover(signal: AbortSignal): Promise<Set<string>> {
    const version = (await this.#ask('/version', signal)) as { gitVersion?: string };
    const answer = (await this.#ask('/apis', signal)) as { groups?: { versions: { groupVersion: string }[] }[] };
    this.#version = version.gitVersion ?? null;
    const names = (answer.groups ?? []).flatMap((one) => one.versions.map(({ groupVersion }) => groupVersion));
    const served = new Set(['v1', ...names]);
    const before = this.#served;
    this.#served = served;
    if (before !== null) {
      const isNew = ({ group, versions }: KindSpec) =>
        versions.some((one) => served.has(apiVersion(group, one)) && !before.has(apiVersion(group, one)));
      const fresh = this.#specs.filter(isNew);
      for (const { kind } of fresh) this.forget(kind);
      if (fresh.length > 0) this.#appeared(fresh.map(({ kind }) => kind));
    }
    return served;
  }
}

/** As `apiVersion` spells it: `v1`, `apps/v1`. A version may bring a group of its own, as `extensions/v1beta1` does. */
function apiVersion(group: string, version: string): string {
  if (version.includes('/')) return version;
  return group === '' ? version : `${group}/${version}`;
}

function basePath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** A group that is announced and not served (an aggregated API that is down) has no resources. */
function absentAsNull(error: unknown): null {
  if (error instanceof ApiError && error.reason === 'absent') return null;
  throw error;
}
