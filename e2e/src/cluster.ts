import { type Kubectl, kubectlFor } from './kubectl.ts';
import { type Portolan, startPortolan } from './portolan.ts';
import { type ApiProxy, startProxy } from './proxy.ts';
import { target } from './target.ts';

/** A cluster with a Portolan that serves it, and kubectl bound to a namespace of its own. */
export interface Cluster extends AsyncDisposable {
  /** The page. */
  readonly url: string;
  /** The cluster's name in the API. */
  readonly name: string;
  readonly kubeconfig: string;
  readonly kubectl: Kubectl;
  readonly proxy: ApiProxy;
  stopServer(): Promise<void>;
  /** Starts the server again, at the same address. */
  startServer(): Promise<void>;
}

/**
 * The suite's target, served: an embedded cluster of its own played at several times the speed, or the real cluster
 * in a new namespace that is deleted afterwards.
 */
export async function cluster(purpose: string): Promise<Cluster> {
  const undo: (() => Promise<unknown>)[] = [];
  const kubeconfig = await kubeconfigOf(undo);
  const namespace = target === 'mock' ? 'default' : `e2e-${purpose}-${Date.now().toString(36)}`;
  const kubectl = kubectlFor(kubeconfig, namespace);
  if (target === 'real') {
    await kubectl.feed({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, 'create', '-f', '-');
    undo.push(() => kubectl('delete', 'namespace', namespace, '--timeout=120s'));
  }
  const proxy = await startProxy(kubeconfig);
  undo.push(() => proxy.stop());
  let server: Portolan = await startPortolan('serve', '--kubeconfig', kubeconfig, '--port', '0');
  undo.push(() => server.stop());
  const url = String(server.url);
  const { clusters } = (await (await fetch(`${url}/api/v1/clusters`)).json()) as { clusters: { name: string }[] };
  return {
    url,
    name: String(clusters[0]?.name),
    kubeconfig,
    kubectl,
    proxy,
    async stopServer() {
      await server.stop();
    },
    async startServer() {
      server = await startPortolan('serve', '--kubeconfig', kubeconfig, '--port', new URL(url).port);
    },
    async [Symbol.asyncDispose]() {
      for (const step of undo.reverse()) await step();
    },
  };
}

async function kubeconfigOf(undo: (() => Promise<unknown>)[]): Promise<string> {
  if (target === 'real') {
    const named = process.env.PORTOLAN_E2E_KUBECONFIG;
    if (!named)
      throw new Error('PORTOLAN_E2E_TARGET=real needs PORTOLAN_E2E_KUBECONFIG, the path of an admin kubeconfig');
    return named;
  }
  const mock = await startPortolan('mock', 'guestbook', '--api-port', '0', '--speed', '4');
  undo.push(() => mock.stop());
  return String(mock.kubeconfig);
}
