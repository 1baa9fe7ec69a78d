import type { Logger } from 'pino';
import { chooseClusters } from '../watch/kubeconfig.ts';
import { requireLoopback } from './listen.ts';
import type { ServeCommandOptions } from './options.ts';
import { writeReadyFile } from './ready-file.ts';
import { serve } from './serve.ts';
import { untilSignal } from './until-signal.ts';

/** What the commands take from the process. */
export interface Surroundings {
  log: Logger;
  env: Readonly<Record<string, string | undefined>>;
  /** The folder of the built pages. */
  webRoot: string;
  version: string;
}

/** `portolan serve`: the clusters of the kubeconfig, until a signal. */
export async function runServe(
  options: ServeCommandOptions,
  { log, env, webRoot, version }: Surroundings,
): Promise<void> {
  requireLoopback(options.host);
  const chosen = chooseClusters({
    contexts: options.context,
    env,
    ...(options.kubeconfig === undefined ? {} : { file: options.kubeconfig }),
  });
  const dashboard = await serve({
    clusters: chosen.map((config) => ({ config, presenter: null })),
    host: options.host,
    port: options.port,
    allowedHosts: options.allowedHost,
    build: version,
    webRoot,
    log,
  });
  log.info({ url: dashboard.url, clusters: chosen.map((one) => one.name) }, `Portolan is at ${dashboard.url}`);
  if (options.readyFile !== undefined) {
    writeReadyFile(options.readyFile, {
      url: dashboard.url,
      apiserver: chosen[0]?.server ?? null,
      kubeconfig: options.kubeconfig ?? null,
      pid: process.pid,
    });
  }
  const signal = await untilSignal();
  log.info(`${signal}: ending`);
  await dashboard.close('the server is stopping');
}
