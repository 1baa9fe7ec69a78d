import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '@portolan/shared';
import { ApiError, alreadyExists, conflict, notFound, tooOld } from '../api-error.ts';
import type { Clock } from '../clock.ts';
import { generatedName } from '../names.ts';
import type { Random } from '../random.ts';
import { toTime } from '../time.ts';
import { History, type StoreEvent } from './history.ts';
import type { ObjectOf, ObjectRef, StoredResource } from './kinds.ts';

/** What a store is made of; `version` is the resource version before its first write. */
export interface StoreOptions {
  clock: Clock;
  random: Random;
  resources: Iterable<StoredResource>;
  historySize?: number;
  version?: number;
}

/** How to delete: seconds of grace (the kind's own by default), a finalizer to add first, and what the object must still be. */
export interface DeleteOptions {
  graceSeconds?: number | undefined;
  finalizer?: string | undefined;
  uid?: string | undefined;
  resourceVersion?: string | undefined;
}

/** What a controller or a request hands over to be created: the store fills in the rest of the metadata. */
export type NewObject<T extends KubeObject> = Omit<T, 'metadata'> & {
  metadata: Partial<KubeObject['metadata']>;
};

/** The objects of one list, with the version at which they stood so. */
export interface Listed<T> {
  items: T[];
  version: number;
}

type Listener = (event: StoreEvent) => void;

const refKey = (ref: ObjectRef) => `${ref.namespace ?? ''}/${ref.name}`;

/**
 * The one versioned store. Every write takes the next resource version and is told to the watchers before the call
 * returns, in order. Objects that go out are shared: whoever wants another makes a copy (`update` hands one out).
 * A write that changes nothing takes no version (apiserver `registry/generic/registry/store.go`).
 */
export class Store {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #resources = new Map<string, StoredResource>();
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #history: History;
  readonly #uidSeed: string;
  #version: number;
  #uids = 0;

