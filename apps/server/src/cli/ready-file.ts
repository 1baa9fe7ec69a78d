import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from './usage-error.ts';

/** What a script wants to know of a running Portolan. `apiserver` and `kubeconfig` are of the first cluster served. */
export interface ReadyInfo {
  url: string | null;
  apiserver: string | null;
  kubeconfig: string | null;
  pid: number;
}

/** Written whole or not at all: whoever waits for the file never reads half of it. Throws a UsageError. */
export function writeReadyFile(file: string, info: ReadyInfo): void {
  const draft = `${file}.${info.pid}.tmp`;
  try {
    writeFileSync(draft, `${JSON.stringify(info)}\n`);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--ready-file ${file} cannot be written: ${why}. Give a file in a folder that exists.`);
  }
}
