import express, { type Express } from 'express';
import type { ClusterPort } from './cluster-port.ts';
import { clusterRoutes } from './cluster-routes.ts';
import { hostGuard, securityHeaders } from './guards.ts';
import { metrics } from './metrics.ts';
import { openapi } from './openapi.ts';
import { pages } from './pages.ts';
import { presenterRoutes } from './presenter-routes.ts';
import { notFound, Problem, problems } from './problem.ts';
import { ProcessMetrics } from './process-metrics.ts';
import type { Route } from './route.ts';

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
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders, hostGuard(deps.allowedHosts));
  const routes: Route[] = [
    ...processRoutes(deps.clusters),
    ...clusterRoutes(deps),
    ...presenterRoutes(deps.clusters),
    describing(() => openapi(routes, deps.build)),
  ];
  for (const { method, path, handlers } of routes) app[method](path.replaceAll(/\{(\w+)\}/g, ':$1'), ...handlers);
  for (const [path, rows] of Map.groupBy(routes, (route) => route.path)) {
    const allowed = rows.map((row) => row.method.toUpperCase()).join(', ');
    app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), (request) => {
      throw new Problem(405, `${request.method} is not taken here; ${allowed} is.`, { Allow: allowed });
    });
  }
  app.use(pages(deps.webRoot));
  app.use(notFound, problems(deps.report));
  return app;
}

function processRoutes(clusters: readonly ClusterPort[]): Route[] {
  const own = new ProcessMetrics();
  return [
    {
      method: 'get',
      path: '/healthz',
      says: 'The process is alive; an apiserver that is down does not change that',
      query: [],
      answer: { text: 'text/plain' },
      handlers: [(_request, response) => void response.type('text/plain').send('ok\n')],
    },
    {
      method: 'get',
      path: '/readyz',
      says: 'The required kinds of every cluster have been read once, or cannot be; what is shown may have grown old since',
      query: [],
      answer: { text: 'text/plain' },
      handlers: [
        (_request, response) => {
          const waiting = clusters.filter((one) => !one.ready).map((one) => one.name);
          if (waiting.length > 0) throw new Problem(503, `Not read yet: ${waiting.join(', ')}.`);
          response.type('text/plain').send('ok\n');
        },
      ],
    },
    {
      method: 'get',
      path: '/metrics',
      says: 'Numbers for Prometheus',
      query: [],
      answer: { text: 'text/plain' },
      handlers: [
        (_request, response) => {
          response.set('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
          response.end(metrics(clusters, own.families()));
        },
      ],
    },
  ];
}

function describing(document: () => object): Route {
  return {
    method: 'get',
    path: '/api/v1/openapi.json',
    says: 'This description',
    query: [],
    answer: { openapi: true },
    handlers: [(_request, response) => void response.json(document())],
  };
}