  constructor(options: StoreOptions) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#version = options.version ?? 0;
    this.#history = new History(options.historySize ?? 20_000, this.#version);
    // Two lives of one cluster must not share uids, even when they share the seed.
    this.#uidSeed = ((options.clock.now() % 2 ** 32) >>> 0).toString(16).padStart(8, '0');
    for (const resource of options.resources) {
      this.#resources.set(resource.key, resource);
      this.#objects.set(resource.key, new Map());
      this.#listeners.set(resource.key, new Set());
    }
  }

  /** The version of the last write. */
  get version(): number {
    return this.#version;
  }

  get<K extends string>(key: K, ref: ObjectRef): ObjectOf<K> | undefined {
    return this.#of(key).get(refKey(ref));
  }

  /** As `get`, but throws NotFound. */
  need<K extends string>(key: K, ref: ObjectRef): ObjectOf<K> {
    const found = this.get(key, ref);
    if (!found) throw notFound(this.resource(key), ref.name);
    return found;
  }

  /** Everything under a key, ordered by namespace and name as etcd orders keys. */
  list<K extends string>(key: K, namespace?: string): ObjectOf<K>[] {
    const items = [...this.#of(key).entries()];
    const wanted = namespace === undefined ? items : items.filter(([ref]) => ref.startsWith(`${namespace}/`));
    return wanted.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  /** The list as it stood at an earlier version; throws Expired when that is no longer known. */
  listAt<K extends string>(key: K, version: number, namespace?: string): Listed<ObjectOf<K>> {
    this.#checkVersion(version);
    const later = this.#history.after(version).filter((event) => event.key === key);
    if (later.length === 0) return { items: this.list(key, namespace), version };
    const then = new Map(this.#of(key));
    for (const event of later.reverse()) {
      const ref = refKey(event.object.metadata);
      if (event.previous) then.set(ref, event.previous as ObjectOf<K>);
      else then.delete(ref);
    }
    const items = [...then.entries()].filter(([ref]) => namespace === undefined || ref.startsWith(`${namespace}/`));
    return { items: items.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object), version };
  }

  create<K extends string>(key: K, object: NewObject<ObjectOf<K>>): ObjectOf<K> {
    const resource = this.resource(key);
    const copy = structuredClone(object) as unknown as ObjectOf<K>;
    const metadata = copy.metadata;
    if (!metadata.name && metadata.generateName) metadata.name = this.#freeName(key, metadata);
    if (this.get(key, metadata)) throw alreadyExists(resource, metadata.name);
    copy.apiVersion = resource.apiVersion;
    copy.kind = resource.kind;
    metadata.uid = this.#newUid();
    metadata.creationTimestamp = toTime(this.#clock.now());
    delete metadata.deletionTimestamp;
    delete metadata.deletionGracePeriodSeconds;
    if (resource.generation) metadata.generation = 1;
    else delete metadata.generation;
    return this.#write('ADDED', resource, copy, undefined);
  }

  /**
   * Replaces an object by what `change` makes of a copy of it. Identity and deletion marks stay; the generation rises
   * when anything outside metadata and status changed. `expect` is the version the caller last saw: Conflict otherwise.
   */
  update<K extends string>(
    key: K,
    ref: ObjectRef,
    change: (draft: ObjectOf<K>) => ObjectOf<K> | undefined,
    expect?: string,
  ): ObjectOf<K> {
    const resource = this.resource(key);
    const previous = this.need(key, ref);
    if (expect && expect !== previous.metadata.resourceVersion) throw conflict(resource, ref.name);
    const draft = structuredClone(previous);
    const next = change(draft) ?? draft;
    next.apiVersion = resource.apiVersion;
    next.kind = resource.kind;
    const kept = previous.metadata;
    const { name, namespace, uid, resourceVersion, creationTimestamp, generation } = kept;
    Object.assign(next.metadata, {
      name,
      uid,
      resourceVersion,
      creationTimestamp,
      ...(namespace !== undefined && { namespace }),
      ...(generation !== undefined && { generation }),
      ...(kept.generateName !== undefined && { generateName: kept.generateName }),
    });
    if (kept.deletionTimestamp) {
      next.metadata.deletionTimestamp ??= kept.deletionTimestamp;
      if (kept.deletionGracePeriodSeconds !== undefined)
        next.metadata.deletionGracePeriodSeconds ??= kept.deletionGracePeriodSeconds;
    } else {
      delete next.metadata.deletionTimestamp;
      delete next.metadata.deletionGracePeriodSeconds;
    }
    if (isDeepStrictEqual(next, previous)) return previous;
    if (resource.generation && !isDeepStrictEqual(intent(next), intent(previous))) {
      next.metadata.generation = (generation ?? 0) + 1;
    }
    const written = this.#write('MODIFIED', resource, next, previous);
    const over = written.metadata.deletionTimestamp && !written.metadata.deletionGracePeriodSeconds;
    if (over && !this.#heldBack(resource, written)) return this.#remove(resource, written);
    return written;
  }

  /**
   * Deletes, or marks to be deleted while grace or finalizers remain; answers the last state, and whether it is gone.
   * As in apiserver `registry/rest/delete.go` a shorter grace shortens one that runs, and the mark counts as a generation.
   */
  delete<K extends string>(
    key: K,
    ref: ObjectRef,
    options: DeleteOptions = {},
  ): { object: ObjectOf<K>; gone: boolean } {
    const resource = this.resource(key);
    const current = this.need(key, ref);
    const metadata = current.metadata;
    if (options.uid && options.uid !== metadata.uid) {
      const why = `Precondition failed: UID in precondition: ${options.uid}, UID in object meta: ${metadata.uid}`;
      throw conflict(resource, ref.name, why);
    }
    if (options.resourceVersion && options.resourceVersion !== metadata.resourceVersion) {
      const why = `Precondition failed: ResourceVersion in precondition: ${options.resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`;
      throw conflict(resource, ref.name, why);
    }
    const running = metadata.deletionTimestamp ? (metadata.deletionGracePeriodSeconds ?? 0) : undefined;
    // What nothing runs for needs no grace, whatever was asked.
    const byKind = resource.graceSeconds?.(current) ?? 0;
    const asked = byKind === 0 ? 0 : (options.graceSeconds ?? running ?? byKind);
    const grace = Math.min(asked, running ?? Number.POSITIVE_INFINITY);
    const finalizers = [...(metadata.finalizers ?? [])];
    if (options.finalizer && !finalizers.includes(options.finalizer)) finalizers.push(options.finalizer);
    const waits = grace > 0 || finalizers.length > 0 || resource.heldBack?.(current);
    const marked = structuredClone(current);
    if (running === undefined || grace < running) {
      marked.metadata.deletionTimestamp = toTime(this.#clock.now() + grace * 1000);
      marked.metadata.deletionGracePeriodSeconds = grace;
      if (metadata.generation !== undefined && running === undefined)
        marked.metadata.generation = metadata.generation + 1;
    }
    if (finalizers.length > 0) marked.metadata.finalizers = finalizers;
    const markNeeded = waits || running !== undefined;
    const changed = markNeeded && !isDeepStrictEqual(marked, current);
    const object = changed ? this.#write('MODIFIED', resource, marked, current) : current;
    if (waits) return { object, gone: false };
    return { object: this.#remove(resource, object), gone: true };
  }

  /**
   * Tells `listener` every write under `key` after `from`, those of the past first, before returning; then each as it
   * happens. Throws Expired when the past is no longer known. Answers its own end.
   */
  watch<K extends string>(key: K, from: number, listener: (event: StoreEvent<ObjectOf<K>>) => void): () => void {
    this.#checkVersion(from);
    const listeners = this.#listeners.get(key);
    if (!listeners) throw new Error(`unknown resource ${key}`);
    const told = listener as Listener;
    for (const event of this.#history.after(from)) if (event.key === key) told(event);
    listeners.add(told);
    return () => listeners.delete(told);
  }

  /** Every resource there is. */
  resources(): StoredResource[] {
    return [...this.#resources.values()];
  }

  resource(key: string): StoredResource {
    const resource = this.#resources.get(key);
    if (!resource) throw new Error(`unknown resource ${key}`);
    return resource;
  }

  #of<K extends string>(key: K): Map<string, ObjectOf<K>> {
    const objects = this.#objects.get(key);
    if (!objects) throw new Error(`unknown resource ${key}`);
    return objects as Map<string, ObjectOf<K>>;
  }

  #checkVersion(version: number): void {
    if (version < this.#history.floor) throw tooOld(version, this.#history.floor);
    if (version > this.#version) {
      throw new ApiError('Timeout', `Too large resource version: ${version}, current: ${this.#version}`, {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: '' }],
        retryAfterSeconds: 1,
      });
    }
  }

  #heldBack(resource: StoredResource, object: KubeObject): boolean {
    return (object.metadata.finalizers?.length ?? 0) > 0 || resource.heldBack?.(object) === true;
  }

  #remove<T extends KubeObject>(resource: StoredResource, object: T): T {
    const last = structuredClone(object);
    return this.#write('DELETED', resource, last, object);
  }

  #write<T extends KubeObject>(
    type: StoreEvent['type'],
    resource: StoredResource,
    object: T,
    previous: T | undefined,
  ): T {
    this.#version += 1;
    object.metadata.resourceVersion = String(this.#version);
    const objects = this.#of(resource.key) as Map<string, KubeObject>;
    const ref = refKey(object.metadata);
    if (type === 'DELETED') objects.delete(ref);
    else objects.set(ref, object);
    const event: StoreEvent = { type, key: resource.key, version: this.#version, object, previous };
    this.#history.push(event);
    for (const listener of [...(this.#listeners.get(resource.key) ?? [])]) listener(event);
    return object;
  }

  #freeName(key: string, metadata: KubeObject['metadata']): string {
    for (;;) {
      const name = generatedName(metadata.generateName ?? '', this.#random);
      if (!this.#of(key).has(refKey({ namespace: metadata.namespace, name }))) return name;
    }
  }

  #newUid(): string {
    this.#uids += 1;
    const serial = this.#uids.toString(16).padStart(12, '0');
    const noise = Math.floor(this.#random() * 0x10000)
      .toString(16)
      .padStart(4, '0');
    return `${this.#uidSeed}-${noise}-4${noise.slice(1)}-8${noise.slice(0, 3)}-${serial}`;
  }
}

/** What a user wants of an object: all but its metadata and its status. */
function intent(object: KubeObject): Record<string, unknown> {
  const { metadata: _metadata, status: _status, ...rest } = object as KubeObject & { status?: unknown };
  return rest;
}
