import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { parse, stringify } from 'yaml';

interface Kubeconfig {
  clusters: { cluster: { server: string } }[];
  users: { user: { token: string } }[];
}

/** The one cluster, user and context of the kubeconfigs that scenes are played with. */
const NAME = 'conformance';

/** An object as JSON has it, read with care. */
export type Json = { [field: string]: Json } & readonly Json[] & (string | number | boolean | null | undefined);

/** A plain client of an apiserver, that looks at its state beside kubectl. */
export interface ClusterClient {
  /** The object or list at a path, or undefined where there is none. Rejects when the answer is another error. */
  get(path: string): Promise<Json | undefined>;
  /** Creates an object, or rejects with the answer. */
  create(path: string, object: object): Promise<void>;
  /** Asks for deletion and does not wait for it. */
  remove(path: string): Promise<void>;
  /** A kubeconfig for the same cluster and user, alike for all clusters, whose context has this namespace. */
  kubeconfigFor(namespace: string): string;
}

/** A client of the first cluster of a kubeconfig with its first user's token; certificates are not verified. */
export function connect(kubeconfig: string): ClusterClient {
  const config = parse(kubeconfig) as Kubeconfig;
  const server = config.clusters[0]?.cluster.server;
  const token = config.users[0]?.user.token;
  if (server === undefined || token === undefined) throw new Error('the kubeconfig names no server or no token');
  const open = server.startsWith('https:') ? requestHttps : requestHttp;

  const ask = (method: string, path: string, body?: object): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const outgoing = open(
        new URL(path, server),
        {
          method,
          headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
          rejectUnauthorized: false,
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const demand = async (method: string, path: string, body?: object) => {
    const { status, text } = await ask(method, path, body);
    if (status >= 400 && status !== 404) throw new Error(`${method} ${path}: ${status} ${text}`);
    return status === 404 ? undefined : (JSON.parse(text) as Json);
  };

  return {
    get: (path) => demand('GET', path),
    async create(path, object) {
      if ((await demand('POST', path, object)) === undefined) throw new Error(`POST ${path}: 404`);
    },
    async remove(path) {
      await demand('DELETE', path);
    },
    kubeconfigFor: (namespace) =>
      stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': NAME,
        clusters: [{ name: NAME, cluster: { server, 'insecure-skip-tls-verify': server.startsWith('https:') } }],
        users: [{ name: NAME, user: { token } }],
        contexts: [{ name: NAME, context: { cluster: NAME, user: NAME, namespace } }],
      }),
  };
}
