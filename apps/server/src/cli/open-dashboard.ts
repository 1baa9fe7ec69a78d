import type { DashboardOptions } from './options.ts';
import { type Dashboard, type ServeOptions, serve } from './serve.ts';
import type { Surroundings } from './surroundings.ts';

/** Serves these clusters where and as the command line says. */
export function openDashboard(
  clusters: ServeOptions['clusters'],
  { host, port, allowedHost }: DashboardOptions,
  { version, webRoot, log }: Surroundings,
): Promise<Dashboard> {
  return serve({ clusters, host, port, allowedHosts: allowedHost, build: version, webRoot, log });
}
