import type { Entity, Kind, KubeObject, Source } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import { Discovery, type Location } from './discovery.ts';
import { Gate } from './gate.ts';
import type { KindSpec } from './kind-spec.ts';
import { type EntitySink, Reflector, type ReflectorCounters } from './reflector.ts';
import type { ApiClient } from './transport.ts';

/** Who goes first through the gate; every other kind comes after these. */
const FIRST: readonly Kind[] = ['Node', 'Namespace', 'Pod'];

const OBJECT_MS = 10_000;

/** What a cluster's watch needs. */
export interface ClusterWatchDeps {
  client: ApiClient;
  specs: readonly KindSpec[];
  sink: (kind: Kind) => EntitySink;
  project: (kind: Kind, object: KubeObject) => Entity;
  clock: Clock;
  /** Some source changed its state, its problem or its next try. */
  changed: () => void;
}

/** One cluster: a reflector a kind, whatever the number of viewers, behind one gate. */
export class ClusterWatch {
  #client: ApiClient;
  #discovery: Discovery;
  #reflectors: Reflector[];
  #required: Set<Kind>;

  constructor({ client, specs, sink, project, clock, changed }: ClusterWatchDeps) {
    this.#client = client;
    this.#discovery = new Discovery(client, specs);
    this.#required = new Set(specs.filter((spec) => spec.required).map((spec) => spec.kind));
    const gate = new Gate(clock);
    this.#reflectors = specs.map(({ kind, instead }) => {
      const rank = FIRST.indexOf(kind);
      return new Reflector(kind, rank === -1 ? FIRST.length : rank, {
        client,
        discovery: this.#discovery,
        gate,
        sink: sink(kind),
        project: (object) => project(kind, object),
        absence: instead === null ? `the cluster does not serve ${kind}` : `${instead} is read in its place`,
        clock,
        changed,
      });
    });
  }

  /** The server's `gitVersion`, null until it was heard. */
  get version(): string | null {
    return this.#discovery.version;
  }

  /** The apiserver's clock minus ours in ms; null until it was heard. */
  get skewMs(): number | null {
    return this.#client.skewMs;
  }

  /** The required kinds have been read once; what they hold may be old by now. */
  get ready(): boolean {
    return this.#reflectors.every((one) => !this.#required.has(one.kind) || one.synced);
  }

  start(): void {
    for (const reflector of this.#reflectors) reflector.start();
  }

  stop(): void {
    for (const reflector of this.#reflectors) reflector.stop();
  }

  sources(): Source[] {
    return this.#reflectors.map((one) => one.source());
  }

  counters(): { kind: Kind; counters: Readonly<ReflectorCounters> }[] {
    return this.#reflectors.map(({ kind, counters }) => ({ kind, counters }));
  }

  /** One object as the apiserver holds it now, whole; null when its kind is not served here. Not redacted. */
  async object(kind: Kind, namespace: string, name: string, signal: AbortSignal): Promise<KubeObject | null> {
    const location = await this.#discovery.locate(kind, signal);
    if (location === null) return null;
    return (await this.#client.get(
      objectPath(location, namespace, name),
      {},
      { signal, timeoutMs: OBJECT_MS },
    )) as KubeObject;
  }
}

function objectPath({ base, plural, namespaced }: Location, namespace: string, name: string): string {
  const collection = namespaced ? `${base}/namespaces/${encodeURIComponent(namespace)}/${plural}` : `${base}/${plural}`;
  return `${collection}/${encodeURIComponent(name)}`;
}
