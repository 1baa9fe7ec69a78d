import { dirname, isAbsolute, join } from 'node:path';
import { type Cluster, type KubeConfig, loadYaml, type User } from '@kubernetes/client-node';
import type { Access, ClusterAccess, ExecPlugin, Impersonation, Material, UserAccess } from './access.ts';
import { proxyOfEnvironment, proxyOfUrl } from './proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a kubeconfig says of a user or a cluster and client-node's KubeConfig leaves out. */
interface LeftOut {
  tokenFile?: string;
  impersonate?: Impersonation;
  execConfig?: unknown;
}

interface RawEntries {
  clusters?: { name: string; cluster?: { extensions?: { name: string; extension: unknown }[] } }[];
  users?: { name: string; user?: Record<string, unknown> }[];
}

const EXEC_EXTENSION = 'client.authentication.k8s.io/exec';
const leftOut = new WeakMap<User | Cluster, LeftOut>();

/** Notes what client-node's reading of `text` left out, and makes every path relative to the file's folder. */
export function complete(config: KubeConfig, text: string, file: string): void {
  const folder = dirname(file);
  const absolute = (path: string) => (isAbsolute(path) ? path : join(folder, path));
  const raw = loadYaml<RawEntries | null>(text) ?? {};
  config.makePathsAbsolute(folder);
  for (const user of config.users) {
    const said = raw.users?.find((one) => one.name === user.name)?.user ?? {};
    const path = said.tokenFile;
    leftOut.set(user, {
      ...(typeof path === 'string' && path !== '' && { tokenFile: absolute(path) }),
      ...(typeof said.as === 'string' && { impersonate: impersonation(said) }),
    });
    const exec = user.exec as { command?: string } | null | undefined;
    // A command without a slash is looked for on the PATH; one with a slash stands relative to the kubeconfig.
    if (exec?.command?.includes('/')) exec.command = absolute(exec.command);
  }
  for (const cluster of config.clusters) {
    const said = raw.clusters?.find((one) => one.name === cluster.name)?.cluster;
    const execConfig = said?.extensions?.find((one) => one.name === EXEC_EXTENSION)?.extension;
    leftOut.set(cluster, { execConfig });
  }
}

function impersonation(said: Record<string, unknown>): Impersonation {
  return {
    user: String(said.as),
    uid: typeof said['as-uid'] === 'string' ? said['as-uid'] : null,
    groups: Array.isArray(said['as-groups']) ? said['as-groups'].map(String) : [],
    extra: (said['as-user-extra'] ?? {}) as Record<string, string[]>,
  };
}

/** How the current context connects. The proxy is `proxy-url`, else what the environment names. */
export function accessOf(config: KubeConfig, env: Environment): Access {
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error('the kubeconfig has no current cluster');
  return { cluster: clusterAccess(cluster, env), user: userAccess(config.getCurrentUser()) };
}

function clusterAccess(cluster: Cluster, env: Environment): ClusterAccess {
  const server = cluster.server.replace(/\/+$/, '');
  return {
    name: cluster.name,
    server,
    ca: material(cluster.caFile, cluster.caData),
    tlsServerName: cluster.tlsServerName || null,
    skipVerify: cluster.skipTLSVerify === true,
    proxy: cluster.proxyUrl
      ? proxyOfUrl(cluster.proxyUrl, `proxy-url of the cluster "${cluster.name}"`)
      : proxyOfEnvironment(server, env),
    execConfig: leftOut.get(cluster)?.execConfig ?? null,
  };
}

function userAccess(user: User | null): UserAccess {
  const more = user === null ? undefined : leftOut.get(user);
  const provider = user?.authProvider as { name: string; config?: Record<string, string> } | null | undefined;
  // How client-node tells of a pod's own service account.
  const inPod = provider?.name === 'tokenFile' ? provider.config?.tokenFile : undefined;
  const tokenFile = more?.tokenFile ?? inPod;
  return {
    name: user?.name ?? '',
    token: tokenFile ? { file: tokenFile } : user?.token ? { data: user.token } : null,
    basic: user?.username ? { username: user.username, password: user.password ?? '' } : null,
    certificate: material(user?.certFile, user?.certData),
    key: material(user?.keyFile, user?.keyData),
    exec: execPlugin(user?.exec),
    authProvider: provider && inPod === undefined ? { name: provider.name, config: provider.config ?? {} } : null,
    impersonate: more?.impersonate ?? null,
  };
}

/** client-go's order: what is held itself goes before a file. */
function material(file: string | undefined, base64: string | undefined): Material | null {
  if (base64) return { data: Buffer.from(base64, 'base64').toString('utf8') };
  return file ? { file } : null;
}

function execPlugin(value: unknown): ExecPlugin | null {
  if (typeof value !== 'object' || value === null) return null;
  const said = value as Partial<ExecPlugin>;
  return {
    apiVersion: said.apiVersion ?? '',
    command: said.command ?? '',
    args: said.args ?? [],
    env: said.env ?? [],
    installHint: said.installHint || null,
    provideClusterInfo: said.provideClusterInfo === true,
    interactiveMode: said.interactiveMode ?? null,
  };
}
