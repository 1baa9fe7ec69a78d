import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Random } from '@portolan/shared';
import { between, pick } from '@portolan/shared';
import { manifests } from './manifests.ts';

const execute = promisify(execFile);

/** What churns: programs, the cluster and where in it. */
export interface ChurnOptions {
  /** Paths of kubectls; each command is run by one of them. */
  kubectls: readonly string[];
  kubeconfig: string;
  namespace: string;
  random: Random;
}

/** What was done: commands that succeeded, and that failed as commands do while an apiserver is away. */
export interface ChurnReport {
  done: number;
  failed: number;
}

type Command = readonly string[] | { feed: object; args: readonly string[] };

const APPS = ['ash', 'birch', 'cedar', 'elm'] as const;
const IMAGES = ['registry.k8s.io/pause:3.2', 'registry.k8s.io/pause:3.5', 'registry.k8s.io/missing:1'] as const;

/** What kubectl is told to do; each row draws its particulars from chance. */
const ACTIONS: readonly ((random: Random) => Command)[] = [
  (random) => ({ feed: manifests(pick(random, APPS), between(random, 1, 4)), args: ['apply', '-f', '-'] }),
  (random) => ({ feed: manifests(pick(random, APPS), between(random, 1, 4)), args: ['apply', '-f', '-'] }),
  (random) => ['scale', `deployment/${pick(random, APPS)}`, `--replicas=${between(random, 0, 6)}`],
  (random) => ['label', `deployment/${pick(random, APPS)}`, `wave=w${between(random, 0, 99)}`, '--overwrite'],
  (random) => ['label', 'pods', '--all', `tide=t${between(random, 0, 99)}`, '--overwrite'],
  (random) => ['annotate', 'nodes', '--all', `portolan.test/mark=m${between(random, 0, 99)}`, '--overwrite'],
  (random) => ['set', 'image', `deployment/${pick(random, APPS)}`, `main=${pick(random, IMAGES)}`],
  (random) => ['rollout', 'restart', `deployment/${pick(random, APPS)}`],
  (random) => ['rollout', 'undo', `deployment/${pick(random, APPS)}`],
  (random) => ['delete', 'pods', '-l', `app=${pick(random, APPS)}`, '--wait=false'],
  (random) => ['delete', 'deployment,service', pick(random, APPS), '--wait=false', '--ignore-not-found'],
  // Gone and back under its name: another object, whatever the name says.
  (random) => ({ feed: manifests(pick(random, APPS), 2), args: ['replace', '--force', '-f', '-'] }),
];

/** kubectl at work in a namespace, one command after the other, until it is told to stop. */
export class KubectlChurn {
  readonly #options: ChurnOptions;
  readonly #report: ChurnReport = { done: 0, failed: 0 };
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(options: ChurnOptions) {
    this.#options = options;
  }

  /** Resolves once every application has been made, and goes on from there. */
  async start(): Promise<void> {
    for (const name of APPS) await this.#do({ feed: manifests(name, 2), args: ['apply', '-f', '-'] });
    this.#running = this.#run();
  }

  /** Resolves once the command under way has ended. */
  async stop(): Promise<ChurnReport> {
    this.#stopped = true;
    await this.#running;
    return this.#report;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const succeeded = await this.#do(pick(this.#options.random, ACTIONS)(this.#options.random));
      if (succeeded) this.#report.done += 1;
      else this.#report.failed += 1;
    }
  }

  async #do(command: Command): Promise<boolean> {
    const { kubectls, kubeconfig, namespace, random } = this.#options;
    const args = 'feed' in command ? command.args : command;
    const all = ['--kubeconfig', kubeconfig, '--namespace', namespace, '--request-timeout=4s', ...args];
    const running = execute(pick(random, kubectls), all, { timeout: 8_000 });
    running.child.stdin?.on('error', () => running.child.kill());
    running.child.stdin?.end('feed' in command ? JSON.stringify(command.feed) : '');
    return running.then(
      () => true,
      () => false,
    );
  }
}
