import type { KubeObject, Random } from '@portolan/shared';
import { ApiError, alreadyExists, conflict, notFound, tooOld } from '../api-error.ts';
import type { Clock } from '../clock.ts';
import { generatedName } from '../names.ts';
import { toTime } from '../time.ts';
import { Announcer } from './announcer.ts';
import { ALL, Audience, inScope, type Scope } from './audience.ts';
import { Collection, refKey } from './collection.ts';
import { type DeleteOptions, deletionOf } from './deletion.ts';
import { History, type HistoryLimits, type StoreEvent } from './history.ts';
import type { IndexName } from './indices.ts';
import type { ObjectOf, ObjectRef, StoredResource } from './kinds.ts';
import { type Page, type PageOptions, pageOf } from './page.ts';
import { revised } from './revision.ts';
import { freeze, share } from './structure.ts';
import { uidsOf } from './uids.ts';

/** What a store is made of; `version` is the resource version before its first write. */
export interface StoreOptions {
  clock: Clock;
  random: Random;
  resources: Iterable<StoredResource>;
  /** How much of the past of each resource is kept. */
  history?: Partial<HistoryLimits>;
  /** What the past ages by, since it is kept for clients; by default the cluster's own clock. */
  wall?: Clock;
  version?: number;
  /** Freezes what goes out, so that a change of what is shared throws where it is made; for tests, for it takes time. */
  frozen?: boolean;
}

/** An etcd that is compacted every five minutes (`--etcd-compaction-interval`) knows what is ten minutes old at most. */
const HISTORY: HistoryLimits = { events: 10_000, bytes: 64 * 1024 * 1024, ageMs: 600_000 };

/** What a controller or a request hands over to be created: the store fills in the rest of the metadata. */
export type NewObject<T extends KubeObject> = Omit<T, 'metadata'> & {
  metadata: Partial<KubeObject['metadata']>;
};

/** The objects of one list, with the version at which they stood so. */
export interface Listed<T> {
  items: T[];
  version: number;
}

/** Everything that a store held at one moment, by resource. */
export interface Backup {
  version: number;
  objects: ReadonlyMap<string, readonly KubeObject[]>;
}

/** An object with the key it is stored under. */
export interface Located {
  key: string;
  object: KubeObject;
}

/** What the store keeps of one resource. */
interface Shelf {
  resource: StoredResource;
  objects: Collection;
  audience: Audience;
  history: History;
}

/**
 * The one versioned store. Every write takes the next resource version and is told to the watchers before the call
 * returns, in order; one made by a watcher while it is told is told after it. Objects that go out are shared, and share
 * their parts with each other and with the past: whoever wants another makes a copy (`update` hands one out). A write that
 * changes nothing takes no version (apiserver `registry/generic/registry/store.go`).
 */
export class Store {
  #clock: Clock;
  readonly #wall: Clock;
  readonly #random: Random;
  readonly #shelves = new Map<string, Shelf>();
  readonly #newUid: () => string;
  readonly #frozen: boolean;
  readonly #limits: HistoryLimits;
  /** Where each uid is found, once somebody asked. */
  #byUid: Map<string, Located> | undefined;
  #version: number;
  readonly #announcer = new Announcer((event, failed) => this.#shelf(event.key).audience.tell(event, failed));

