import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** kubectl with its kubeconfig, for tests. */
export interface Kubectl {
  /** Its standard output; rejects with what it wrote to standard error. */
  (...args: string[]): Promise<string>;
  /** Runs until `until` holds of the lines so far, then ends it; answers the lines. */
  lines(args: string[], until: (lines: string[]) => boolean): Promise<string[]>;
  dispose(): void;
}

/** The kubectl that `$KUBECTL` names, else the one on the PATH; rejects with what to do when there is none. */
export async function findKubectl(kubeconfig: string): Promise<Kubectl> {
  const binary = process.env.KUBECTL ?? 'kubectl';
  try {
    await run(binary, ['version', '--client', '--output=json']);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`these tests need kubectl: install it on the PATH or name it in $KUBECTL (${binary}: ${why})`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'portolan-kubectl-'));
  const file = join(folder, 'kubeconfig');
  writeFileSync(file, kubeconfig);
  const withConfig = (args: string[]) => ['--kubeconfig', file, `--cache-dir=${join(folder, 'cache')}`, ...args];

  const kubectl = async (...args: string[]) => (await run(binary, withConfig(args))).stdout;
  const lines = (args: string[], until: (lines: string[]) => boolean) =>
    new Promise<string[]>((resolve, reject) => {
      const child = spawn(binary, withConfig(args), { stdio: ['ignore', 'pipe', 'inherit'] });
      let text = '';
      child.on('error', reject);
      child.on('close', () => resolve(text.split('\n').filter((line) => line !== '')));
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (until(text.split('\n').slice(0, -1))) child.kill();
      });
    });
  return Object.assign(kubectl, { lines, dispose: () => rmSync(folder, { recursive: true, force: true }) });
}
