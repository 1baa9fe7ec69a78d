import type { KubeObject } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from '../cluster.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { guestbookCluster } from '../scenarios/guestbook/cluster.ts';
import { type ApiServer, startApiServer } from './server.ts';

const PATH = '/api/v1/namespaces/default/configmaps';
const NAMES = Array.from({ length: 12 }, (_, index) => `cm-${index}`);

interface Line {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubeObject;
}

/** A client that lists and then watches, as a reflector does, and complains of what it should never be told. */
class Follower {
  readonly state = new Map<string, string>();
  readonly complaints: string[] = [];
  readonly #stop = new AbortController();
  #version = 0;

  async start(url: string, selector: string): Promise<void> {
    const query = selector ? `labelSelector=${encodeURIComponent(selector)}&` : '';
    const listed = await fetch(`${url}${PATH}?${query}`);
    const { items, metadata } = (await listed.json()) as { items: KubeObject[]; metadata: { resourceVersion: string } };
    for (const item of items) this.state.set(item.metadata.name, item.metadata.resourceVersion);
    this.#version = Number(metadata.resourceVersion);
    // Writes go on between the list and the watch: that is what the version is for.
    const watched = await fetch(`${url}${PATH}?${query}watch=1&resourceVersion=${this.#version}`, {
      signal: this.#stop.signal,
    });
    this.#read(watched).catch((error: unknown) => {
      if (!this.#stop.signal.aborted) this.complaints.push(String(error));
    });
  }

  /** The version of the last event, or of the list. */
  get version(): number {
    return this.#version;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #read(response: Response): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) this.#take(JSON.parse(line) as Line);
    }
  }

  #take({ type, object }: Line): void {
    const { name, resourceVersion } = object.metadata;
    const known = this.state.has(name);
    if (Number(resourceVersion) <= this.#version) this.complaints.push(`${type} ${name} at ${resourceVersion} again`);
    if ((type === 'ADDED') === known) this.complaints.push(`${type} ${name}, which was ${known ? '' : 'not '}there`);
    this.#version = Number(resourceVersion);
    if (type === 'DELETED') this.state.delete(name);
    else this.state.set(name, resourceVersion);
  }
}

describe('lists and watches under churn', () => {
  let clock: FakeClock;
  let cluster: Cluster;
  let server: ApiServer;

  beforeEach(async () => {
    clock = fakeClock();
    const report = (error: unknown) => {
      throw error;
    };
    cluster = startCluster({ facts: guestbookCluster, clock, wall: clock, seed: 1, version: 1000, report });
    server = await startApiServer(cluster.api, { host: '127.0.0.1', port: 0 });
  });

  afterEach(() => server.close());

  const exists = (name: string) => cluster.store.get('configmaps', { namespace: 'default', name });

  /** One write drawn at random: create, change the label, change the data, delete. */
  const writeSomething = (random: () => number) => {
    const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
    const name = pick(NAMES) ?? '';
    const ref = { namespace: 'default', name };
    const tier = pick(['front', 'back']) ?? '';
    if (!exists(name)) cluster.store.create('configmaps', { metadata: { ...ref, labels: { tier } } });
    else if (random() < 0.3) cluster.store.delete('configmaps', ref);
    else {
      cluster.store.update('configmaps', ref, (draft) => {
        if (random() < 0.5) draft.metadata.labels = { tier };
        else draft.metadata.annotations = { stamp: String(random()) };
        return draft;
      });
    }
  };

  it.each([1, 2, 3])(
    '[M80] every client ends with what a list shows, nothing lost, nothing twice (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const selectors = ['', 'tier=front', 'tier!=front', 'tier in (back)', '!tier'];
      const followers: { follower: Follower; selector: string }[] = [];
      for (let round = 0; round < 40; round++) {
        const selector = selectors[round % selectors.length] ?? '';
        const follower = new Follower();
        followers.push({ follower, selector });
        const started = follower.start(server.url, selector);
        for (let write = 0; write < 10; write++) {
          writeSomething(random);
          if (write % 3 === 0) await new Promise(setImmediate);
        }
        await started;
      }
      // A last change that every selector but the last sees, so that all have something to arrive at.
      const tiers = ['front', 'back'] as const;
      const ends = tiers.map((tier) =>
        cluster.store.create('configmaps', {
          metadata: { namespace: 'default', name: `end-${tier}`, labels: { tier } },
        }),
      );
      for (const { follower, selector } of followers) {
        const query = selector ? `?labelSelector=${encodeURIComponent(selector)}` : '';
        const listed = (await (await fetch(`${server.url}${PATH}${query}`)).json()) as { items: KubeObject[] };
        const expected = listed.items.map(({ metadata }) => [metadata.name, metadata.resourceVersion]);
        await expect.poll(() => [...follower.state].sort()).toEqual(expected.sort());
        expect(follower.complaints).toEqual([]);
        expect(follower.version).toBeLessThanOrEqual(Number(ends[1]?.metadata.resourceVersion));
        follower.stop();
      }
    },
  );
});
