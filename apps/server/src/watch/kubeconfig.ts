import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import type { Access } from './access/access.ts';
import { accessOf, complete } from './access/access-of.ts';
import { ProxyError } from './access/proxy.ts';

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

export type KubeconfigErrorReason = 'missing' | 'malformed' | 'unknownContext' | 'noContext';

/** A kubeconfig that cannot be used; the message names the thing, the value and the mend. */
export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError';
  readonly reason: KubeconfigErrorReason;

  constructor(reason: KubeconfigErrorReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** Where to look for a kubeconfig and what to take from it. */
export interface KubeconfigChoice {
  /** `--kubeconfig`: this file alone. */
  file?: string;
  /** `--context`, repeated; none means the current context. */
  contexts: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
}

/** One context, ready to be connected to: `load` reads the kubeconfig again, for what has changed. */
export interface ClusterConfig {
  /** The context's name, which becomes the cluster's. */
  name: string;
  server: string;
  /** The namespace that the context names, as kubectl takes it where none is given; `default` where it names none. */
  namespace: string;
  load: () => Access;
  /** What credential plugins inherit. */
  env: KubeconfigChoice['env'];
}

/**
 * The clusters chosen, by kubectl's rules: `--kubeconfig`, else every file of `$KUBECONFIG` (the first to name a thing
 * wins, files that are not there are passed over), else `~/.kube/config`, else the pod's own service account.
 * Source: client-go `tools/clientcmd/loader.go`.
 */
export function chooseClusters(choice: KubeconfigChoice): ClusterConfig[] {
  const merged = loadMerged(choice);
  const names = choice.contexts.length > 0 ? choice.contexts : [currentContext(merged)];
  return [...new Set(names)].map((name) => {
    const select = () => selectContext(loadMerged(choice), name);
    const selected = select();
    const namespace = selected.getContextObject(name)?.namespace || 'default';
    const { server } = access(selected, choice.env).cluster;
    return { name, server, namespace, load: () => access(select(), choice.env), env: choice.env };
  });
}

function loadMerged(choice: KubeconfigChoice): KubeConfig {
  if (choice.file !== undefined) {
    if (!existsSync(choice.file)) {
      throw new KubeconfigError(
        'missing',
        `The kubeconfig ${choice.file} does not exist. Give --kubeconfig the path of one that does.`,
      );
    }
    return loadFile(choice.file);
  }
  const listed = (choice.env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  const home = join(choice.env.HOME ?? homedir(), '.kube', 'config');
  const looked = listed.length > 0 ? listed : [home];
  const files = looked.filter((file) => existsSync(file));
  if (files.length > 0) return files.map(loadFile).reduce(merge);
  if (listed.length === 0 && existsSync(SERVICE_ACCOUNT_TOKEN)) {
    const inCluster = new KubeConfig();
    inCluster.loadFromCluster();
    return inCluster;
  }
  const source = listed.length > 0 ? `$KUBECONFIG names ${looked.join(', ')}` : `looked for ${home}`;
  throw new KubeconfigError(
    'missing',
    `There is no kubeconfig: ${source}, which does not exist. Set KUBECONFIG, give --kubeconfig FILE, or try \`portolan demo\`.`,
  );
}

function loadFile(file: string): KubeConfig {
  const config = new KubeConfig();
  try {
    const text = readFileSync(file, 'utf8');
    if (text.trim() !== '') config.loadFromString(text);
    const empty = config.contexts.length + config.clusters.length + config.users.length === 0;
    if (empty && text.trim() !== '' && !/kind["']?\s*:\s*["']?Config\b/.test(text)) {
      throw new Error('it is not of kind Config and holds neither clusters nor contexts');
    }
    complete(config, text, file);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new KubeconfigError(
      'malformed',
      `The kubeconfig ${file} cannot be read: ${why}. Mend it until \`kubectl --kubeconfig ${file} config view\` prints it.`,
      error,
    );
  }
  return config;
}

function merge(first: KubeConfig, next: KubeConfig): KubeConfig {
  const merged = new KubeConfig();
  merged.loadFromOptions({
    clusters: union(first.clusters, next.clusters),
    users: union(first.users, next.users),
    contexts: union(first.contexts, next.contexts),
    currentContext: first.currentContext || next.currentContext,
  });
  return merged;
}

function union<T extends { name: string }>(first: T[], next: T[]): T[] {
  const names = new Set(first.map((one) => one.name));
  return [...first, ...next.filter((one) => !names.has(one.name))];
}

function currentContext(config: KubeConfig): string {
  if (config.currentContext) return config.currentContext;
  throw new KubeconfigError(
    'noContext',
    `The kubeconfig has no current context. Give --context NAME (${known(config)}) or run \`kubectl config use-context NAME\`.`,
  );
}

function selectContext(config: KubeConfig, name: string): KubeConfig {
  const context = config.contexts.find((one) => one.name === name);
  if (context === undefined) {
    throw new KubeconfigError('unknownContext', `The kubeconfig has no context "${name}" (${known(config)}).`);
  }
  const cluster = config.clusters.find((one) => one.name === context.cluster);
  if (cluster === undefined) {
    throw new KubeconfigError(
      'malformed',
      `The context "${name}" names the cluster "${context.cluster}", which the kubeconfig does not hold.`,
    );
  }
  if (!/^https?:$/.test(URL.parse(cluster.server)?.protocol ?? '')) {
    throw new KubeconfigError(
      'malformed',
      `The cluster "${cluster.name}" has the server "${cluster.server}", which is no address. Write it as https://HOST:PORT.`,
    );
  }
  config.setCurrentContext(name);
  return config;
}

function access(config: KubeConfig, env: KubeconfigChoice['env']): Access {
  try {
    return accessOf(config, env);
  } catch (error) {
    if (error instanceof ProxyError) throw new KubeconfigError('malformed', `${error.message}.`);
    throw error;
  }
}

function known(config: KubeConfig): string {
  const names = config.contexts.map((one) => one.name);
  return names.length === 0 ? 'it holds no contexts' : `it holds: ${names.join(', ')}`;
}
