import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a `portolan` process writes into its ready file once it serves. */
export interface Ready {
  url: string | null;
  apiserver: string | null;
  kubeconfig: string | null;
  pid: number;
}

/** A running `portolan` command. */
export interface Portolan extends Ready {
  /** Sends SIGTERM and resolves to the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts `portolan ARGS…` as a user would and resolves once it serves. Rejects with what it printed when it ends
 * before that, or after a minute.
 */
export async function startPortolan(...args: string[]): Promise<Portolan> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-e2e-'));
  const child = spawn(
    process.execPath,
    ['apps/server/src/main.ts', ...args, '--ready-file', join(folder, 'ready.json')],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  try {
    const ready = await readyOf(child, folder);
    return { ...ready, stop: () => stop(child) };
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`portolan ${args.join(' ')} did not serve: ${String(error)}\n${printed}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readyOf(child: ChildProcess, folder: string): Promise<Ready> {
  const giveUp = new AbortController();
  const ended = () => giveUp.abort(new Error('it ended'));
  const timer = setTimeout(() => giveUp.abort(new Error('a minute passed')), 60_000);
  child.once('exit', ended);
  try {
    for await (const event of watch(folder, { signal: giveUp.signal })) {
      // The file is written beside and renamed, so that a reader never sees half of it.
      if (event.filename !== 'ready.json') continue;
      return JSON.parse(await readFile(join(folder, 'ready.json'), 'utf8')) as Ready;
    }
    throw new Error('the folder of its ready file is gone');
  } catch (error) {
    throw giveUp.signal.aborted ? giveUp.signal.reason : error;
  } finally {
    clearTimeout(timer);
    child.off('exit', ended);
  }
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = (await exit) as [number | null];
  return code;
}
