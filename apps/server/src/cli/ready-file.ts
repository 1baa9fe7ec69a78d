import { renameSync, writeFileSync } from 'node:fs';

/** What a script wants to know of a running Portolan. `apiserver` and `kubeconfig` are of the first cluster served. */
export interface ReadyInfo {
  url: string | null;
  apiserver: string | null;
  kubeconfig: string | null;
  pid: number;
}

/** Written whole or not at all: whoever waits for the file never reads half of it. */
export function writeReadyFile(file: string, info: ReadyInfo): void {
  const draft = `${file}.${info.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(info)}\n`);
  renameSync(draft, file);
}
