import type { EndpointSliceEntity, EndpointsEntity, PodEntity, ServiceEntity } from '../entity/core.ts';
import type { Entity } from '../entity/entity.ts';
import type { EntityIndex } from './entity-index.ts';
import { MultiMap } from './multi-map.ts';
import type { Mark, Rule } from './rule.ts';

type Backends = EndpointSliceEntity | EndpointsEntity;

/**
 * From a service to the pods of its namespace that its selector matches; from a service without a selector to the pods
 * that its slices name. `ready` is true when any of its slices lists the pod as ready, false when they list it otherwise,
 * null when none lists it.
 */
export class SelectionRule implements Rule {
  readonly type = 'selection';
  /** Services by one label that every pod they select must wear. */
  #byLabel = new MultiMap<string, string>();
  /** What was asked last of `#services`, until a service changes. */
  #asked: { namespace: string; labels: Labels; services: readonly string[] } | null = null;
  /** What each slice says of a pod, by `namespace/service` and pod. */
  #listed = new Map<string, Map<string, Map<string, boolean>>>();
  /** The `namespace/service` whose slices name a pod. */
  #listing = new MultiMap<string, string>();

  update(before: Entity | null, after: Entity | null, entities: EntityIndex, mark: Mark): void {
    const kind = (after ?? before)?.kind;
    if (kind === 'Pod') this.#updatePod(before as PodEntity | null, after as PodEntity | null, entities, mark);
    else if (kind === 'Service') {
      this.#updateService(before as ServiceEntity | null, after as ServiceEntity | null, entities, mark);
    } else if (kind === 'EndpointSlice' || kind === 'Endpoints') {
      this.#unlist(before as Backends | null, entities, mark);
      this.#list(after as Backends | null, entities, mark);
    }
  }

  evaluate(from: Entity, to: Entity): { ready: boolean | null } | null {
    if (from.kind !== 'Service' || to.kind !== 'Pod' || from.namespace !== to.namespace) return null;
    const told = this.#listed.get(serviceKey(from))?.get(to.uid);
    const chosen = from.selector === null ? told !== undefined : selects(from.selector, to.labels);
    if (!chosen) return null;
    return { ready: told === undefined ? null : [...told.values()].includes(true) };
  }

  #updatePod(before: PodEntity | null, after: PodEntity | null, entities: EntityIndex, mark: Mark): void {
    const pod = after ?? before;
    if (pod === null || (before !== null && after !== null && sameMap(before.labels, after.labels))) return;
    for (const labels of [before?.labels, after?.labels]) {
      if (labels !== undefined) for (const service of this.#services(pod.namespace, labels)) mark(service, pod.uid);
    }
    for (const key of this.#listing.get(pod.uid)) {
      const service = serviceOf(key, entities);
      if (service !== undefined) mark(service.uid, pod.uid);
    }
  }

  /** The services that may select what wears these labels: pods of a workload come one after the other, with the very same. */
  #services(namespace: string, labels: Labels): readonly string[] {
    if (this.#asked?.labels === labels && this.#asked.namespace === namespace) return this.#asked.services;
    const services = Object.entries(labels).flatMap(([key, value]) => [
      ...this.#byLabel.get(labelKey(namespace, key, value)),
    ]);
    this.#asked = { namespace, labels, services };
    return services;
  }

  #updateService(before: ServiceEntity | null, after: ServiceEntity | null, entities: EntityIndex, mark: Mark): void {
    if (before !== null && after !== null && sameMap(before.selector, after.selector)) return;
    this.#asked = null;
    for (const service of [before, after]) {
      if (service === null) continue;
      for (const pod of this.#listed.get(serviceKey(service))?.keys() ?? []) mark(service.uid, pod);
      const entry = entryOf(service);
      if (entry === null || service.selector === null) continue;
      if (service === before) this.#byLabel.remove(entry, service.uid);
      else this.#byLabel.add(entry, service.uid);
      for (const pod of entities.inNamespace('Pod', service.namespace)) {
        if (selects(service.selector, pod.labels)) mark(service.uid, pod.uid);
      }
    }
  }

  #list(slice: Backends | null, entities: EntityIndex, mark: Mark): void {
    if (slice === null || slice.service === null) return;
    const key = `${slice.namespace}/${slice.service}`;
    const service = serviceOf(key, entities);
    const pods = this.#listed.get(key) ?? new Map<string, Map<string, boolean>>();
    this.#listed.set(key, pods);
    for (const { pod, ready } of slice.endpoints) {
      if (pod === null) continue;
      const told = pods.get(pod) ?? new Map<string, boolean>();
      pods.set(pod, told);
      told.set(slice.uid, ready || told.get(slice.uid) === true);
      this.#listing.add(pod, key);
      if (service !== undefined) mark(service.uid, pod);
    }
    if (pods.size === 0) this.#listed.delete(key);
  }

  #unlist(slice: Backends | null, entities: EntityIndex, mark: Mark): void {
    if (slice === null || slice.service === null) return;
    const key = `${slice.namespace}/${slice.service}`;
    const service = serviceOf(key, entities);
    const pods = this.#listed.get(key);
    for (const { pod } of slice.endpoints) {
      if (pod === null || pods === undefined) continue;
      const told = pods.get(pod);
      told?.delete(slice.uid);
      if (told?.size === 0) {
        pods.delete(pod);
        this.#listing.remove(pod, key);
      }
      if (service !== undefined) mark(service.uid, pod);
    }
    if (pods?.size === 0) this.#listed.delete(key);
  }
}

type Labels = Readonly<Record<string, string>>;

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

function serviceKey(service: ServiceEntity): string {
  return `${service.namespace}/${service.name}`;
}

function serviceOf(key: string, entities: EntityIndex): ServiceEntity | undefined {
  const slash = key.indexOf('/');
  return entities.find('Service', key.slice(0, slash), key.slice(slash + 1));
}

function sameMap(a: Labels | null, b: Labels | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return Object.keys(a).length === Object.keys(b).length && selects(a, b);
}
