import { chooseClusters } from '../watch/kubeconfig.ts';
import { announceServices } from './announce-services.ts';
import { startEmbedded } from './embedded.ts';
import { openDashboard } from './open-dashboard.ts';
import type { DemoCommandOptions } from './options.ts';
import { presenterOf } from './presenter-of.ts';
import { type Surroundings, serveUntilSignal } from './surroundings.ts';

/** `portolan demo`: an embedded cluster with the dashboard on it, until a signal. */
export async function runDemo(
  scenario: string,
  options: DemoCommandOptions,
  surroundings: Surroundings,
): Promise<void> {
  const embedded = await startEmbedded(scenario, options);
  try {
    const chosen = chooseClusters({ file: embedded.kubeconfig, contexts: [], env: {} });
    const clusters = chosen.map((config) => ({ config, presenter: presenterOf(embedded.mock) }));
    const dashboard = await openDashboard(clusters, options, surroundings);
    const { mock, kubeconfig } = embedded;
    surroundings.say(
      `Portolan plays ${scenario}: open ${dashboard.url}\n` +
        `Its cluster answers kubectl: kubectl --kubeconfig ${kubeconfig} get pods\n` +
        'Ctrl-C ends both.\n',
    );
    announceServices(mock, surroundings.say);
    const info = { url: dashboard.url, apiserver: mock.url, kubeconfig };
    await serveUntilSignal(surroundings, options.readyFile, info, [() => dashboard.close('the demo is over')]);
  } finally {
    await embedded.close();
  }
}