  constructor(options: StoreOptions) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#version = options.version ?? 0;
    this.#frozen = options.frozen ?? false;
    this.#limits = { ...HISTORY, ...options.history };
    this.#wall = options.wall ?? options.clock;
    this.#newUid = uidsOf(options.clock.now(), options.random);
    for (const resource of options.resources) this.shelve(resource);
  }

  /** Keeps objects of a resource from then on; those of one that is kept already stay. */
  shelve(resource: StoredResource): void {
    const shelf = this.#shelves.get(resource.key);
    if (shelf) {
      shelf.resource = resource;
      return;
    }
    this.#shelves.set(resource.key, {
      resource,
      objects: new Collection(resource.key),
      audience: new Audience(resource.key),
      history: this.#emptyHistory(this.#version),
    });
  }

  /** The version of the last write. */
  get version(): number {
    return this.#version;
  }

  get<K extends string>(key: K, ref: ObjectRef): ObjectOf<K> | undefined {
    return this.#shelf(key).objects.get(ref) as ObjectOf<K> | undefined;
  }

  /** As `get`, but throws NotFound. */
  need<K extends string>(key: K, ref: ObjectRef): ObjectOf<K> {
    const found = this.get(key, ref);
    if (!found) throw notFound(this.resource(key), ref.name);
    return found;
  }

  /** Everything under a key, ordered by namespace and name as etcd orders keys. The array is the caller's. */
  list<K extends string>(key: K, namespace?: string): ObjectOf<K>[] {
    return this.#shelf(key).objects.list(namespace) as ObjectOf<K>[];
  }

  /** What an index has under a value, in the order of a list: `by('pods', 'node', name)`. */
  by<K extends string>(key: K, index: IndexName<K>, value: string): ObjectOf<K>[] {
    return this.#shelf(key).objects.by(index, value) as ObjectOf<K>[];
  }

  /** How many objects an index has under a value, in constant time. */
  countBy<K extends string>(key: K, index: IndexName<K>, value: string): number {
    return this.#shelf(key).objects.countBy(index, value);
  }

  /** How many objects there are under a key. */
  count(key: string): number {
    return this.#shelf(key).objects.size;
  }

  /** The object of any resource that has this uid. */
  withUid(uid: string): Located | undefined {
    this.#byUid ??= new Map(
      [...this.#shelves].flatMap(([key, { objects }]) =>
        objects.list().map((object): [string, Located] => [object.metadata.uid, { key, object }]),
      ),
    );
    return this.#byUid.get(uid);
  }

  /** The objects of every resource that name this uid among their owners. */
  ownedBy(uid: string): Located[] {
    return [...this.#shelves].flatMap(([key, { objects }]) =>
      objects.by('owner', uid).map((object) => ({ key, object })),
    );
  }

  /** The list as it stood at an earlier version; throws Expired when that is no longer known. */
  listAt<K extends string>(key: K, version: number, namespace?: string): Listed<ObjectOf<K>> {
    return { items: this.page(key, { version, namespace }).items, version };
  }

  /** Some of a list as it stood at a version, which must be known: Expired otherwise. */
  page<K extends string>(key: K, { version, ...options }: PageOptions & { version: number }): Page<ObjectOf<K>> {
    this.checkVersion(key, version);
    const { history, objects } = this.#shelf(key);
    return pageOf(objects, history.after(version), options) as Page<ObjectOf<K>>;
  }

  /** What is handed over belongs to the store from then on, whole: the caller keeps no part of it to change. */
  create<K extends string>(key: K, object: NewObject<ObjectOf<K>>): ObjectOf<K> {
    const made = this.draft(key, object);
    return this.#write('ADDED', this.resource(key), share(this.#sibling(key, made.metadata), made), undefined);
  }

  /** What `create` would store, but for its version. */
  draft<K extends string>(key: K, object: NewObject<ObjectOf<K>>): ObjectOf<K> {
    const resource = this.resource(key);
    const metadata = { ...object.metadata } as KubeObject['metadata'];
    const copy = { ...object, apiVersion: resource.apiVersion, kind: resource.kind, metadata } as ObjectOf<K>;
    if (!metadata.name && metadata.generateName) metadata.name = this.#freeName(key, metadata);
    if (this.get(key, metadata)) throw alreadyExists(resource, metadata.name);
    metadata.uid = this.#newUid();
    metadata.creationTimestamp = toTime(this.#clock.now());
    delete metadata.deletionTimestamp;
    delete metadata.deletionGracePeriodSeconds;
    if (resource.generation) metadata.generation = 1;
    else delete metadata.generation;
    resource.identify?.(copy);
    return copy;
  }

  /**
   * Replaces an object by what `change` makes of a copy of it. Identity and deletion marks stay; the generation rises
   * when anything outside metadata and status changed, or when `change` raises it. `expect` is the version the caller
   * last saw: Conflict otherwise.
   */
  update<K extends string>(
    key: K,
    ref: ObjectRef,
    change: (draft: ObjectOf<K>) => ObjectOf<K> | undefined,
    expect?: string,
  ): ObjectOf<K> {
    const resource = this.resource(key);
    const previous = this.need(key, ref);
    const next = this.revise(key, ref, change, expect);
    if (next === previous) return previous;
    const written = this.#write('MODIFIED', resource, next, previous);
    const over = written.metadata.deletionTimestamp && !written.metadata.deletionGracePeriodSeconds;
    if (over && !this.#heldBack(resource, written)) return this.#remove(resource, written);
    return written;
  }

  /** What `update` would store, but for its version; the object itself where nothing changes. */
  revise<K extends string>(
    key: K,
    ref: ObjectRef,
    change: (draft: ObjectOf<K>) => ObjectOf<K> | undefined,
    expect?: string,
  ): ObjectOf<K> {
    const resource = this.resource(key);
    const previous = this.need(key, ref);
    if (expect && expect !== previous.metadata.resourceVersion) throw conflict(resource, ref.name);
    return revised(resource, previous, change);
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
    const { marked, waits } = deletionOf(resource, current, options, this.#clock.now());
    const object = marked === current ? current : this.#write('MODIFIED', resource, marked, current);
    if (waits) return { object, gone: false };
    return { object: this.#remove(resource, object), gone: true };
  }

  /**
   * Tells `listener` every write under `key` after `from`, those of the past first, before returning; then each as it
   * happens. With a scope only those that touch it. Throws Expired when the past is no longer known. Answers its own end.
   */
  watch<K extends string>(
    key: K,
    from: number,
    listener: (event: StoreEvent<ObjectOf<K>>) => void,
    scope: Scope = ALL,
  ): () => void {
    this.checkVersion(key, from);
    const { history, audience } = this.#shelf(key);
    const told = listener as (event: StoreEvent) => void;
    const touches = inScope(key, scope);
    const past = history.after(from);
    for (const event of past) if (touches(event)) told(event);
    return audience.add(told, Math.max(from, past.at(-1)?.version ?? 0), scope);
  }

  /**
   * Lets `live` run by a clock of its own: what is written meanwhile bears that clock's times, and who began to watch
   * meanwhile watches no more when it is over. Throws what `live` throws.
   */
  prehistory(clock: Clock, live: () => void): void {
    const present = this.#clock;
    const audiences = [...this.#shelves.values()].map((shelf) => ({ shelf, audience: shelf.audience }));
    this.#clock = clock;
    for (const { shelf } of audiences) shelf.audience = new Audience(shelf.resource.key);
    try {
      live();
    } finally {
      this.#clock = present;
      for (const { shelf, audience } of audiences) shelf.audience = audience;
    }
  }

  /** Every resource there is. */
  resources(): StoredResource[] {
    return [...this.#shelves.values()].map(({ resource }) => resource);
  }

  resource(key: string): StoredResource {
    return this.#shelf(key).resource;
  }

  /** Forgets the past: a list or watch from before this moment is Expired, as after a compaction or a restart of etcd. */
  compact(): void {
    for (const { history } of this.#shelves.values()) history.forget(this.#version);
  }

  /**
   * Takes the count of versions back by `by`, to 1 at least, as when etcd is restored from another's data: every object
   * stands at a version lower by as much, and what was written before is forgotten. Those who watch in the process are told
   * nothing, for no object has changed.
   */
  rewind(by: number): void {
    const version = Math.max(1, this.#version - by);
    const back = this.#version - version;
    for (const shelf of this.#shelves.values()) {
      for (const object of shelf.objects.list()) {
        const resourceVersion = String(Math.max(1, Number(object.metadata.resourceVersion) - back));
        const lower = { ...object, metadata: { ...object.metadata, resourceVersion } };
        shelf.objects.set(this.#frozen ? freeze(lower) : lower, object);
      }
      shelf.history = this.#emptyHistory(version);
      shelf.audience.rewind(version);
    }
    this.#byUid = undefined;
    this.#version = version;
  }

  /** What it holds now, for `restore`. */
  backUp(): Backup {
    const objects = new Map([...this.#shelves].map(([key, shelf]) => [key, shelf.objects.list()]));
    return { version: this.#version, objects };
  }

  /**
   * Holds again what a backup holds, at its versions, as an etcd that is restored: what was written since is undone and its
   * versions are given out once more, the past is forgotten. Those who watch in the process are told of every difference.
   */
  restore({ version, objects: saved }: Backup): void {
    const undone: StoreEvent[] = [];
    for (const [key, shelf] of this.#shelves) {
      const kept = new Map((saved.get(key) ?? []).map((object) => [refKey(object.metadata), object]));
      for (const previous of shelf.objects.list()) {
        if (kept.has(refKey(previous.metadata))) continue;
        shelf.objects.delete(previous);
        undone.push({ type: 'DELETED', key, version, object: { ...previous }, previous });
      }
      for (const object of kept.values()) {
        const previous = shelf.objects.get(object.metadata);
        if (previous === object) continue;
        shelf.objects.set(object, previous);
        undone.push({ type: previous ? 'MODIFIED' : 'ADDED', key, version, object, previous });
      }
      shelf.history = this.#emptyHistory(version);
      shelf.audience.rewind(version - 1);
    }
    this.#byUid = undefined;
    this.#version = version;
    this.#announcer.announce(undone);
  }

  /** Throws Expired for a version from before what is known of a resource, Timeout for one that is still to come. */
  checkVersion(key: string, version: number): void {
    const { floor } = this.#shelf(key).history;
    if (version < floor) throw tooOld(version, floor);
    if (version > this.#version) {
      throw new ApiError('Timeout', `Timeout: Too large resource version: ${version}, current: ${this.#version}`, {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: '' }],
        retryAfterSeconds: 1,
      });
    }
  }

  #shelf(key: string): Shelf {
    const shelf = this.#shelves.get(key);
    if (!shelf) throw new Error(`unknown resource ${key}`);
    return shelf;
  }

  /** Another object of the same controller: made from one template, the two have most of their parts in common. */
  #sibling<K extends string>(key: K, metadata: KubeObject['metadata']): ObjectOf<K> | undefined {
    const controller = metadata.ownerReferences?.find((owner) => owner.controller);
    return controller && (this.#shelf(key).objects.anyBy('controller', controller.uid) as ObjectOf<K> | undefined);
  }

  #heldBack(resource: StoredResource, object: KubeObject): boolean {
    return (object.metadata.finalizers?.length ?? 0) > 0 || resource.heldBack?.(object) === true;
  }

  #remove<T extends KubeObject>(resource: StoredResource, object: T): T {
    return this.#write('DELETED', resource, { ...object }, object);
  }

  #write<T extends KubeObject>(
    type: StoreEvent['type'],
    resource: StoredResource,
    object: T,
    previous: T | undefined,
  ): T {
    const { key } = resource;
    const { objects, history } = this.#shelf(key);
    this.#version += 1;
    object.metadata = { ...object.metadata, resourceVersion: String(this.#version) };
    if (this.#frozen) freeze(object);
    if (type === 'DELETED' && previous) objects.delete(previous);
    else objects.set(object, previous);
    if (type === 'DELETED') this.#byUid?.delete(object.metadata.uid);
    else this.#byUid?.set(object.metadata.uid, { key, object });
    const event: StoreEvent = { type, key, version: this.#version, object, previous };
    history.push(event);
    this.#announcer.announce([event]);
    return object;
  }

  #freeName(key: string, metadata: KubeObject['metadata']): string {
    for (;;) {
      const name = generatedName(metadata.generateName ?? '', this.#random);
      if (!this.get(key, { namespace: metadata.namespace, name })) return name;
    }
  }

  #emptyHistory(version: number): History {
    return new History(this.#limits, version, () => this.#wall.elapsed());
  }
}
