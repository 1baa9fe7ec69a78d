import { spawn } from 'node:child_process';
import { type Clock, pause } from '../../clock.ts';
import type { ClusterAccess, ExecPlugin } from './access.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What a plugin answered; `expires` is the wall-clock moment in epoch ms, null where it holds until it is refused. */
export interface ExecCredential {
  token: string | null;
  certificate: string | null;
  key: string | null;
  expires: number | null;
}

/** What a run of a plugin needs, beside the plugin. */
export interface ExecSurroundings {
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  /** The certificate authority in PEM, for plugins that are told of the cluster. */
  ca: string | null;
  signal: AbortSignal;
}

const API_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];
const LIMIT_MS = 15_000;
const GRACE_MS = 1000;
const LONGEST_OUTPUT = 1024 * 1024;

/**
 * Runs a credential plugin without a terminal and reads what it answers. It has 15 s; then it and all that it started are
 * told to end, and a second later are killed, as they are when the signal aborts. Errors are in words and hold no secret.
 * Source: client-go `plugin/pkg/client/auth/exec`, KEP-541.
 */
export async function runExecPlugin(
  plugin: ExecPlugin,
  cluster: ClusterAccess,
  surroundings: ExecSurroundings,
): Promise<ExecCredential> {
  const { apiVersion, command, interactiveMode } = plugin;
  surroundings.signal.throwIfAborted();
  if (command === '') throw new Error('its exec plugin names no command');
  if (!API_VERSIONS.includes(apiVersion)) {
    throw new Error(`its exec plugin has the apiVersion "${apiVersion}"; it must be ${API_VERSIONS.join(' or ')}`);
  }
  if (interactiveMode === 'Always') {
    throw new Error(`its exec plugin ${command} needs a terminal (interactiveMode: Always), and there is none here`);
  }
  return credentialOf(plugin, await output(plugin, execInfo(plugin, cluster, surroundings.ca), surroundings));
}

/** The document of `KUBERNETES_EXEC_INFO`. */
function execInfo({ apiVersion, provideClusterInfo }: ExecPlugin, cluster: ClusterAccess, ca: string | null): string {
  const told = {
    server: cluster.server,
    ...(cluster.tlsServerName !== null && { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.skipVerify && { 'insecure-skip-tls-verify': true }),
    ...(ca !== null && { 'certificate-authority-data': Buffer.from(ca).toString('base64') }),
    ...(cluster.proxy !== null && { 'proxy-url': cluster.proxy.url }),
    config: cluster.execConfig,
  };
  const spec = { interactive: false, ...(provideClusterInfo && { cluster: told }) };
  return JSON.stringify({ kind: 'ExecCredential', apiVersion, spec });
}

function output(plugin: ExecPlugin, info: string, { env, clock, signal }: ExecSurroundings): Promise<string> {
  const { command, args, installHint } = plugin;
  const given = Object.fromEntries(plugin.env.map(({ name, value }) => [name, value]));
  const child = spawn(command, args, {
    env: { ...env, ...given, KUBERNETES_EXEC_INFO: info },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that what it started ends with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const end = (how: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, how);
    } catch (error) {
      // It has ended (ESRCH), or has and is not yet buried (EPERM on macOS).
      if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  };
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    const over = new AbortController();
    const settle = (run: () => void) => {
      over.abort();
      cancel();
      signal.removeEventListener('abort', stopped);
      run();
    };
    const give = (why: string) => {
      end('SIGTERM');
      void pause(clock, GRACE_MS, new AbortController().signal).then(() => end('SIGKILL'));
      child.stdout.destroy();
      child.stderr.destroy();
      settle(() => reject(new Error(why)));
    };
    const stopped = () => give(`its exec plugin ${command} was ended`);
    const cancel = clock.after(LIMIT_MS, () =>
      give(`its exec plugin ${command} gave no answer within ${LIMIT_MS / 1000} s and was ended${said(err, given)}`),
    );
    signal.addEventListener('abort', stopped, { once: true });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (out.length > LONGEST_OUTPUT) give(`its exec plugin ${command} answered more than 1 MiB`);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err = (err + text).slice(-4096);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT';
      const hint = missing
        ? ` Install it${installHint === null ? ', or put it on the PATH' : `: ${installHint}`}.`
        : '';
      settle(() =>
        reject(
          new Error(
            `its exec plugin ${command} ${missing ? 'is not there.' : `cannot be run (${error.code}).`}${hint}`,
          ),
        ),
      );
    });
    child.on('close', (code, by) => {
      if (over.signal.aborted) return;
      if (code === 0) settle(() => resolve(out));
      else
        settle(() =>
          reject(new Error(`its exec plugin ${command} failed (${by ?? `exit ${code}`})${said(err, given)}`)),
        );
    });
  });
}

function said(stderr: string, given: Record<string, string>): string {
  const words = withoutSecrets(stderr, Object.values(given));
  return words === '' ? '' : `: ${words}`;
}

interface Answer {
  kind?: string;
  apiVersion?: string;
  status?: {
    token?: string;
    clientCertificateData?: string;
    clientKeyData?: string;
    expirationTimestamp?: string;
  } | null;
}

function credentialOf({ command, apiVersion }: ExecPlugin, text: string): ExecCredential {
  let answer: Answer | null;
  try {
    answer = JSON.parse(text) as Answer | null;
  } catch {
    // What the parser says quotes the text, which may hold a token.
    throw new Error(`its exec plugin ${command} answered something that is not JSON`);
  }
  if (answer?.kind !== 'ExecCredential' || answer.apiVersion !== apiVersion) {
    throw new Error(
      `its exec plugin ${command} answered ${answer?.apiVersion} ${answer?.kind} where ${apiVersion} ExecCredential is configured`,
    );
  }
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = answer.status ?? {};
  if (!token && !clientCertificateData && !clientKeyData) {
    throw new Error(`its exec plugin ${command} answered neither a token nor a certificate`);
  }
  if (!clientCertificateData !== !clientKeyData) {
    throw new Error(`its exec plugin ${command} answered a certificate or a key, not both`);
  }
  const expires = expirationTimestamp === undefined ? null : Date.parse(expirationTimestamp);
  if (Number.isNaN(expires)) {
    throw new Error(`its exec plugin ${command} answered an expirationTimestamp that is no time`);
  }
  return { token: token || null, certificate: clientCertificateData || null, key: clientKeyData || null, expires };
}
