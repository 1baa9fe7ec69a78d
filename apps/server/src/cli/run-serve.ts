import { chooseClusters } from '../watch/kubeconfig.ts';
import { requireLoopback } from './listen.ts';
import { openDashboard } from './open-dashboard.ts';
import type { ServeCommandOptions } from './options.ts';
import { type Surroundings, serveUntilSignal } from './surroundings.ts';

/** `portolan serve`: the clusters of the kubeconfig, until a signal. */
export async function runServe(options: ServeCommandOptions, surroundings: Surroundings): Promise<void> {
  const { log, env } = surroundings;
  requireLoopback(options.host);
  const chosen = chooseClusters({
    contexts: options.context,
    env,
    ...(options.kubeconfig === undefined ? {} : { file: options.kubeconfig }),
  });
  const clusters = chosen.map((config) => ({ config, presenter: null }));
  const dashboard = await openDashboard(clusters, options, surroundings);
  log.info({ clusters: chosen.map((one) => one.name) }, `Portolan is at ${dashboard.url}`);
  const info = { url: dashboard.url, apiserver: chosen[0]?.server ?? null, kubeconfig: options.kubeconfig ?? null };
  await serveUntilSignal(surroundings, options.readyFile, info, [() => dashboard.close('the server is stopping')]);
}
