import express, { type Express, type Request } from 'express';
import type { ClusterPort } from './cluster-port.ts';
import { hostGuard, securityHeaders } from './guards.ts';
import { notFound, Problem, problems } from './problem.ts';
import { openStream } from './stream-route.ts';

/** What the routes are made of. */
export interface AppDeps {
  clusters: readonly ClusterPort[];
  allowedHosts: readonly string[];
  /** The folder of the built pages; it need not exist. */
  webRoot: string;
  /** What this build is called. */
  build: string;
  parseCursor: (text: string) => { epoch: string; seq: number } | null;
  /** Told of what went wrong inside. */
  report: (error: unknown) => void;
}

/** The HTTP side: translation and nothing else. */
export function createApp({ clusters, allowedHosts, parseCursor, report }: AppDeps): Express {
  const byName = new Map(clusters.map((one) => [one.name, one]));
  const clusterOf = (request: Request): ClusterPort => {
    const name = String(request.params.cluster);
    const cluster = byName.get(name);
    if (cluster === undefined) {
      throw new Problem(404, `There is no cluster "${name}"; there is ${[...byName.keys()].join(', ')}.`);
    }
    return cluster;
  };

  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders, hostGuard(allowedHosts));
  app.get('/api/v1/clusters', (_request, response) => {
    response.json({
      clusters: clusters.map((cluster) => ({
        name: cluster.name,
        version: cluster.version,
        embedded: cluster.presenter !== null,
        ready: cluster.ready,
        epoch: cluster.epoch,
        seq: cluster.seq,
        sources: cluster.sources(),
      })),
    });
  });
  app.get('/api/v1/clusters/:cluster/stream', (request, response) => {
    openStream(clusterOf(request), request, response, parseCursor);
  });
  app.use(notFound, problems(report));
  return app;
}
