import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A kubectl that keeps printing. */
export interface Printing {
  /** Resolves with the lines so far once `holds` is true of them; rejects if kubectl ends before. */
  until(holds: (lines: string[]) => boolean): Promise<string[]>;
  stop(): void;
}

/** kubectl with its kubeconfig, for tests. */
export interface Kubectl {
  /** Its standard output; rejects with what it wrote to standard error. */
  (...args: string[]): Promise<string>;
  /** Its minor version. */
  minor: number;
  /** Starts one that goes on until it is stopped, such as `get -w`. */
  watch(...args: string[]): Printing;
  dispose(): void;
}

/** The kubectl that `$PORTOLAN_KUBECTL` names, else the one on the PATH; rejects with what to do when there is none. */
export async function findKubectl(kubeconfig: string): Promise<Kubectl> {
  const binary = process.env.PORTOLAN_KUBECTL ?? 'kubectl';
  let version: { clientVersion: { minor: string } };
  try {
    version = JSON.parse((await run(binary, ['version', '--client', '--output=json'])).stdout);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `these tests need kubectl: install it on the PATH or name it in $PORTOLAN_KUBECTL (${binary}: ${why})`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'portolan-kubectl-'));
  const file = join(folder, 'kubeconfig');
  writeFileSync(file, kubeconfig);
  const withConfig = (args: string[]) => ['--kubeconfig', file, `--cache-dir=${join(folder, 'cache')}`, ...args];

  const kubectl = async (...args: string[]) => (await run(binary, withConfig(args))).stdout;
  const watch = (...args: string[]): Printing => {
    const child = spawn(binary, withConfig(args), { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const until: Printing['until'] = (holds) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const lines = text.split('\n').slice(0, -1);
          if (holds(lines)) resolve(lines);
        };
        child.on('error', reject);
        child.on('close', () => reject(new Error(`kubectl ${args.join(' ')} ended after printing:\n${text}`)));
        child.stdout.on('data', look);
        look();
      });
    return { until, stop: () => child.kill() };
  };
  const minor = Number.parseInt(version.clientVersion.minor, 10);
  return Object.assign(kubectl, { minor, watch, dispose: () => rmSync(folder, { recursive: true, force: true }) });
}
