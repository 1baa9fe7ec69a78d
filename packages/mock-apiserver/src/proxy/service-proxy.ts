import type { Socket } from 'node:net';
import { seededRandom } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type { ObjectRef } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';
import { type ApiProxy, createApiProxy } from './api-proxy.ts';
import { DepartedPods } from './departed-pods.ts';
import { PodSockets } from './pod-sockets.ts';
import { LOOPBACK, PortListener } from './port-listener.ts';
import { listenerOn } from './reach.ts';
import { Redis } from './redis.ts';
import { isExposed, type Route, Routes, type Target } from './routes.ts';
import { type ServedBy, servedBy } from './served-by.ts';

/** How many services may listen at once; those beyond it have no address. */
const MOST_LISTENERS = 256;
/** How many connections are remembered by the port they came from. */
const MOST_PICKS = 4096;

/**
 * Where services of type NodePort and LoadBalancer listen: `node` tries a service's node port first, `any` takes free ports
 * alone, `off` has none listen.
 */
export type ServicePorts = 'node' | 'any' | 'off';

/** What the proxy works with. `nodeAnswers` is whether a node is up at all. */
export interface ServiceProxyOptions {
  store: Store;
  clock: Clock;
  wall: Clock;
  seed: number;
  ports: ServicePorts;
  nodeAnswers(node: string): boolean;
  report(error: unknown): void;
}

/**
 * Where a port of a service answers. `url` is null while it has never had a ready endpoint; `open` is whether connections
 * are accepted at this moment. A `url` with another port than `nodePort` says that the node port was taken.
 */
export interface ServiceAddress {
  namespace: string;
  service: string;
  port: number;
  nodePort: number | null;
  url: string | null;
  open: boolean;
}

/** A service lent to a client in the process, whatever its type. */
export interface Loan {
  /** The port on loopback to connect to; undefined while there is none. */
  port(): number | undefined;
  /** Resolves once it listens, or is not about to. */
  ready(): Promise<void>;
  end(): void;
}

interface Listening {
  route: Route;
  listener: PortListener;
}

const keyOf = ({ namespace = '', name }: ObjectRef) => `${namespace}/${name}`;
const refOf = ({ namespace, service }: Route): ObjectRef => ({ namespace, name: service });

/**
 * The services of the cluster on loopback: each port of a NodePort or LoadBalancer service listens while the proxy's rules
 * know an endpoint, and each connection is handed to the pod that was picked for it. A port that is not HTTP to its pod's
 * image is accepted and closed. Traffic policies are not looked at.
 */
export class ServiceProxy {
  readonly routes: Routes;
  readonly redis: Redis;
  /** What answers the proxy subresources of the API. */
  readonly api: ApiProxy;
  readonly #options: ServiceProxyOptions;
  readonly #sockets: PodSockets;
  readonly #pods: DepartedPods;
  /** By service, then by port. */
  readonly #listeners = new Map<string, Map<number, Listening>>();
  readonly #lent = new Map<string, number>();
  readonly #picks = new Map<number, ServedBy>();
  readonly #told = new Set<() => void>();
  #closed = false;

