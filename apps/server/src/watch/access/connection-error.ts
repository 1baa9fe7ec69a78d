import { ApiError, type ApiErrorReason } from '../api-error.ts';
import type { ClusterAccess } from './access.ts';

interface Words {
  reason: ApiErrorReason;
  /** What is wrong, and what mends it. */
  say: (cluster: ClusterAccess, error: NodeJS.ErrnoException) => string;
}

const refresh = 'certificate-authority-data in the kubeconfig';
const unknownAuthority: Words = {
  reason: 'tls',
  say: ({ ca }) =>
    ca === null
      ? `its certificate is of an authority that is not known here; give ${refresh}`
      : `its certificate is not of the authority that the kubeconfig names; renew ${refresh}`,
};

/** By the code of the error that Node.js or undici gives. Sources: Node.js "Errors", OpenSSL X509_V_ERR names. */
const BY_CODE: Readonly<Record<string, Words>> = {
  ECONNREFUSED: {
    reason: 'unreachable',
    say: (_, { message }) => `nobody listens there (${message || 'ECONNREFUSED'})`,
  },
  ECONNRESET: { reason: 'unreachable', say: () => 'the connection was cut (ECONNRESET)' },
  UND_ERR_SOCKET: { reason: 'unreachable', say: (_, { message }) => `the connection was cut (${message})` },
  EHOSTUNREACH: { reason: 'unreachable', say: () => 'no way leads to that address (EHOSTUNREACH)' },
  ENETUNREACH: { reason: 'unreachable', say: () => 'no way leads to that network (ENETUNREACH)' },
  ETIMEDOUT: { reason: 'unreachable', say: () => 'no connection was made in time (ETIMEDOUT)' },
  UND_ERR_CONNECT_TIMEOUT: { reason: 'unreachable', say: () => 'no connection was made within 10 s' },
  ENOTFOUND: {
    reason: 'dns',
    say: () => 'its name is not known to the DNS (ENOTFOUND); mend the server in the kubeconfig',
  },
  EAI_AGAIN: { reason: 'dns', say: () => 'the DNS does not answer (EAI_AGAIN)' },
  CERT_HAS_EXPIRED: { reason: 'tls', say: () => 'its certificate has expired; renew it on the apiserver' },
  CERT_NOT_YET_VALID: {
    reason: 'tls',
    say: () => 'its certificate is not valid yet; compare the clocks of both machines',
  },
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: 'tls',
    say: (_, error) =>
      `its certificate is for another name (${(error as { reason?: string }).reason ?? error.message}); give tls-server-name in the kubeconfig, or a server that the certificate names`,
  },
  UND_ERR_PRX_TLS: { reason: 'proxy', say: () => 'the proxy itself has a certificate that is not trusted' },
  UND_ERR_PRX_CONN: { reason: 'proxy', say: () => 'the proxy closed the connection before it led anywhere' },
};

/** A failure below HTTP as an ApiError: refused, cut, DNS, TLS and proxy are told apart, and what mends it is named. */
export function connectionError(cluster: ClusterAccess, error: unknown): ApiError {
  const root = rootOf(error);
  const where =
    cluster.proxy === null
      ? cluster.server
      : `${cluster.server} through the proxy ${cluster.proxy.shown} (${cluster.proxy.source})`;
  const known = BY_CODE[root.code ?? ''] ?? byText(root);
  return new ApiError(known.reason, `${where}: ${known.say(cluster, root)}`, { cause: error });
}

/** The innermost error that has a code; of several addresses that were tried, the first. */
function rootOf(error: unknown): NodeJS.ErrnoException {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (!(error instanceof Error)) return new Error(String(error));
  const inner = error.cause instanceof Error ? rootOf(error.cause) : null;
  return inner !== null && (inner as NodeJS.ErrnoException).code !== undefined ? inner : error;
}

function byText({ code = '', message }: NodeJS.ErrnoException): Words {
  const status = /^Proxy response \((\d+)\)/.exec(message)?.[1] ?? /\((407)\)/.exec(message)?.[1];
  if (status !== undefined) {
    const mend = status === '407' ? '; give user and password in its address' : '';
    return { reason: 'proxy', say: () => `the proxy answered ${status}${mend}` };
  }
  if (/socks/i.test(message)) return { reason: 'proxy', say: () => `the proxy leads nowhere: ${message}` };
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_OSSL') || code === 'EPROTO') {
    const plain =
      /wrong version number|packet length/i.test(message) || /WRONG_VERSION_NUMBER|PACKET_LENGTH/.test(code);
    return {
      reason: 'tls',
      say: () => (plain ? 'it does not speak TLS; write http:// if that is meant' : `TLS failed (${code || message})`),
    };
  }
  return { reason: 'unreachable', say: () => message || code || 'the connection failed' };
}
