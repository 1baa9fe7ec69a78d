import { Command } from 'commander';
import {
  type DemoCommandOptions,
  type MockCommandOptions,
  type ServeCommandOptions,
  withCommon,
  withDashboard,
  withKubeconfig,
  withMock,
} from './options.ts';

/** What the commands do; the composition root gives them. */
export interface Actions {
  serve(options: ServeCommandOptions): Promise<void>;
  demo(scenario: string, options: DemoCommandOptions): Promise<void>;
  mock(scenario: string, options: MockCommandOptions): Promise<void>;
}

/** The commands of Portolan. */
export function createProgram(actions: Actions, version: string): Command {
  const program = new Command('portolan')
    .description('A live chart of a Kubernetes cluster')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(portolan --help lists what there is)');
  withKubeconfig(withDashboard(program.command('serve', { isDefault: true })))
    .description('serve the clusters of the kubeconfig')
    .action((options: ServeCommandOptions) => actions.serve(options));
  withMock(withDashboard(program.command('demo')))
    .description('an embedded cluster and the dashboard on it')
    .argument('[scenario]', 'what the embedded cluster plays', 'guestbook')
    .action((scenario: string, options: DemoCommandOptions) => actions.demo(scenario, options));
  withMock(withCommon(program.command('mock')))
    .description('the embedded cluster alone')
    .argument('[scenario]', 'what it plays', 'guestbook')
    .action((scenario: string, options: MockCommandOptions) => actions.mock(scenario, options));
  return program;
}
