import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Question, Reading } from './probe.ts';

const PROBE = new URL('./probe.ts', import.meta.url).href;
const MAIN = fileURLToPath(new URL('../../../apps/server/src/main.ts', import.meta.url));
const READY_MS = 60_000;
const POLL_MS = 20;

/** A program in a process of its own that is asked what it costs. */
export class Probed {
  readonly child: ChildProcess;
  #waiting = new Map<number, (answer: unknown) => void>();
  #id = 0;

  /** Runs a program file with Node; what it prints on its error stream is passed on. */
  constructor(file: string, args: readonly string[], flags: readonly string[] = []) {
    this.child = spawn(process.execPath, [...flags, '--import', PROBE, file, ...args], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child.on('message', ({ id, answer }: { id: number; answer: unknown }) => {
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    });
  }

  /** What the process holds and has used; its garbage is collected first unless told otherwise. */
  async read({ collect = true } = {}): Promise<Reading> {
    return (await this.#ask({ id: ++this.#id, collect })) as Reading;
  }

  /** Writes a snapshot of its heap to a file. */
  async snapshot(file: string): Promise<void> {
    await this.#ask({ id: ++this.#id, snapshot: file });
  }

  /** Asks the program itself, which answers by `answering`. */
  async ask<T>(what: unknown): Promise<T> {
    return (await this.#ask({ id: ++this.#id, ask: what })) as T;
  }

  /** Ends it, by default as a service manager does, and waits for its end. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }

  #ask(question: Question | { id: number; ask: unknown }): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(question.id, resolve);
      this.child.send(question, (error) => {
        if (error) reject(error);
      });
    });
  }
}

/** A `portolan` command that is probed, with what it wrote into its ready file. */
export interface ProbedPortolan {
  process: Probed;
  url: string | null;
  apiserver: string | null;
  kubeconfig: string | null;
}

/** Starts `portolan ARGS…` under the probe and resolves once it serves; rejects when it ends or takes a minute. */
export async function probedPortolan(args: readonly string[], flags: readonly string[] = []): Promise<ProbedPortolan> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  const file = join(folder, 'ready.json');
  const started = new Probed(MAIN, [...args, '--ready-file', file, '--log-level', 'error'], flags);
  try {
    const until = Date.now() + READY_MS;
    for (;;) {
      const ready = readIfThere(file);
      if (ready !== null) return { ...(JSON.parse(ready) as Omit<ProbedPortolan, 'process'>), process: started };
      if (started.child.exitCode !== null || Date.now() > until) {
        await started.stop('SIGKILL');
        throw new Error(`portolan ${args.join(' ')} did not serve`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