  constructor(options: ServiceProxyOptions) {
    this.#options = options;
    const { store, clock, wall, seed, nodeAnswers } = options;
    // Sources of their own: what clients do must not disturb what the cluster draws from its seed.
    this.routes = new Routes({ store, clock, random: seededRandom(seed + 1) });
    this.redis = new Redis({ store, clock, routes: this.routes, nodeAnswers });
    this.api = createApiProxy({ ...options, random: seededRandom(seed + 3), routes: this.routes, redis: this.redis });
    this.#pods = new DepartedPods(store);
    this.#sockets = new PodSockets({ store, wall, random: seededRandom(seed + 2), redis: this.redis, nodeAnswers });
    this.routes.subscribe((service) => this.#follow(service));
    for (const { metadata } of this.routes.services()) this.#follow(metadata);
  }

  /** Where the NodePort and LoadBalancer services answer, by namespace, name and port. */
  addresses(): ServiceAddress[] {
    return this.routes
      .services()
      .filter(isExposed)
      .flatMap(({ metadata }) => this.routes.of(metadata))
      .map((route) => {
        const listener = this.#listenerOf(route);
        const url = listener?.port === undefined ? null : `http://${LOOPBACK}:${listener.port}`;
        const { namespace, service, port, nodePort = null } = route;
        return { namespace, service, port, nodePort, url, open: listener?.listening ?? false };
      })
      .sort((a, b) => (`${a.namespace}/${a.service}` < `${b.namespace}/${b.service}` ? -1 : 1) || a.port - b.port);
  }

  /** Calls `listener` when an address begins or ceases to answer; answers its own end. */
  subscribe(listener: () => void): () => void {
    this.#told.add(listener);
    return () => this.#told.delete(listener);
  }

  /** Has a service's first port listen for a client in the process. */
  lend(service: ObjectRef): Loan {
    const key = keyOf(service);
    this.#lent.set(key, (this.#lent.get(key) ?? 0) + 1);
    this.#follow(service);
    let ended = false;
    const listener = () => {
      const [route] = this.routes.of(service);
      return route && this.#listenerOf(route);
    };
    return {
      port: () => (listener()?.listening ? listener()?.port : undefined),
      ready: async () => listener()?.settled(),
      end: () => {
        if (ended) return;
        ended = true;
        const left = (this.#lent.get(key) ?? 1) - 1;
        if (left > 0) this.#lent.set(key, left);
        else this.#lent.delete(key);
        this.#follow(service);
      },
    };
  }

  /** The pod that was picked for the last connection from a port of loopback. */
  pickedFor(clientPort: number): ServedBy | undefined {
    return this.#picks.get(clientPort);
  }

  /** Ends every listener and connection. */
  close(): void {
    this.#closed = true;
    for (const { listener } of this.#all()) listener.close();
    this.#sockets.close();
  }

  #all(): Listening[] {
    return [...this.#listeners.values()].flatMap((ports) => [...ports.values()]);
  }

  #listenerOf(route: Route): PortListener | undefined {
    return this.#listeners.get(keyOf(refOf(route)))?.get(route.port)?.listener;
  }

  #mayListen(route: Route, index: number): boolean {
    const known = this.#listenerOf(route) !== undefined;
    if (!known && this.#all().length >= MOST_LISTENERS) return false;
    const service = refOf(route);
    if (index === 0 && this.#lent.has(keyOf(service))) return true;
    return this.#options.ports !== 'off' && this.routes.isExposed(service);
  }

  /** Brings the listeners of a service in line with its rules. */
  #follow(service: ObjectRef): void {
    const key = keyOf(service);
    const concerned = this.routes.isExposed(service) || this.#lent.has(key) || this.#listeners.has(key);
    if (this.#closed || !concerned) return;
    const wanted = this.routes.of(service).filter((route, index) => this.#mayListen(route, index));
    const ports = this.#listeners.get(key) ?? new Map<number, Listening>();
    for (const [port, { listener }] of [...ports]) {
      if (wanted.some((route) => route.port === port)) continue;
      ports.delete(port);
      listener.close();
    }
    for (const route of wanted) {
      const listening = ports.get(route.port) ?? this.#listening(route);
      ports.set(route.port, listening);
      listening.route = route;
      if (route.targets.length > 0) listening.listener.open();
      else listening.listener.close();
    }
    if (ports.size > 0) this.#listeners.set(key, ports);
    else this.#listeners.delete(key);
  }

  #listening(route: Route): Listening {
    const preferred = this.#options.ports === 'node' && route.type === 'NodePort' ? route.nodePort : undefined;
    const listening: Listening = {
      route,
      listener: new PortListener({
        preferred,
        take: (socket) => this.#take(socket, listening.route),
        changed: () => {
          for (const listener of [...this.#told]) listener();
        },
        report: this.#options.report,
      }),
    };
    return listening;
  }

  #take(socket: Socket, route: Route): void {
    const target = this.routes.pick(route, socket.remoteAddress);
    if (!target) {
      socket.resetAndDestroy();
      return;
    }
    if (socket.remotePort !== undefined) this.#remember(socket.remotePort, target);
    this.#sockets.take(socket, target);
  }

  #remember(clientPort: number, target: Target): void {
    const pod = this.#pods.find(target);
    if (!pod) return;
    this.#picks.delete(clientPort);
    this.#picks.set(clientPort, servedBy(this.#options.store, pod, listenerOn(pod, target.port)?.image ?? ''));
    const [oldest] = this.#picks.keys();
    if (this.#picks.size > MOST_PICKS && oldest !== undefined) this.#picks.delete(oldest);
  }
}
