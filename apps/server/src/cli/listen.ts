import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from './usage-error.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Refuses an address beyond this machine: there is no authentication that could guard it (S4). */
export function requireLoopback(host: string): void {
  if (LOOPBACK.has(host)) return;
  throw new UsageError(
    `--host ${host} would let others in, and there is no authentication yet. Use 127.0.0.1, and a tunnel or \`kubectl port-forward\` to reach it from elsewhere.`,
  );
}

/**
 * Connections that wait to be taken, as many as the system allows (Linux: `net.core.somaxconn`). When a server comes back,
 * all its viewers may knock in one second; whoever finds the row full hears nothing and tries again after 1, 3, 7, 15 s.
 */
const BACKLOG = 65_535;

/** Listens, and answers the base URL; a port in use is said by number. */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen({ port, host, backlog: BACKLOG });
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE') {
      throw new UsageError(
        `--port ${port} is in use on ${host}. Stop what listens there, or give another (0 takes any free one).`,
      );
    }
    if (code === 'EACCES') throw new UsageError(`--port ${port} may not be used by this user. Give one above 1023.`);
    throw error;
  }
  const address = server.address() as AddressInfo;
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}
