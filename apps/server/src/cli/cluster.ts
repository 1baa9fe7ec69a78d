import { randomBytes } from 'node:crypto';
import { type Entity, KIND_TABLE, type Kind, type KubeObject, project, type Source } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type {
  ClusterMetrics,
  ClusterPort,
  SourceReport,
  StreamOutlet,
  StreamRequest,
  StreamSession,
} from '../http/cluster-port.ts';
import type { PresenterPort } from '../http/presenter-port.ts';
import { ChangeLog } from '../log/change-log.ts';
import { EntityStore } from '../store/entity-store.ts';
import { Hub, retryMs } from '../stream/hub.ts';
import { ClusterWatch } from '../watch/cluster-watch.ts';
import type { ClusterConfig } from '../watch/kubeconfig.ts';
import { Transport } from '../watch/transport.ts';

/** What a served cluster is made of. */
export interface ClusterDeps {
  config: ClusterConfig;
  build: string;
  clock: Clock;
  presenter: PresenterPort | null;
  /** Called when some source changed its state or its problem. */
  sourcesChanged: (sources: Source[]) => void;
}

/** One served cluster: its watch, store, log and streams, joined. */
export class Cluster implements ClusterPort {
  readonly name: string;
  readonly namespace: string;
  readonly presenter: PresenterPort | null;
  #transport: Transport;
  #watch: ClusterWatch;
  #store: EntityStore;
  #log = new ChangeLog(newEpoch());
  #hub: Hub;
  #clock: Clock;

  constructor({ config, build, clock, presenter, sourcesChanged }: ClusterDeps) {
    this.name = config.name;
    this.namespace = config.namespace;
    this.presenter = presenter;
    this.#clock = clock;
    this.#transport = new Transport({ load: config.load, env: config.env, clock, version: build });
    this.#store = new EntityStore(
      (steps) => {
        this.#log.append(steps);
        this.#hub.stepped();
      },
      (steps) => {
        this.#log.leap(steps);
        this.#hub.leapt();
      },
    );
    this.#watch = new ClusterWatch({
      client: this.#transport,
      specs: KIND_TABLE,
      sink: (kind) => this.#store.kind(kind),
      project,
      clock,
      changed: () => {
        this.#hub.sourcesChanged();
        sourcesChanged(this.#watch.sources());
      },
      renewed: (reason) => this.#renew(reason),
    });
    const log = this.#log;
    const watch = this.#watch;
    this.#hub = new Hub(
      {
        cluster: config.name,
        get epoch() {
          return log.epoch;
        },
        get seq() {
          return log.seq;
        },
        entities: (kind) => this.#store.entities(kind),
        tallies: (kind) => this.#store.tallies(kind),
        after: (seq, limit) => log.after(seq, limit),
        sources: () => watch.sources(),
        get skewMs() {
          return watch.skewMs;
        },
      },
      build,
      clock,
    );
  }

  get version(): string | null {
    return this.#watch.version;
  }

  get skewMs(): number | null {
    return this.#watch.skewMs;
  }

  get ready(): boolean {
    return this.#watch.ready;
  }

  get epoch(): string {
    return this.#log.epoch;
  }

  get seq(): number {
    return this.#log.seq;
  }

  start(): void {
    this.#watch.start();
  }

  /** Says goodbye to the viewers, ends every watch and every connection. */
  async stop(reason: string): Promise<void> {
    this.#hub.close(reason);
    this.#watch.stop();
    await this.#transport.close();
  }

  sources(): Source[] {
    return this.#watch.sources();
  }

  reports(): SourceReport[] {
    return this.#watch.reports();
  }

  entities(kind: Kind): Iterable<Entity> {
    return this.#store.entities(kind);
  }

  find(kind: Kind, namespace: string, name: string): Entity | null {
    return this.#store.find(kind, namespace, name);
  }

  manifest(kind: Kind, namespace: string, name: string, signal: AbortSignal): Promise<KubeObject | null> {
    return this.#watch.object(kind, namespace, name, signal);
  }

  metrics(): ClusterMetrics {
    const { counters, gauges, viewers } = this.#hub.numbers();
    return { log: { ...this.#log.gauges() }, stream: { ...gauges }, streamTotals: { ...counters }, viewers };
  }

  /** Versions began anew: what viewers hold under the old ones would be taken for the same. */
  #renew(reason: string): void {
    this.#log.renew(newEpoch());
    this.#hub.renew(reason);
  }

  accepts(scope: StreamRequest['scope']): boolean {
    return this.#hub.accepts(scope);
  }

  open(request: StreamRequest, outlet: StreamOutlet): StreamSession {
    return this.#hub.open(request, outlet);
  }

  retryMs(): number {
    return retryMs(this.#clock);
  }
}

function newEpoch(): string {
  return randomBytes(6).toString('hex');
}
