import type { Kind } from '@portolan/shared';
import { ApiError } from './api-error.ts';
import type { KindSpec } from './kind-spec.ts';
import type { ApiClient } from './transport.ts';

const TIMEOUT_MS = 10_000;

/** Where a kind is served: the path of its group version, such as `/apis/apps/v1`, and its plural there. */
export interface Location {
  base: string;
  plural: string;
  namespaced: boolean;
}

interface Flight {
  found: Promise<Map<Kind, Location>>;
  askers: number;
  end: AbortController;
}

interface ResourceList {
  resources?: { name: string; kind: string; verbs?: string[] }[];
}

/**
 * What the cluster serves, asked once and kept until forgotten: for each kind, the newest version that both sides
 * know. Several askers share one flight, which goes on while
 * one of them waits.
 */
export class Discovery {
  #client: ApiClient;
  #specs: readonly KindSpec[];
  #flight: Flight | null = null;
  #version: string | null = null;

  constructor(client: ApiClient, specs: readonly KindSpec[]) {
    this.#client = client;
    this.#specs = specs;
  }

  /** The server's own `gitVersion`, null until it was heard. */
  get version(): string | null {
    return this.#version;
  }

  /** Where the kind is served, or null when it is not (or is made needless by another). */
  async locate(kind: Kind, signal: AbortSignal): Promise<Location | null> {
    signal.throwIfAborted();
    const flight = this.#flight ?? this.#takeOff();
    flight.askers++;
    const left = () => {
      if (--flight.askers === 0) this.#end(flight);
    };
    signal.addEventListener('abort', left, { once: true });
    try {
      return (await flight.found).get(kind) ?? null;
    } catch (error) {
      if (this.#flight === flight) this.#flight = null;
      throw error;
    } finally {
      signal.removeEventListener('abort', left);
    }
  }

  /** Asks again next time: something answered 404. */
  forget(): void {
    this.#flight = null;
  }

  #takeOff(): Flight {
    const end = new AbortController();
    this.#flight = { found: this.#discover(end.signal), askers: 0, end };
    return this.#flight;
  }

  /** Nobody waits for it any more. */
  #end(flight: Flight): void {
    if (this.#flight === flight) this.#flight = null;
    flight.end.abort();
  }

  async #discover(signal: AbortSignal): Promise<Map<Kind, Location>> {
    const ask = (path: string) => this.#client.get(path, {}, { signal, timeoutMs: TIMEOUT_MS });
    const version = (await ask('/version')) as { gitVersion?: string };
    this.#version = version.gitVersion ?? null;
    const groups = (await ask('/apis')) as { groups?: { versions: { groupVersion: string }[] }[] };
    const served = new Set(['v1', ...(groups.groups ?? []).flatMap((one) => one.versions.map((v) => v.groupVersion))]);
    const wanted = new Set(this.#specs.flatMap(({ group, versions }) => versions.map((one) => apiVersion(group, one))));
    const lists = new Map<string, ResourceList>();
    await Promise.all(
      [...wanted].map(async (name) => {
        if (!served.has(name)) return;
        const list = await ask(basePath(name)).catch(absentAsNull);
        if (list !== null) lists.set(name, list as ResourceList);
      }),
    );
    return locations(this.#specs, lists);
  }
}

function locations(specs: readonly KindSpec[], lists: Map<string, ResourceList>): Map<Kind, Location> {
  const found = new Map<Kind, Location>();
  for (const { kind, group, versions, plural, namespaced } of specs) {
    const version = versions.find((one) =>
      lists.get(apiVersion(group, one))?.resources?.some((resource) => resource.name === plural),
    );
    if (version !== undefined) found.set(kind, { base: basePath(apiVersion(group, version)), plural, namespaced });
  }
  for (const { kind, instead } of specs) if (instead !== null && found.has(instead)) found.delete(kind);
  return found;
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
