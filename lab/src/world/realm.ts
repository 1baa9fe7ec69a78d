import { readFileSync } from 'node:fs';
import { type MockCluster, startMock } from '@portolan/mock-apiserver';
import { seededRandom } from '@portolan/shared';
import type { Leg } from '../proxy/leg.ts';
import type { ScaledClock } from '../scaled-clock.ts';
import { Journal } from '../truth/journal.ts';
import { getJson } from '../truth/read-truth.ts';
import { Churn } from './churn.ts';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const GATEWAYS = '/apis/gateway.networking.k8s.io/v1';
/** Round trips after which what an apiserver had written to its watches has been read. */
const ROUNDS = 3;
const PATIENCE = 2000;

const definitions = readFileSync(new URL('../../../packages/shared/fixtures/gateway-api.yaml', import.meta.url), 'utf8')
  .split(/^---$/m)
  .map((text) => ({ text, name: /^ {2}name: (\S+)$/m.exec(text)?.[1] ?? '' }));

/**
 * What is behind the apiserver's address: a cluster, its churn, and the journal of what it held. It can become another
 * cluster, or the same in an earlier state, or one that serves other kinds. Nobody reads from it until the journal has
 * begun anew, so that everything that is ever seen of it is written down.
 */
export class Realm {
  readonly journal: Journal;
  readonly churn: Churn;
  readonly #seed: number;
  readonly #factor: number;
  readonly #clusters: MockCluster[];
  #current: MockCluster;
  #leg: Leg | null = null;
  #moving: Promise<void> = Promise.resolve();
  #moves = 0;

  private constructor(cluster: MockCluster, journal: Journal, seed: number, factor: number) {
    this.#clusters = [cluster];
    this.#current = cluster;
    this.journal = journal;
    this.churn = new Churn(cluster.url, seededRandom(seed + 2));
    this.#seed = seed;
    this.#factor = factor;
  }

  /** Starts the cluster of a seed, with some objects in it. */
  static async start(seed: number, factor: number, clock: ScaledClock): Promise<Realm> {
    const cluster = await startCluster(seed, factor);
    const realm = new Realm(cluster, await Journal.start(cluster.url, clock), seed, factor);
    await realm.churn.begin();
    return realm;
  }

  /** Where the cluster itself answers. */
  get url(): string {
    return this.#current.url;
  }

  /** The leg that leads to it. */
  set leg(leg: Leg) {
    this.#leg = leg;
  }

  /** Resolves when it has become what it was told to become; rejects with what went wrong on the way. */
  settled(): Promise<void> {
    return this.#moving;
  }

  /** The apiserver forgets its history; while it becomes something else, when it has: the journal is not to miss any. */
  compact(): void {
    if (this.#moves === 0) this.#forget();
  }

  /** Takes a backup of etcd; what is answered puts it back. */
  backUp(): () => void {
    const cluster = this.#current;
    const { handle } = cluster.faults.inject('etcd-restore');
    return () => this.#move(() => cluster.faults.clear(handle));
  }

  /** Every version goes back by so many. */
  rewind(by: number): void {
    this.#move(() => void this.#current.faults.inject('version-rewind', { by }));
  }

  /** Another cluster answers at the same address; the one before, if it is told again. */
  swap(): void {
    this.#move(async () => {
      const known = this.#clusters.find((one) => one !== this.#current);
      this.#current = known ?? (await startCluster(this.#seed + 1_000_003, this.#factor));
      this.churn.url = this.url;
      if (known === undefined) {
        this.#clusters.push(this.#current);
        await this.churn.begin();
      }
      this.#leg?.lead({ url: this.url });
    });
  }

  /** Serves the Gateway API, with objects of it, or ceases to. */
  serveGateways(served: boolean): void {
    this.#move(async () => {
      for (const { text, name } of definitions) {
        if (served) await this.#ask('POST', CRDS, text);
        else await this.#ask('DELETE', `${CRDS}/${name}`);
      }
      for (const { name } of definitions) {
        if (served) await this.#until(`${GATEWAYS}/${name.split('.')[0]}`, 200);
        else await this.#until(`${CRDS}/${name}`, 404);
      }
      if (!served) return;
      for (const kind of ['Gateway', 'HTTPRoute']) {
        for (const name of ['g1', 'g2', 'g3']) {
          const path = `${GATEWAYS}/namespaces/default/${kind.toLowerCase()}s`;
          const body = { apiVersion: 'gateway.networking.k8s.io/v1', kind, metadata: { name }, spec: {} };
          await this.#ask('POST', path, JSON.stringify(body));
        }
      }
    });
  }

  async close(): Promise<void> {
    await this.#moving.catch(() => undefined);
    await this.churn.stop();
    this.journal.close();
    for (const cluster of this.#clusters) await cluster.close();
  }

  /** One after the other. Until it is over, whoever asks through the leg is cut off. */
  #move(act: () => void | Promise<void>): void {
    this.#moves++;
    this.#moving = this.#moving.then(async () => {
      const open = this.#leg?.http.tell({
        answer(exchange) {
          exchange.breakOff();
          return true;
        },
      });
      this.#leg?.tcp.cut('rst');
      try {
        const get = getJson(this.url);
        for (let round = 0; round < ROUNDS; round++) await get('/version', 'application/json');
        this.journal.close();
        await act();
        await this.journal.moved(this.url);
        // A watch that is resumed must not be told what was written while the journal did not listen.
        this.#forget();
      } finally {
        this.#moves--;
        open?.();
      }
    });
    // It is told to whoever waits for `settled`.
    this.#moving.catch(() => undefined);
  }

  #forget(): void {
    this.#current.faults.inject('compact');
  }

  /** Asks until a path answers so: what a definition brings comes and goes a little after it. */
  async #until(path: string, status: number): Promise<void> {
    for (let asked = 0; asked < PATIENCE; asked++) {
      const response = await fetch(`${this.url}${path}`);
      await response.arrayBuffer();
      if (response.status === status) return;
    }
    throw new Error(`${path} does not come to answer ${status}`);
  }

  /** What is there already, or no more, is as it should be. */
  async #ask(method: string, path: string, body?: string): Promise<void> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'content-type': 'application/yaml' },
      ...(body !== undefined && { body }),
    });
    await response.arrayBuffer();
    if (!response.ok && ![404, 409].includes(response.status))
      throw new Error(`${method} ${path} answered ${response.status}`);
  }
}

function startCluster(seed: number, factor: number): Promise<MockCluster> {
  return startMock({ scenario: 'small-cluster', seed, speed: 4, requestSpeed: factor, services: 'off' });
}
