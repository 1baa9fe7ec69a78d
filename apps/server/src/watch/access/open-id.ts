import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import type { AuthProvider, ClusterAccess } from './access.ts';

/** The providers that kubectl dropped in 1.26, and what took their place. */
const DROPPED = new Map([
  ['gcp', 'gke-gcloud-auth-plugin'],
  ['azure', 'kubelogin'],
]);

/**
 * The OpenID Connect provider of a user, by client-node. It is kept as long as the kubeconfig says the same of it: a
 * refresh token that was rotated is known to it alone, since nothing is written to the kubeconfig.
 */
export class OpenId {
  #told = '';
  #config = new KubeConfig();

  /** The `authorization` header, null where the provider has no token to give. */
  async authorization(provider: AuthProvider, cluster: ClusterAccess): Promise<string | null> {
    const { name, config } = provider;
    const instead = DROPPED.get(name);
    if (instead !== undefined) {
      throw new Error(`its auth-provider "${name}" is gone from kubectl since 1.26: use the exec plugin ${instead}`);
    }
    if (name !== 'oidc') throw new Error(`its auth-provider "${name}" is not known: use oidc or an exec plugin`);
    const told = JSON.stringify(provider);
    if (told !== this.#told) {
      this.#told = told;
      this.#config = new KubeConfig();
      this.#config.loadFromClusterAndUser(
        { name: 'cluster', server: cluster.server, skipTLSVerify: true },
        { name: 'user', authProvider: { name, config: { ...config } } },
      );
    }
    const options: RequestOptions = {};
    await this.#config.applyToHTTPSOptions(options);
    const headers = options.headers as Record<string, string> | undefined;
    return headers?.Authorization ?? null;
  }
}
