import type { ProxyChoice } from './proxy.ts';

/** Something that a kubeconfig holds itself or names a file for; the file is read when it is needed, and again when it changed. */
export type Material = { file: string } | { data: string };

/** An `exec` entry of a user. Source: client-go `tools/clientcmd/api/v1`, ExecConfig. */
export interface ExecPlugin {
  apiVersion: string;
  command: string;
  args: readonly string[];
  env: readonly { name: string; value: string }[];
  installHint: string | null;
  provideClusterInfo: boolean;
  interactiveMode: string | null;
}

/** An `auth-provider` entry of a user. */
export interface AuthProvider {
  name: string;
  config: Readonly<Record<string, string>>;
}

/** Whom the apiserver is asked to take us for. */
export interface Impersonation {
  user: string;
  uid: string | null;
  groups: readonly string[];
  extra: Readonly<Record<string, readonly string[]>>;
}

/** How one user shows who it is; what is null is not used. */
export interface UserAccess {
  name: string;
  token: Material | null;
  basic: { username: string; password: string } | null;
  certificate: Material | null;
  key: Material | null;
  exec: ExecPlugin | null;
  authProvider: AuthProvider | null;
  impersonate: Impersonation | null;
}

/** How one apiserver is reached and whom it is trusted to be. */
export interface ClusterAccess {
  name: string;
  /** An http: or https: address without a slash at its end. */
  server: string;
  ca: Material | null;
  /** The name that the certificate must carry, where it is not the server's host. */
  tlsServerName: string | null;
  skipVerify: boolean;
  /** The proxy that leads there, chosen by kubectl's rules; null goes directly. */
  proxy: ProxyChoice | null;
  /** The extension `client.authentication.k8s.io/exec`, which exec plugins are told. */
  execConfig: unknown;
}

/** Everything that one context says of how to connect. */
export interface Access {
  cluster: ClusterAccess;
  user: UserAccess;
}
