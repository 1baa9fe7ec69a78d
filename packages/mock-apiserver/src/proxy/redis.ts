import type { Pod } from '@portolan/shared';
import { fromMap, matches } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { reach, runs } from './reach.ts';
import type { Routes } from './routes.ts';

/** The services that the guestbook writes through and reads through, as its tutorial names them. */
export const MASTER = 'redis-master';
export const SLAVE = 'redis-slave';

const MOST_MESSAGES = 100;

/** A message of the guestbook; `at` is epoch ms. */
export interface Message {
  text: string;
  at: number;
}

/** A store that cannot be reached, and through which service. */
export class RedisError extends Error {
  readonly reason: 'noService' | 'noEndpoint' | 'refused';
  readonly service: string;

  constructor(reason: RedisError['reason'], service: string, message: string) {
    super(message);
    this.name = 'RedisError';
    this.reason = reason;
    this.service = service;
  }
}

/** What the stand-in needs of its cluster. */
export interface RedisOptions {
  store: Store;
  clock: Clock;
  routes: Routes;
  nodeAnswers(node: string): boolean;
}

/** A container that holds data: what it holds is gone when it starts anew. */
const holderOf = (pod: Pod) => `${pod.metadata.uid}/${pod.status?.containerStatuses?.[0]?.restartCount ?? 0}`;

/**
 * What stands for the guestbook's redis: each pod behind the Service redis-master holds its own messages for as long as
 * its container runs, and the pods behind redis-slave copy the first of them while they can reach it. A master that is
 * replaced starts with nothing, and its slaves follow.
 */
export class Redis {
  readonly #options: RedisOptions;
  /** Messages by namespace and then by container, newest first. */
  readonly #held = new Map<string, Map<string, readonly Message[]>>();

  constructor(options: RedisOptions) {
    this.#options = options;
    const { store, routes } = options;
    store.watch('pods', store.version, ({ object }) => this.#replicate(object.metadata.namespace ?? ''));
    routes.subscribe(({ namespace = '', name }) => {
      if (name === MASTER || name === SLAVE) this.#replicate(namespace);
    });
  }

  /** Adds a message through redis-master; throws a RedisError. */
  write(namespace: string, text: string): void {
    const master = this.#through(namespace, MASTER);
    const held = this.#of(namespace);
    const before = held.get(holderOf(master)) ?? [];
    held.set(holderOf(master), [{ text, at: this.#options.clock.now() }, ...before].slice(0, MOST_MESSAGES));
    this.#replicate(namespace);
  }

  /** The messages as a pod behind redis-slave has them, newest first, and which pod; throws a RedisError. */
  read(namespace: string): { pod: string; messages: readonly Message[] } {
    const slave = this.#through(namespace, SLAVE);
    return { pod: slave.metadata.name, messages: this.#held.get(namespace)?.get(holderOf(slave)) ?? [] };
  }

  #of(namespace: string): Map<string, readonly Message[]> {
    const held = this.#held.get(namespace) ?? new Map<string, readonly Message[]>();
    this.#held.set(namespace, held);
    return held;
  }

  /** The pod that a connection through a service ends at. */
  #through(namespace: string, service: string): Pod {
    const { routes, store } = this.#options;
    if (!store.get('services', { namespace, name: service })) {
      throw new RedisError('noService', service, `namespace ${namespace} has no Service ${service}`);
    }
    const [route] = routes.of({ namespace, name: service });
    const target = route && routes.pick(route);
    if (!target) throw new RedisError('noEndpoint', service, `Service ${service} has no ready endpoint`);
    const met = reach(this.#options, target);
    if (met.state === 'open') return met.pod;
    throw new RedisError('refused', service, `Service ${service} led to pod ${target.name}: ${met.why}`);
  }

  /** Lets the slaves copy the master, and forgets what containers held that are no more. */
  #replicate(namespace: string): void {
    const held = this.#held.get(namespace);
    if (!held) return;
    const { routes, store, nodeAnswers } = this.#options;
    const pods = store.list('pods', namespace);
    const alive = new Set(pods.map(holderOf));
    for (const holder of [...held.keys()]) if (!alive.has(holder)) held.delete(holder);
    if (held.size === 0) this.#held.delete(namespace);
    const master = (routes.of({ namespace, name: MASTER })[0]?.targets ?? [])
      .map((target) => reach(this.#options, target))
      .find((met) => met.state === 'open')?.pod;
    const slaves = store.get('services', { namespace, name: SLAVE })?.spec.selector;
    if (!master || !slaves) return;
    const messages = held.get(holderOf(master)) ?? [];
    const selector = fromMap(slaves);
    for (const pod of pods) {
      if (pod.metadata.uid === master.metadata.uid || !matches(selector, pod.metadata.labels ?? {})) continue;
      const copies = runs(pod, pod.spec.containers[0]?.name ?? '') && nodeAnswers(pod.spec.nodeName ?? '');
      if (copies) held.set(holderOf(pod), messages);
    }
  }
}
