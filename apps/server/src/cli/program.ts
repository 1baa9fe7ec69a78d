import { Command } from 'commander';
import { type ServeCommandOptions, withDashboard, withKubeconfig } from './options.ts';

/** What the commands do; the composition root gives them. */
export interface Actions {
  serve(options: ServeCommandOptions): Promise<void>;
}

/** The commands of Portolan. */
export function createProgram(actions: Actions, version: string): Command {
  const program = new Command('portolan')
    .description('A live chart of a Kubernetes cluster')
    .version(version)
    .showHelpAfterError('(portolan --help lists what there is)')
    .configureHelp({ showGlobalOptions: true });
  withKubeconfig(withDashboard(program.command('serve', { isDefault: true })))
    .description('serve the clusters of the kubeconfig')
    .action((options: ServeCommandOptions) => actions.serve(options));
  return program;
}
