import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * One process of a control plane, known by the file that holds its id. Killed and started again it has the arguments, the
 * working directory and the log that it had, and its new id stands in the same file, so that whoever started the control
 * plane can end it.
 */
export class Component {
  readonly #pidFile: string;
  readonly #logFile: string;
  readonly #command: readonly string[];
  readonly #cwd: string;

  /** Reads what runs there from `/proc`; throws when nothing does. */
  constructor(pidFile: string, logFile: string) {
    this.#pidFile = pidFile;
    this.#logFile = logFile;
    this.#command = readFileSync(`/proc/${this.pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    this.#cwd = readlinkSync(`/proc/${this.pid}/cwd`);
  }

  get pid(): number {
    return Number(readFileSync(this.#pidFile, 'utf8'));
  }

  /** The directory that it runs in. */
  get cwd(): string {
    return this.#cwd;
  }

  /** The value of `--NAME VALUE` or `--NAME=VALUE` on its command line. */
  flag(name: string): string {
    const at = this.#command.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
    const value = this.#command[at]?.split('=').slice(1).join('=') || this.#command[at + 1];
    if (at < 0 || value === undefined) throw new Error(`${this.#command[0]} was started without --${name}`);
    return value;
  }

  /** Stops it where it stands: its connections stay open and nothing answers. */
  freeze(): void {
    process.kill(this.pid, 'SIGSTOP');
  }

  /** Lets it go on. */
  thaw(): void {
    process.kill(this.pid, 'SIGCONT');
  }

  /** Whether it runs, frozen or not. */
  get alive(): boolean {
    return alive(this.pid);
  }

  /** Ends it without a word and resolves once it is gone; one that has ended by itself is gone already. */
  async kill(): Promise<void> {
    const { pid } = this;
    if (!alive(pid)) return;
    process.kill(pid, 'SIGKILL');
    while (alive(pid)) await wait(20);
  }

  /** Starts it as it was started first. */
  start(): void {
    const [program, ...args] = this.#command;
    if (program === undefined) throw new Error(`the process of ${this.#pidFile} has no command line`);
    const log = openSync(this.#logFile, 'a');
    const child = spawn(program, args, { cwd: this.#cwd, detached: true, stdio: ['ignore', log, log] });
    child.unref();
    closeSync(log);
    if (child.pid === undefined) throw new Error(`${program} did not start`);
    writeFileSync(this.#pidFile, String(child.pid));
  }
}

/** A zombie has ended, though it still has a number. */
function alive(pid: number): boolean {
  try {
    return !/^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return false;
    throw error;
  }
}
