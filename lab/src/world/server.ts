import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Entity, KINDS, type Source } from '@portolan/shared';
import { Cluster } from '../../../apps/server/src/cli/cluster.ts';
import type { Clock } from '../../../apps/server/src/clock.ts';
import { createApp } from '../../../apps/server/src/http/app.ts';
import { parseCursor } from '../../../apps/server/src/stream/cursor.ts';
import { chooseClusters } from '../../../apps/server/src/watch/kubeconfig.ts';

const COUNTED = ['events', 'failures', 'malformed', 'quarantined', 'audits', 'auditMismatches', 'regressions'] as const;

/** The real server, in this process and on a clock of ours. */
export class TestServer {
  readonly #cluster: Cluster;
  readonly #server: Server;

  private constructor(cluster: Cluster, server: Server) {
    this.#cluster = cluster;
    this.#server = server;
  }

  /** Serves the current context of a kubeconfig on any free port; `report` is told of what goes wrong inside. */
  static async start(kubeconfig: string, clock: Clock, report: (error: unknown) => void): Promise<TestServer> {
    const [config] = chooseClusters({ file: kubeconfig, contexts: [], env: {} });
    if (config === undefined) throw new Error(`${kubeconfig} names no cluster`);
    const cluster = new Cluster({ config, build: 'lab', clock, presenter: null, sourcesChanged: () => undefined });
    const app = createApp({
      clusters: [cluster],
      allowedHosts: [],
      webRoot: '/nowhere',
      build: 'lab',
      parseCursor,
      report,
    });
    const server = createServer(app);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cluster.start();
    return new TestServer(cluster, server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  entities(): Entity[] {
    return KINDS.flatMap((kind) => [...this.#cluster.entities(kind)]);
  }

  sources(): Source[] {
    return this.#cluster.sources();
  }

  /** Numbers over all kinds, by name, and those of the streams. */
  counters(): Map<string, number> {
    const sums = new Map<string, number>();
    const add = (name: string, value: number) => sums.set(name, (sums.get(name) ?? 0) + value);
    for (const report of this.#cluster.reports()) {
      for (const name of ['syncs', 'resumes'] as const) {
        for (const count of Object.values(report[name])) add(name, count);
      }
      for (const name of COUNTED) add(name, report[name]);
    }
    for (const [name, value] of Object.entries(this.#cluster.metrics().stream)) add(name, value);
    return sums;
  }

  /** Ends it: with a word to its viewers, or as a process that is killed. */
  async stop(how: 'goodbye' | 'kill'): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    if (how === 'kill') this.#server.closeAllConnections();
    await this.#cluster.stop('restart');
    this.#server.closeAllConnections();
    await closed;
  }
}
