import type { EndpointSliceEntity, EndpointsEntity, PodEntity, ServiceEntity } from '../entity/core.ts';
import type { Entity } from '../entity/entity.ts';
import type { Edge } from './edge.ts';
import type { EntityIndex } from './entity-index.ts';
import { Few } from './few.ts';
import { MultiMap } from './multi-map.ts';
import type { EdgeDelta, Relation, Touched } from './relation.ts';

type Backends = EndpointSliceEntity | EndpointsEntity;
type Labels = Readonly<Record<string, string>>;

/** The readiness of an edge as a number; and how many there are. */
const READY = [null, false, true] as const;
const STATES = READY.length;
const NO_EDGE = -1;

/**
 * From a service to the pods of its namespace that its selector matches; from a service without a selector to the pods
 * that its slices name. `ready` is true when any of its slices lists the pod as ready, false when they list it otherwise,
 * null when none lists it.
 */
export class SelectionRelation implements Relation {
  readonly #entities: EntityIndex;
  /** Services by one label that every pod they select must wear. */
  #byLabel = new MultiMap<string>();
  /** The slices that name a pod, by pod: twice the slice, and one more where it says that the pod is ready. */
  #told = new Few();
  /** The edges, by pod: the service times `STATES`, and the place of the readiness in `READY`. */
  #edges = new Few();
  /** The pods at the other end, by service. */
  #pods = new MultiMap<number>();
  /** Service and pod by turns: the edges that may have come, gone or changed. */
  #marked: number[] = [];
  /** The services that match certain labels, for as long as no service changes: pods of one workload come together. */
  #matched: { namespace: string; labels: Labels; services: readonly number[] } | null = null;

  constructor(entities: EntityIndex) {
    this.#entities = entities;
  }

  update(slot: number, before: Entity | null, after: Entity | null): void {
    switch ((after ?? before)?.kind) {
      case 'Pod':
        this.#updatePod(slot, before as PodEntity | null, after as PodEntity | null);
        break;
      case 'Service':
        this.#updateService(slot, before as ServiceEntity | null, after as ServiceEntity | null);
        break;
      case 'EndpointSlice':
      case 'Endpoints':
        this.#unlist(slot, before as Backends | null);
        this.#list(slot, after as Backends | null);
    }
  }

  settle(_touched: Touched, delta: EdgeDelta): void {
    const marked = this.#marked;
    for (let at = 0; at < marked.length; at += 2) this.#settle(marked[at] as number, marked[at + 1] as number, delta);
    if (marked.length > 0) this.#marked = [];
  }

  from(slot: number): Edge[] {
    return Array.from(this.#pods.get(slot), (pod) => this.#edge(slot, pod, this.#stateOf(slot, pod)));
  }

  to(slot: number): Edge[] {
    return this.#edges.of(slot).map((edge) => this.#edge(Math.floor(edge / STATES), slot, edge % STATES));
  }

  countTo(slot: number): number {
    return this.#edges.of(slot).length;
  }

  #updatePod(slot: number, before: PodEntity | null, after: PodEntity | null): void {
    if (before && after && before.namespace === after.namespace && sameMap(before.labels, after.labels)) return;
    for (const edge of this.#edges.of(slot)) this.#marked.push(Math.floor(edge / STATES), slot);
    if (after === null) return;
    for (const service of this.#matching(after)) this.#marked.push(service, slot);
    for (const told of this.#told.of(slot)) {
      for (const service of this.#servicesOf(this.#entities.at(told >> 1) as Backends))
        this.#marked.push(service, slot);
    }
  }

  #updateService(slot: number, before: ServiceEntity | null, after: ServiceEntity | null): void {
    if (before && after && sameName(before, after) && sameMap(before.selector, after.selector)) return;
    this.#matched = null;
    for (const pod of this.#pods.get(slot)) this.#marked.push(slot, pod);
    const [was, is] = [before && entryOf(before), after && entryOf(after)];
    if (was !== null) this.#byLabel.remove(was, slot);
    if (is !== null) this.#byLabel.add(is, slot);
    if (after?.selector) {
      for (const [pod, { labels }] of this.#entities.inNamespace('Pod', after.namespace)) {
        if (selects(after.selector, labels)) this.#marked.push(slot, pod);
      }
    } else if (after) this.#markListed(slot, after);
  }

  #markListed(slot: number, { namespace, name }: ServiceEntity): void {
    for (const kind of ['EndpointSlice', 'Endpoints'] as const) {
      for (const each of this.#entities.inNamespace(kind, namespace).values()) {
        const { service, endpoints } = each as Backends;
        if (service !== name) continue;
        for (const { pod } of endpoints) if (pod !== null) this.#marked.push(slot, this.#entities.slots.of(pod));
      }
    }
  }

  #list(slot: number, slice: Backends | null): void {
    if (slice === null || slice.service === null) return;
    const services = this.#servicesOf(slice);
    for (const { pod: uid, ready } of slice.endpoints) {
      if (uid === null) continue;
      const pod = this.#entities.slots.hold(uid);
      this.#told.add(pod, 2 * slot + Number(ready));
      for (const service of services) this.#marked.push(service, pod);
    }
  }

  #unlist(slot: number, slice: Backends | null): void {
    if (slice === null || slice.service === null) return;
    const services = this.#servicesOf(slice);
    for (const { pod: uid, ready } of slice.endpoints) {
      if (uid === null) continue;
      const pod = this.#entities.slots.of(uid);
      this.#told.remove(pod, 2 * slot + Number(ready));
      this.#entities.slots.release(pod);
      for (const service of services) this.#marked.push(service, pod);
    }
  }

