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

/** What became of one object: every state that it had, oldest first, each with when it was heard of. */
export interface Life {
  kind: Kind;
  namespace: string;
  states: { entity: Entity; at: number }[];
  /** When it was deleted; null while it lives. */
  gone: number | null;
}

/**
 * Everything that an apiserver ever held, from its own watches over a connection that nothing befalls. It tells what was
 * shown from what was made up, and what should have been known by when. Times are the clock's.
 */
export class Journal {
  readonly #lives = new Map<string, Life>();
  readonly #watches = new Set<IncomingMessage>();
  readonly #clock: Clock;
  #closed = false;
  /** Why it no longer knows everything, or null. */
  lost: string | null = null;

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins to write down what the apiserver at `url` holds; resolves once every kind is watched. */
  static async start(url: string, clock: Clock): Promise<Journal> {
    const journal = new Journal(clock);
    await Promise.all(KIND_TABLE.filter(({ read }) => read.pollMs === null).map((row) => journal.#follow(url, row)));
    return journal;
  }

  get lives(): Iterable<[string, Life]> {
    return this.#lives;
  }

  /** Whether the apiserver held this very entity at some time: at this version, with this content. */
  held(entity: Entity): 'held' | 'never' | 'otherwise' {
    const state = this.#lives.get(entity.uid)?.states.find((one) => one.entity.version === entity.version);
    if (state === undefined) return 'never';
    return isDeepStrictEqual(state.entity, entity) ? 'held' : 'otherwise';
  }

  close(): void {
    this.#closed = true;
    for (const watch of this.#watches) watch.destroy();
  }

  async #follow(url: string, row: KindRow): Promise<void> {
    const get = getJson(url);
    const path = await pathOf(get, row);
    if (path === null) return;
    const as = row.read.metadataOnly ? ';as=PartialObjectMetadata%;g=meta.k8s.io;v=1,application/json' : '';
    const list = (await get(path, `application/json${as.replace('%', 'List')}`)) as KubeList;
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
        this.#watches.add(answer);
        answer.on('data', (chunk: Buffer) => {
          for (const line of lines.push(chunk)) this.#write(kind, JSON.parse(line.toString('utf8')) as WatchEvent);
        });
        answer.on('close', () => {
          this.#watches.delete(answer);
          if (!this.#closed) this.lost = `the watch of ${kind} ended`;
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
    const at = this.#clock.now();
    const life = this.#lives.get(entity.uid) ?? { kind, namespace: entity.namespace, states: [], gone: null };
    this.#lives.set(entity.uid, life);
    if (event.type === 'DELETED') life.gone = at;
    else life.states.push({ entity, at });
  }
}
