import type { Random } from '@portolan/shared';
import { between, pick } from '@portolan/shared';
import type { ScaledClock } from '../scaled-clock.ts';

const NAMESPACES = ['default', 'lab-a', 'lab-b'];
/** Characters of one to four bytes, for whatever cuts bytes. */
const WORDS = ['Küste', '港口', '⚓ ahoy', '𝔐eer', 'plain'];

interface Collection {
  path: (namespace: string) => string;
  make: (name: string, random: Random) => object;
}

const labels = (random: Random) => ({ app: pick(random, ['web', 'db', 'cache']), tier: pick(random, ['a', 'b']) });
const podSpec = { containers: [{ name: 'c', image: 'nginx' }] };

const COLLECTIONS: readonly Collection[] = [
  {
    path: (namespace) => `/api/v1/namespaces/${namespace}/pods`,
    make: (name, random) => ({ metadata: { name, labels: labels(random) }, spec: podSpec }),
  },
  {
    path: (namespace) => `/api/v1/namespaces/${namespace}/services`,
    make: (name, random) => ({ metadata: { name }, spec: { selector: labels(random), ports: [{ port: 80 }] } }),
  },
  {
    path: (namespace) => `/apis/apps/v1/namespaces/${namespace}/deployments`,
    make: (name, random) => ({
      metadata: { name },
      spec: {
        replicas: between(random, 0, 3),
        selector: { matchLabels: { run: name } },
        template: { metadata: { labels: { run: name } }, spec: podSpec },
      },
    }),
  },
  {
    path: (namespace) => `/api/v1/namespaces/${namespace}/events`,
    make: (name, random) => ({
      metadata: { name },
      involvedObject: { kind: 'Pod', name: 'x' },
      reason: 'Told',
      message: `${pick(random, WORDS)} ${pick(random, WORDS)}`,
      type: 'Normal',
    }),
  },
];

const MOST = 9;

/**
 * Somebody who creates, labels, deletes and recreates under the same names, through the API and over a connection that
 * nothing befalls. What is refused (it exists, it is being deleted) is a change that does not happen; what an apiserver is
 * asked as its etcd is put back is one that may not have.
 */
export class Churn {
  readonly #random: Random;
  readonly #under = new Set<Promise<void>>();
  #going = true;
  /** The apiserver that is written to. */
  url: string;
  /** Changes that the apiserver took. */
  taken = 0;
  /** Changes whose answer never came. */
  cut = 0;

  constructor(url: string, random: Random) {
    this.url = url;
    this.#random = random;
  }

  /** Makes the namespaces and some objects in them. */
  async begin(): Promise<void> {
    for (const name of NAMESPACES.slice(1)) await this.#ask('POST', '/api/v1/namespaces', { metadata: { name } });
    await this.some(25);
  }

  /** Goes on until `stop`, a change every half second or so of the clock. */
  go(clock: ScaledClock): void {
    if (!this.#going) return;
    clock.after(between(this.#random, 100, 1500), () => {
      void this.some(1);
      this.go(clock);
    });
  }

  /** So many changes, one after the other. */
  some(changes: number): Promise<void> {
    const under = this.#run(changes);
    this.#under.add(under);
    return under.finally(() => this.#under.delete(under));
  }

  /** Ends, and resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#under);
  }

  async #run(changes: number): Promise<void> {
    for (let change = 0; change < changes && this.#going; change++) await this.#change();
  }

  async #change(): Promise<void> {
    const random = this.#random;
    const { path, make } = pick(random, COLLECTIONS);
    const name = `o${between(random, 1, MOST)}`;
    const collection = path(pick(random, NAMESPACES));
    const what = random();
    if (what < 0.45) await this.#ask('POST', collection, make(name, random));
    else if (what < 0.75) {
      const patch = { metadata: { labels: { touched: String(between(random, 1, 999)) } } };
      await this.#ask('PATCH', `${collection}/${name}`, patch);
    } else {
      await this.#ask('DELETE', `${collection}/${name}?gracePeriodSeconds=0`);
      if (random() < 0.5) await this.#ask('POST', collection, make(name, random));
    }
  }

  async #ask(method: string, path: string, body?: object): Promise<void> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'content-type': type },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(() => null);
    if (response === null) {
      this.cut++;
      return;
    }
    if (response.ok) this.taken++;
    else if (response.status >= 500) throw new Error(`${method} ${path} answered ${response.status}`);
    await response.arrayBuffer().catch(() => this.cut++);
  }
}
