import type { KubeObject, Random } from '@portolan/shared';
import { pick } from '@portolan/shared';

/** One resource that is served: where, and what its objects call themselves. */
export interface Served {
  kind: string;
  plural: string;
  group: 'v1' | 'apps/v1';
  namespaced: boolean;
}

const core = (kind: string, plural: string, namespaced = true): Served => ({ kind, plural, group: 'v1', namespaced });
const apps = (kind: string, plural: string): Served => ({ kind, plural, group: 'apps/v1', namespaced: true });

/** What is served; every other kind that the server knows is absent. */
export const SERVED: readonly Served[] = [
  core('Namespace', 'namespaces', false),
  core('Node', 'nodes', false),
  core('Pod', 'pods'),
  core('Service', 'services'),
  core('ConfigMap', 'configmaps'),
  core('Event', 'events'),
  apps('Deployment', 'deployments'),
  apps('ReplicaSet', 'replicasets'),
];

/** One write. */
export interface Write {
  plural: string;
  version: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
}

const EACH = 12;
const EVENTS = 60;
/** So many different labels come round: what is shared among equal ones must not be taken for growth. */
const LABELS = 97;
/** What an etcd still knows that is compacted every five minutes; in ms. */
const KNOWN_MS = 600_000;

/** The objects of a cluster that lives on for weeks and never grows, and as much of its past as an etcd would know. */
export class Holdings {
  readonly #objects = new Map<string, Map<string, KubeObject>>(SERVED.map(({ plural }) => [plural, new Map()]));
  readonly #random: Random;
  #past: { at: number; write: Write }[] = [];
  #version = 1000;
  #floor = 1000;
  #made = 0;

  constructor(random: Random) {
    this.#random = random;
    for (const served of SERVED) for (let i = 0; i < EACH; i++) this.#create(served, 0);
    this.forget();
  }

  get version(): number {
    return this.#version;
  }

  /** Newest versions of everything under a plural. */
  list(plural: string): KubeObject[] {
    return [...(this.#objects.get(plural)?.values() ?? [])];
  }

  /** What was written after a version; null when that is no longer known. */
  after(plural: string, version: number): Write[] | null {
    if (version < this.#floor) return null;
    return this.#past.flatMap(({ write }) => (write.plural === plural && write.version > version ? [write] : []));
  }

  /** Something changes: one object in place, and an event or a pod comes for one that goes. */
  live(now: number): Write[] {
    const changed = pick(this.#random, SERVED);
    const object = pick(this.#random, this.list(changed.plural));
    const labels = { turn: String(this.#version % LABELS) };
    const writes = [this.#put('MODIFIED', changed, { ...object, metadata: { ...object.metadata, labels } }, now)];
    for (const plural of ['events', 'pods']) {
      if (this.#random() < 0.7) continue;
      const served = SERVED.find((one) => one.plural === plural);
      if (served === undefined) continue;
      writes.push(this.#create(served, now));
      const [oldest] = this.list(plural);
      const many = this.list(plural).length > (plural === 'events' ? EVENTS : EACH);
      if (oldest !== undefined && many) writes.push(this.#put('DELETED', served, oldest, now));
    }
    while ((this.#past[0]?.at ?? now) < now - KNOWN_MS) this.#floor = this.#past.shift()?.write.version ?? this.#floor;
    return writes;
  }

  /** The past is compacted away. */
  forget(): void {
    this.#past = [];
    this.#floor = this.#version;
  }

  /** The cluster is put back to an earlier state: the same objects, at versions that are used a second time. */
  restore(back: number): void {
    this.#version -= back;
    this.forget();
    for (const objects of this.#objects.values()) {
      for (const [uid, object] of objects) {
        const resourceVersion = String(Math.min(Number(object.metadata.resourceVersion), this.#version));
        objects.set(uid, { ...object, metadata: { ...object.metadata, resourceVersion } });
      }
    }
  }

  #create(served: Served, now: number): Write {
    const name = `${served.plural}-${++this.#made}`;
    const metadata = {
      name,
      uid: `uid-${name}`,
      resourceVersion: '',
      creationTimestamp: new Date(now).toISOString().replace(/\.\d+/, ''),
      ...(served.namespaced && { namespace: 'default' }),
    };
    const involvedObject = { kind: 'Pod', namespace: 'default', name: 'pods-1', uid: 'uid-pods-1' };
    const rest = served.kind === 'Event' ? { involvedObject, reason: 'Made', message: name, type: 'Normal' } : body();
    return this.#put('ADDED', served, { apiVersion: served.group, kind: served.kind, metadata, ...rest }, now);
  }

  #put(type: Write['type'], { plural }: Served, object: KubeObject, at: number): Write {
    const resourceVersion = String(++this.#version);
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion } };
    const objects = this.#objects.get(plural);
    if (type === 'DELETED') objects?.delete(object.metadata.uid);
    else objects?.set(object.metadata.uid, stored);
    const write = { plural, version: this.#version, type, object: stored };
    this.#past.push({ at, write });
    return write;
  }
}

function body(): object {
  return { spec: { containers: [{ name: 'main', image: 'app:1' }] }, status: { phase: 'Running', conditions: [] } };
}
