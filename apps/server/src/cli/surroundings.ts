import type { Logger } from 'pino';
import { type ReadyInfo, writeReadyFile } from './ready-file.ts';
import { untilSignal } from './until-signal.ts';

/** What the commands take from the process. */
export interface Surroundings {
  log: Logger;
  env: Readonly<Record<string, string | undefined>>;
  /** The folder of the built pages. */
  webRoot: string;
  version: string;
  /** Says something to the person at the terminal, on standard output. */
  say: (text: string) => void;
}

/** Tells who waits that it serves, waits for a signal, and closes what is given, in order, also when it cannot tell. */
export async function serveUntilSignal(
  { log }: Surroundings,
  readyFile: string | undefined,
  info: Omit<ReadyInfo, 'pid'>,
  closing: readonly (() => Promise<void>)[],
): Promise<void> {
  const asked = untilSignal();
  try {
    if (readyFile !== undefined) writeReadyFile(readyFile, { ...info, pid: process.pid });
    log.info(`${await asked}: ending`);
  } finally {
    for (const close of closing) await close();
  }
}
