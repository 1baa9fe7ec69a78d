import type { Entity, Kind, KubeObject, Source } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type { EntitySink } from './base-reader.ts';
import { Discovery } from './discovery.ts';
import { Epochs } from './epochs.ts';
import { Gate } from './gate.ts';
import type { KindReader, SourceReport } from './kind-reader.ts';
import { kindRequest } from './kind-request.ts';
import type { KindSpec } from './kind-spec.ts';
import { Liveness } from './liveness.ts';
import { Lookout } from './lookout.ts';
import { Poller } from './poller.ts';
import { Reflector, type ReflectorDeps } from './reflector.ts';
import type { ApiClient } from './transport.ts';
import { WatchListSupport } from './watch-list-support.ts';

/** Who goes first through the gate; every other kind comes after these. */
const FIRST: readonly Kind[] = ['Node', 'Namespace', 'Pod'];

const OBJECT_MS = 10_000;
const SILENT = 'the apiserver does not answer';

/** What a cluster's watch needs. */
export interface ClusterWatchDeps {
  client: ApiClient;
  specs: readonly KindSpec[];
  sink: (kind: Kind) => EntitySink;
  project: (kind: Kind, object: KubeObject) => Entity;
  clock: Clock;
  /** Some source changed its state, its problem, its next try or how far it has read. */
  changed: () => void;
  /** Versions began anew, and what is held is of the new epoch: whoever was told of the old one is to forget it. */
  renewed: (reason: string) => void;
}

/** One cluster: a reflector a kind, or a poller where it cannot be watched, whatever the number of viewers, behind one gate. */
export class ClusterWatch {
  #client: ApiClient;
  #discovery: Discovery;
  #liveness: Liveness;
  #lookout: Lookout;
  #epochs: Epochs;
  #readers: Map<Kind, KindReader>;
  #required: ReadonlySet<Kind>;
  #ready = false;
  #changed: () => void;
  #needed = new Map<Kind, boolean>();
  #specs: readonly KindSpec[];

  constructor({ client, specs, sink, project, clock, changed, renewed }: ClusterWatchDeps) {
    this.#client = client;
    this.#specs = specs;
    this.#changed = changed;
    this.#required = new Set(specs.filter((spec) => spec.required).map((spec) => spec.kind));
    this.#discovery = new Discovery(client, specs, clock, (kinds) => this.#appeared(kinds));
    this.#lookout = new Lookout({
      discovery: this.#discovery,
      clock,
      absent: () => specs.filter((spec) => this.#isMissing(spec)).map(({ kind }) => kind),
      sighted: (kind) => this.#appeared([kind]),
    });
    this.#epochs = new Epochs(clock, renewed);
    this.#liveness = new Liveness({
      client,
      clock,
      doubted: changed,
      healed: (silence) => this.#healed(silence),
      swapped: (reason) => {
        this.#discovery.forget();
        this.#epochs.begin(reason, null);
      },
    });
    const shared: Omit<ReflectorDeps, 'sink' | 'project' | 'needless'> = {
      client,
      discovery: this.#discovery,
      gate: new Gate(clock),
      support: new WatchListSupport(),
      epochs: this.#epochs,
      clock,
      heard: () => this.#liveness.heard(),
      suspected: () => this.#liveness.suspect(),
      silentSince: () => (this.#liveness.doubted ? this.#liveness.heardAt : null),
      changed: () => this.#stepped(),
    };
    this.#readers = new Map(
      specs.map((spec) => {
        const rank = FIRST.indexOf(spec.kind);
        const place = rank === -1 ? FIRST.length : rank;
        const deps = {
          ...shared,
          sink: sink(spec.kind),
          project: (object: KubeObject) => project(spec.kind, object),
          needless: () => this.#needless(spec),
        };
        const { pollMs } = spec.read;
        const reader = pollMs === null ? new Reflector(spec, place, deps) : new Poller(spec, pollMs, place, deps);
        return [spec.kind, reader];
      }),
    );
  }

  /** The server's `gitVersion`, null until it was heard. */
  get version(): string | null {
    return this.#discovery.version;
  }

  /** The apiserver's clock minus ours in ms; null until it was heard. */
  get skewMs(): number | null {
    return this.#client.skewMs;
  }

  /** Each required kind has been read once, or is known not to be had; what they hold may be old by now. */
  get ready(): boolean {
    this.#ready ||= [...this.#readers.values()].every(
      (one) => !this.#required.has(one.kind) || one.synced || isUnavailable(one.source()),
    );
    return this.#ready;
  }

  start(): void {
    this.#liveness.start();
    this.#lookout.start();
    for (const reader of this.#readers.values()) reader.start();
  }

  stop(): void {
    this.#liveness.stop();
    this.#lookout.stop();
    this.#epochs.stop();
    for (const reader of this.#readers.values()) reader.stop();
  }

  sources(): Source[] {
    return [...this.#readers.values()].map((one) => this.#doubting(one.source()));
  }

  reports(): SourceReport[] {
    return [...this.#readers.values()].map((one) => this.#doubting(one.report()));
  }

  /** One object as the apiserver holds it now, as far as its kind is read; null when that is not served here. Not redacted. */
  async object(kind: Kind, namespace: string, name: string, signal: AbortSignal): Promise<KubeObject | null> {
    const location = await this.#discovery.locate(kind, signal);
    const spec = this.#specs.find((one) => one.kind === kind);
    if (location === null || spec === undefined) return null;
    const { accept, objectPath, trim } = kindRequest(spec, location);
    const terms = { signal, timeoutMs: OBJECT_MS, accept: accept.watch };
    return trim((await this.#client.get(objectPath(namespace, name), {}, terms)) as KubeObject);
  }

  /** What is live is doubted while the apiserver is silent: its watches stand, and cannot say that nothing happened. */
  #doubting<T extends Source>(source: T): T {
    if (!this.#liveness.doubted || source.state !== 'live') return source;
    const heardAt = Math.max(this.#liveness.heardAt, source.heard ?? 0);
    const current = Math.min(heardAt, source.current ?? heardAt);
    return { ...source, state: 'resuming', problem: SILENT, since: heardAt, current };
  }

  #healed({ since, long }: { since: number; long: boolean }): void {
    for (const reader of this.#readers.values()) {
      const { state } = reader.source();
      if (state === 'backoff') reader.wake();
      else if (long) reader.reopen(since);
      else reader.unsure(since);
    }
    this.#changed();
  }

  #appeared(kinds: readonly Kind[]): void {
    for (const kind of kinds) {
      const reader = this.#readers.get(kind);
      if (reader?.source().state === 'absent') reader.wake();
    }
  }

  #isMissing(spec: KindSpec): boolean {
    return this.#readers.get(spec.kind)?.source().state === 'absent' && this.#needless(spec) === null;
  }

  #needless({ instead }: KindSpec): string | null {
    if (instead === null) return null;
    const other = this.#readers.get(instead)?.source();
    return other === undefined || isUnavailable(other) ? null : `${instead} is read in its place`;
  }

  /** A kind that stands in for another is woken when that comes or goes. */
  #stepped(): void {
    for (const spec of this.#specs) {
      if (spec.instead === null) continue;
      const needed = this.#needless(spec) === null;
      const before = this.#needed.get(spec.kind) ?? false;
      this.#needed.set(spec.kind, needed);
      if (needed !== before) this.#readers.get(spec.kind)?.reconsider();
    }
    this.#changed();
  }
}

function isUnavailable({ state }: Source): boolean {
  return state === 'forbidden' || state === 'absent';
}
