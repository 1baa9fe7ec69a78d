import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A program kubectl. `version` as it tells it, `minor` the second number of that. */
export interface Kubectl {
  path: string;
  version: string;
  minor: number;
}

const executable = (path: string) => {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return false;
    throw error;
  }
};

/** The kubectl at a path. A dispatcher, which runs the kubectl that fits the server, is answered with the one of its own version. */
export async function kubectlAt(path: string): Promise<Kubectl> {
  const { stdout } = await execute(path, ['version', '--client', '--output=json']);
  const { clientVersion } = JSON.parse(stdout) as { clientVersion: { gitVersion: string; minor: string } };
  const minor = Number.parseInt(clientVersion.minor, 10);
  if (clientVersion.gitVersion.endsWith('-dispatcher')) {
    const own = join(dirname(realpathSync(path)), `kubectl.1.${minor}`);
    if (executable(own)) return kubectlAt(own);
  }
  return { path, version: clientVersion.gitVersion, minor };
}

/**
 * The kubectls of this machine, one a minor version: the one `$PORTOLAN_KUBECTL` names or the PATH holds, then the older
 * one that Debian's sources give, where the real control plane was built or `$PORTOLAN_OLD_KUBECTL` says.
 */
export async function findKubectls(): Promise<Kubectl[]> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = folders.map((folder) => join(folder, 'kubectl')).find(executable);
  const real = process.env.REAL_CLUSTER_HOME ?? join(homedir(), '.cache', 'real-cluster');
  const paths = [
    process.env.PORTOLAN_KUBECTL ?? onPath,
    process.env.PORTOLAN_OLD_KUBECTL,
    join(real, 'bin', 'kubectl'),
  ].filter((path) => path !== undefined && executable(path));
  const byMinor = new Map<number, Kubectl>();
  for (const path of paths) {
    const kubectl = await kubectlAt(path as string);
    if (!byMinor.has(kubectl.minor)) byMinor.set(kubectl.minor, kubectl);
  }
  return [...byMinor.values()];
}
