import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** kubectl bound to a cluster and a namespace. */
export interface Kubectl {
  /** Runs `kubectl ARGS…`; resolves to what it printed, rejects with what it complained of. */
  (...args: string[]): Promise<string>;
  /** The same with a manifest on standard input. */
  feed(manifest: object, ...args: string[]): Promise<string>;
  readonly namespace: string;
}

/** A kubectl that needs no flag but `--kubeconfig` (and `--namespace` where that is not `default`). */
export function kubectlFor(kubeconfig: string, namespace: string): Kubectl {
  const program = process.env.PORTOLAN_KUBECTL ?? 'kubectl';
  const flags = ['--kubeconfig', kubeconfig, ...(namespace === 'default' ? [] : ['--namespace', namespace])];
  const run = async (args: string[], input?: string): Promise<string> => {
    const running = execute(program, [...flags, ...args], { maxBuffer: 64 << 20 });
    running.child.stdin?.end(input);
    return (await running).stdout;
  };
  return Object.assign((...args: string[]) => run(args), {
    feed: (manifest: object, ...args: string[]) => run(args, JSON.stringify(manifest)),
    namespace,
  });
}
