import { announceServices } from './announce-services.ts';
import { startEmbedded } from './embedded.ts';
import type { MockCommandOptions } from './options.ts';
import { type Surroundings, serveUntilSignal } from './surroundings.ts';

/** `portolan mock`: the embedded cluster alone, until a signal. */
export async function runMock(
  scenario: string,
  options: MockCommandOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { mock, kubeconfig, close } = await startEmbedded(scenario, options);
  surroundings.say(
    `A cluster that plays ${scenario} is at ${mock.url}\n` +
      `It answers kubectl: kubectl --kubeconfig ${kubeconfig} get nodes\n` +
      'Ctrl-C ends it.\n',
  );
  announceServices(mock, surroundings.say);
  await serveUntilSignal(surroundings, options.readyFile, { url: null, apiserver: mock.url, kubeconfig }, [close]);
}
