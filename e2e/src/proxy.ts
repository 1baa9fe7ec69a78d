import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Plain HTTP to an apiserver, with kubectl's credentials. */
export interface ApiProxy {
  url: string;
  stop(): Promise<void>;
}

/** Starts `kubectl proxy` on a free port and resolves once it serves. */
export async function startProxy(kubeconfig: string): Promise<ApiProxy> {
  const program = process.env.PORTOLAN_KUBECTL ?? 'kubectl';
  const child = spawn(program, ['--kubeconfig', kubeconfig, 'proxy', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  while (!/Starting to serve on (\S+)/.test(printed)) {
    if (child.exitCode !== null) throw new Error(`kubectl proxy ended: ${printed}`);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
  const address = /Starting to serve on (\S+)/.exec(printed)?.[1];
  return {
    url: `http://${address}`,
    async stop() {
      const exit = once(child, 'exit');
      child.kill();
      await exit;
    },
  };
}

/** Numbers of open watches by resource, as the apiserver's own metrics tell. */
export async function openWatches(proxy: ApiProxy): Promise<Record<string, number>> {
  const text = await (await fetch(`${proxy.url}/metrics`)).text();
  const watches: Record<string, number> = {};
  // Named apiserver_longrunning_gauge before Kubernetes 1.23.
  for (const line of text.matchAll(/^apiserver_longrunning_(?:requests|gauge)\{([^}]*)\} (\d+)/gm)) {
    const labels = Object.fromEntries([...(line[1] ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, k, v]) => [k, v]));
    if (labels.verb !== 'WATCH') continue;
    const resource = String(labels.resource);
    watches[resource] = (watches[resource] ?? 0) + Number(line[2]);
  }
  return watches;
}
