import { get as httpGet, type IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import {
  type Entity,
  KIND_TABLE,
  type Kind,
  type KindRow,
  type KubeList,
  project,
  type WatchEvent,
} from '@portolan/shared';
import type { Clock } from '../../../apps/server/src/clock.ts';
import { Lines } from '../proxy/lines.ts';
import { getJson, pathOf } from './read-truth.ts';

/** What became of one object: every state that it had, oldest first, each with when it was heard of; null while it is not there. */
export interface Life {
  kind: Kind;
  namespace: string;
  states: { entity: Entity | null; at: number }[];
}

/**
 * Everything that an apiserver ever held, from its own watches over a connection that nothing befalls. It tells what was
 * shown from what was made up, and what should have been known by when. Times are the clock's.
 */
export class Journal {
  readonly #lives = new Map<string, Life>();
  readonly #watches = new Map<IncomingMessage, Kind>();
  readonly #clock: Clock;
  /** Why it no longer knows everything, or null. */
  lost: string | null = null;

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins to write down what the apiserver at `url` holds; resolves once every kind is watched. */
  static async start(url: string, clock: Clock): Promise<Journal> {
    const journal = new Journal(clock);
    await journal.moved(url);
    return journal;
  }

  /**
   * Writes down what the apiserver at `url` holds from then on: it was put back to an earlier state, it serves other kinds,
   * or it is another. Nobody else may read from it until this resolves.
   */
  async moved(url: string): Promise<void> {
    this.close();
    await Promise.all(KIND_TABLE.filter(({ read }) => read.pollMs === null).map((row) => this.#follow(url, row)));
  }

  get lives(): Iterable<[string, Life]> {
    return this.#lives;
  }

  /** Whether the apiserver held this very entity at some time: at this version, with this content. */
  held(entity: Entity): 'held' | 'never' | 'otherwise' {
    const states = this.#lives.get(entity.uid)?.states ?? [];
    const same = states.filter((one) => one.entity?.version === entity.version);
    if (same.length === 0) return 'never';
    return same.some((one) => isDeepStrictEqual(one.entity, entity)) ? 'held' : 'otherwise';
  }

  /** Which state of its object an entity is, by its version, the last where there are several; -1 for one not heard of. */
  lastState({ uid, version }: Entity): number {
    return this.#lives.get(uid)?.states.findLastIndex(({ entity }) => entity?.version === version) ?? -1;
  }

  /** Listens no more. */
  close(): void {
    const watches = [...this.#watches.keys()];
    this.#watches.clear();
    for (const watch of watches) watch.destroy();
  }

  async #follow(url: string, row: KindRow): Promise<void> {
    const get = getJson(url);
    const path = await pathOf(get, row);
    if (path === null) {
      this.#onlyThese(row.kind, new Set());
      return;
    }
    const as = row.read.metadataOnly ? ';as=PartialObjectMetadata%;g=meta.k8s.io;v=1,application/json' : '';
    const list = (await get(path, `application/json${as.replace('%', 'List')}`)) as KubeList;
    this.#onlyThese(row.kind, new Set((list.items ?? []).map(({ metadata }) => metadata.uid)));
    for (const item of list.items ?? []) this.#write(row.kind, { type: 'ADDED', object: item });
    await this.#watch(
      `${url}${path}`,
      list.metadata.resourceVersion,
      `application/json${as.replace('%', '')}`,
      row.kind,
    );
  }

  /** A day is longer than any run; the watch must never end by itself. */
  #watch(url: string, version: string, accept: string, kind: Kind): Promise<void> {
    const lines = new Lines();
    const query = `watch=1&resourceVersion=${version}&timeoutSeconds=86400`;
    return new Promise((resolve, reject) => {
      const asked = httpGet(`${url}?${query}`, { agent: false, headers: { accept } }, (answer) => {
        this.#watches.set(answer, kind);
        answer.on('data', (chunk: Buffer) => {
          for (const line of lines.push(chunk)) this.#write(kind, JSON.parse(line.toString('utf8')) as WatchEvent);
        });
        answer.on('close', () => {
          if (this.#watches.delete(answer)) this.lost = `the watch of ${kind} ended`;
        });
        // What breaks it closes it.
        answer.on('error', () => answer.destroy());
        resolve();
      });
      asked.on('error', reject);
    });
  }

  #write(kind: Kind, event: WatchEvent): void {
    if (event.type === 'BOOKMARK') return;
    if (event.type === 'ERROR') {
      this.lost = `the watch of ${kind}: ${event.object.message}`;
      return;
    }
    const entity = project(kind, event.object);
    const life = this.#lives.get(entity.uid) ?? { kind, namespace: entity.namespace, states: [] };
    this.#lives.set(entity.uid, life);
    life.states.push({ entity: event.type === 'DELETED' ? null : entity, at: this.#clock.now() });
  }

  /** Of a kind there is nothing but these. */
  #onlyThese(kind: Kind, uids: ReadonlySet<string>): void {
    const at = this.#clock.now();
    for (const [uid, life] of this.#lives) {
      if (life.kind !== kind || uids.has(uid) || life.states.at(-1)?.entity === null) continue;
      life.states.push({ entity: null, at });
    }
  }
}
