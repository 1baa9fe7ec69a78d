import { createHash } from 'node:crypto';
import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { Identity } from './credentials.ts';

/** How long a connection may take: each of TCP, the proxy's answer and TLS. */
export const CONNECT_MS = 10_000;
/** Under the time after which load balancers forget a quiet connection. */
const KEEP_ALIVE_MS = 30_000;

/**
 * The agents that carry requests: one is in use, for the TLS inputs and the proxy of the identity that was asked for last,
 * and requests share its connections. One whose inputs have been rotated away takes no more requests, and is closed once
 * those that are open on it have ended.
 */
export class Agents {
  #current: { id: string; agent: Dispatcher } | null = null;
  #retired = new Set<Dispatcher>();

  /** Agents that hold connections, those that are retired included. */
  get size(): number {
    return this.#retired.size + (this.#current === null ? 0 : 1);
  }

  /** The agent of an identity. Send on it before anything else is awaited: it may be retired next. */
  of(identity: Identity): Dispatcher {
    const id = idOf(identity);
    if (this.#current?.id === id) return this.#current.agent;
    const before = this.#current?.agent;
    this.#current = { id, agent: make(identity) };
    if (before !== undefined) this.#retire(before);
    return this.#current.agent;
  }

  /** Ends every connection and every request. */
  async close(): Promise<void> {
    const agents = [...this.#retired, ...(this.#current === null ? [] : [this.#current.agent])];
    this.#retired.clear();
    this.#current = null;
    await Promise.all(agents.map((agent) => agent.destroy()));
  }

  #retire(agent: Dispatcher): void {
    this.#retired.add(agent);
    void agent.close().finally(() => this.#retired.delete(agent));
  }
}

function tlsOf({ access: { cluster }, ca, certificate, key }: Identity): Record<string, string | boolean> {
  return {
    ...(ca !== null && { ca }),
    ...(certificate !== null && { cert: certificate }),
    ...(key !== null && { key }),
    ...(cluster.skipVerify && { rejectUnauthorized: false }),
    ...(cluster.tlsServerName !== null && { servername: cluster.tlsServerName }),
  };
}

/** A hash, so that no key is held as a key of a map. */
function idOf(identity: Identity): string {
  const { proxy } = identity.access.cluster;
  return createHash('sha256')
    .update(JSON.stringify([proxy?.url, tlsOf(identity)]))
    .digest('hex');
}

function make(identity: Identity): Dispatcher {
  const { proxy } = identity.access.cluster;
  const lasting = { keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS, timeout: CONNECT_MS };
  const tls = { ...tlsOf(identity), ...lasting };
  // Watches are quiet for minutes: nothing here may bound the silence of a body.
  const common = { allowH2: false, bodyTimeout: 0 };
  if (proxy === null) return new Agent({ ...common, connect: tls });
  return new ProxyAgent({
    ...common,
    // A SOCKS proxy is always given the name, as by socks5h.
    uri: proxy.url.replace(/^socks5h:/, 'socks5:'),
    requestTls: tls,
    // Where it is given, undici speaks TLS to a SOCKS proxy, which none understands.
    ...(!proxy.url.startsWith('socks') && { proxyTls: lasting }),
    connectTimeout: CONNECT_MS,
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: CONNECT_MS, bodyTimeout: 0 }),
  });
}