  #servicesOf({ namespace, service }: Backends): readonly number[] {
    return service === null ? [] : this.#entities.named('Service', namespace, service);
  }

  #matching({ namespace, labels }: PodEntity): readonly number[] {
    if (this.#matched?.labels === labels && this.#matched.namespace === namespace) return this.#matched.services;
    const services: number[] = [];
    for (const key of Object.keys(labels)) {
      for (const service of this.#byLabel.get(labelKey(namespace, key, labels[key] as string))) {
        const selector = (this.#entities.at(service) as ServiceEntity).selector;
        if (selector !== null && selects(selector, labels)) services.push(service);
      }
    }
    this.#matched = { namespace, labels, services };
    return services;
  }

  #settle(service: number, pod: number, delta: EdgeDelta): void {
    const was = this.#stateOf(service, pod);
    const is = this.#evaluate(service, pod);
    if (was === is) return;
    if (was !== NO_EDGE) this.#edges.remove(pod, service * STATES + was);
    if (is !== NO_EDGE) this.#edges.add(pod, service * STATES + is);
    if (was === NO_EDGE) {
      this.#pods.add(service, pod);
      delta.added.push(this.#edge(service, pod, is));
    } else if (is === NO_EDGE) {
      this.#pods.remove(service, pod);
      delta.removed.push(this.#edge(service, pod, was));
    } else delta.changed.push([this.#edge(service, pod, was), this.#edge(service, pod, is)]);
  }

  /** The state of an edge as it was last settled. */
  #stateOf(service: number, pod: number): number {
    for (const edge of this.#edges.of(pod)) if (Math.floor(edge / STATES) === service) return edge % STATES;
    return NO_EDGE;
  }

  /** The state of an edge as the entities have it. */
  #evaluate(service: number, pod: number): number {
    const from = this.#entities.at(service);
    const to = this.#entities.at(pod);
    if (from?.kind !== 'Service' || to?.kind !== 'Pod' || from.namespace !== to.namespace) return NO_EDGE;
    let state = 0;
    for (const told of this.#told.of(pod)) {
      const slice = this.#entities.at(told >> 1) as Backends;
      if (slice.service !== from.name || slice.namespace !== from.namespace) continue;
      state = Math.max(state, READY.indexOf(told % 2 === 1));
    }
    const chosen = from.selector === null ? state > 0 : selects(from.selector, to.labels);
    return chosen ? state : NO_EDGE;
  }

  #edge(service: number, pod: number, state: number): Edge {
    const { slots } = this.#entities;
    return { type: 'selection', from: slots.text(service), to: slots.text(pod), ready: READY[state] ?? null };
  }
}

/** A map selector on the hot path: no requirements are built for it. */
function selects(selector: Labels, labels: Labels): boolean {
  for (const key in selector) if (labels[key] !== selector[key]) return false;
  return true;
}

/** The first label of a selector by key; any one would do, if it is always the same one. */
function entryOf(service: ServiceEntity): string | null {
  const [key] = Object.keys(service.selector ?? {}).sort();
  const value = key === undefined ? undefined : service.selector?.[key];
  return key === undefined || value === undefined ? null : labelKey(service.namespace, key, value);
}

function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace}/${key}=${value}`;
}

function sameName(a: ServiceEntity, b: ServiceEntity): boolean {
  return a.name === b.name && a.namespace === b.namespace;
}

function sameMap(a: Labels | null, b: Labels | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return Object.keys(a).length === Object.keys(b).length && selects(a, b);
}
