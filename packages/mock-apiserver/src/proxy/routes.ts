import type { EndpointSlice, Random, Service } from '@portolan/shared';
import type { Cancel, Clock } from '../clock.ts';
import { between } from '../controllers/context.ts';
import { fromKey } from '../controllers/object-key.ts';
import type { ObjectRef } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';

const SLICES = 'endpointslices.discovery.k8s.io';
const SERVICE_NAME = 'kubernetes.io/service-name';

/** How long a node's rules lag behind the slices, in simulated milliseconds. */
const PROGRAMMING_MS = [100, 300] as const;
/** How long a client keeps its pod (`DefaultClientIPServiceAffinitySeconds` in core/v1). */
const AFFINITY_S = 10_800;
/** How many clients' pods are remembered; beyond it the oldest is forgotten. */
const MOST_CLIENTS = 1024;

/** One pod's port that a service leads to. */
export interface Target extends ObjectRef {
  uid: string;
  ip: string;
  port: number;
}

/** One port of a service as the proxy has it programmed. */
export interface Route {
  namespace: string;
  service: string;
  type: NonNullable<Service['spec']['type']>;
  portName: string;
  port: number;
  nodePort: number | undefined;
  targets: readonly Target[];
  /** Simulated milliseconds for which a client keeps its pod; undefined without affinity. */
  affinityMs: number | undefined;
}

/** What routes are read from; `random` picks pods and draws the lag. */
export interface RoutesOptions {
  store: Store;
  clock: Clock;
  random: Random;
}

const keyOf = ({ namespace = '', name }: ObjectRef) => `${namespace}/${name}`;

/** Whether a service opens a port on every node. */
export function isExposed({ spec }: Service): boolean {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

type SliceEndpoint = NonNullable<EndpointSlice['endpoints']>[number];

const isReady = ({ conditions }: SliceEndpoint) => conditions?.ready !== false && !conditions?.terminating;
const isLastResort = ({ conditions }: SliceEndpoint) => conditions?.serving === true && conditions.terminating === true;

/**
 * The ready endpoints; where there is none, those that end but still serve (`CategorizeEndpoints` in
 * `pkg/proxy/topology.go`, KEP-1669).
 */
function targetsOf(slices: readonly EndpointSlice[], portName: string): Target[] {
  const all = slices.flatMap(({ endpoints, ports, metadata }) => {
    const port = ports?.find(({ name }) => (name ?? '') === portName)?.port;
    if (!port) return [];
    return (endpoints ?? []).map((endpoint) => ({ endpoint, port, namespace: metadata.namespace ?? '' }));
  });
  const ready = all.filter(({ endpoint }) => isReady(endpoint));
  const usable = ready.length > 0 ? ready : all.filter(({ endpoint }) => isLastResort(endpoint));
  return usable.flatMap(({ endpoint, port, namespace }) => {
    const { targetRef, addresses } = endpoint;
    if (targetRef?.kind !== 'Pod' || !targetRef.name || !targetRef.uid) return [];
    return [{ namespace, name: targetRef.name, uid: targetRef.uid, ip: addresses[0] ?? '', port }];
  });
}

function affinityOf({ spec }: Service): number | undefined {
  if (spec.sessionAffinity !== 'ClientIP') return undefined;
  return (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? AFFINITY_S) * 1000;
}

function routesOf(service: Service, slices: readonly EndpointSlice[]): Route[] {
  const { metadata, spec } = service;
  return (spec.ports ?? [])
    .filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP')
    .map(({ name = '', port, nodePort }) => ({
      namespace: metadata.namespace ?? '',
      service: metadata.name,
      type: spec.type ?? 'ClusterIP',
      portName: name,
      port,
      nodePort,
      targets: targetsOf(slices, name),
      affinityMs: affinityOf(service),
    }));
}

/** A service and its slices as they stood when its rules were written; its ports are worked out once somebody asks. */
interface Rules {
  service: Service;
  slices: readonly EndpointSlice[];
  routes?: readonly Route[];
}

/**
 * What stands for kube-proxy's rules: for every TCP port of every service the pods it leads to, as the EndpointSlices had
 * it some 100 to 300 simulated milliseconds ago. All nodes share one set of rules, and traffic policies are not looked at:
 * any node's pods answer (`externalTrafficPolicy: Cluster`).
 */
export class Routes {
  readonly #options: RoutesOptions;
  readonly #rules = new Map<string, Rules>();
  readonly #pending = new Map<string, Cancel>();
  readonly #clients = new Map<string, { uid: string; until: number }>();
  readonly #listeners = new Set<(service: ObjectRef) => void>();

  constructor(options: RoutesOptions) {
    this.#options = options;
    const { store } = options;
    for (const service of store.list('services')) this.#program(keyOf(service.metadata));
    store.watch('services', store.version, ({ object }) => this.#later(keyOf(object.metadata)));
    store.watch(SLICES, store.version, ({ object }) => {
      const name = object.metadata.labels?.[SERVICE_NAME];
      if (name) this.#later(keyOf({ namespace: object.metadata.namespace, name }));
    });
  }

  /** The programmed ports of a service, in its own order; none when it is not known. */
  of(service: ObjectRef): readonly Route[] {
    const rules = this.#rules.get(keyOf(service));
    if (!rules) return [];
    rules.routes ??= routesOf(rules.service, rules.slices);
    return rules.routes;
  }

  /** The services that have rules, as they stood when these were written. */
  services(): Service[] {
    return [...this.#rules.values()].map(({ service }) => service);
  }

  /** Whether a service is, by its rules, of a type that opens a port on every node. */
  isExposed(service: ObjectRef): boolean {
    const rules = this.#rules.get(keyOf(service));
    return rules !== undefined && isExposed(rules.service);
  }

  /** A pod for a connection from `client`; undefined where there is none. */
  pick(route: Route, client?: string): Target | undefined {
    const { targets, affinityMs } = route;
    if (affinityMs === undefined || client === undefined) return this.#draw(targets);
    const now = this.#options.clock.elapsed();
    const key = `${client} ${route.namespace}/${route.service}:${route.port}`;
    const kept = this.#clients.get(key);
    const held = kept && kept.until > now ? targets.find(({ uid }) => uid === kept.uid) : undefined;
    const target = held ?? this.#draw(targets);
    this.#clients.delete(key);
    if (!target) return undefined;
    this.#clients.set(key, { uid: target.uid, until: now + affinityMs });
    const [oldest] = this.#clients.keys();
    if (this.#clients.size > MOST_CLIENTS && oldest !== undefined) this.#clients.delete(oldest);
    return target;
  }

  /** Calls `listener` with each service whose rules were written anew; answers its own end. */
  subscribe(listener: (service: ObjectRef) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #draw(targets: readonly Target[]): Target | undefined {
    return targets[Math.floor(this.#options.random() * targets.length)];
  }

  #later(key: string): void {
    if (this.#pending.has(key)) return;
    const { clock, random } = this.#options;
    const lag = between(random, PROGRAMMING_MS);
    this.#pending.set(
      key,
      clock.after(lag, () => {
        this.#pending.delete(key);
        this.#program(key);
      }),
    );
  }

  #program(key: string): void {
    const { store } = this.#options;
    const service = store.get('services', fromKey(key));
    if (service) this.#rules.set(key, { service, slices: store.by(SLICES, 'service', key) });
    else this.#rules.delete(key);
    for (const listener of [...this.#listeners]) listener(fromKey(key));
  }
}
