import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Logger } from 'pino';
import { systemClock } from '../clock.ts';
import { createApp } from '../http/app.ts';
import type { PresenterPort } from '../http/presenter-port.ts';
import { refuseUnreadable } from '../http/unreadable.ts';
import { parseCursor } from '../stream/cursor.ts';
import type { ClusterConfig } from '../watch/kubeconfig.ts';
import { Cluster } from './cluster.ts';
import { listen } from './listen.ts';
import { sourceLog } from './source-log.ts';

const FAREWELL_MS = 2000;

/** What to serve and where. */
export interface ServeOptions {
  clusters: readonly { config: ClusterConfig; presenter: PresenterPort | null }[];
  host: string;
  port: number;
  allowedHosts: readonly string[];
  build: string;
  webRoot: string;
  log: Logger;
}

/** A dashboard that serves. */
export interface Dashboard {
  url: string;
  /** Says goodbye to the viewers and lets go of every connection. */
  close(reason: string): Promise<void>;
}

/** Starts to serve; the clusters are connected to in the background, and what goes wrong there is shown, not thrown. */
export async function serve(options: ServeOptions): Promise<Dashboard> {
  const { log, build, host, port, allowedHosts, webRoot } = options;
  const clusters = options.clusters.map(
    ({ config, presenter }) =>
      new Cluster({ config, build, presenter, clock: systemClock, sourcesChanged: sourceLog(log, config.name) }),
  );
  const app = createApp({
    clusters,
    allowedHosts,
    webRoot,
    build,
    parseCursor,
    report: (error) => log.error({ err: error }, 'a request failed'),
  });
  const server = createServer(app).on('clientError', refuseUnreadable);
  const url = await listen(server, host, port);
  for (const cluster of clusters) cluster.start();
  return {
    url,
    async close(reason) {
      const closed = once(server, 'close');
      server.close();
      await Promise.all(clusters.map((cluster) => cluster.stop(reason)));
      server.closeIdleConnections();
      const cancel = systemClock.after(FAREWELL_MS, () => server.closeAllConnections());
      await closed;
      cancel();
    },
  };
}
